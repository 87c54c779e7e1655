"""What people write beside the steps of a review: sealed for its place, with its digest."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.privacy.sealed import Sealed


def written(tx: Transaction, column: Sealed, text: str, /, **place: object) -> tuple[bytes, str]:
    """A text sealed for its place, and the digest of it with its salt."""
    words = {"salt": secrets.token_hex(16), "text": text}
    digest = hashlib.sha256(canonical(words)).hexdigest()
    return tx.installation.keys.seal(orjson.dumps(words), column.place(**place)), digest


def read(
    where: Transaction | Database, column: Sealed, sealed: bytes | None, /, **place: object
) -> str:
    """The text again; empty where nothing was written. Whoever shows it has noted the look."""
    if sealed is None:
        return ""
    opened = where.installation.keys.open(bytes(sealed), column.place(**place))
    words: dict[str, Any] = orjson.loads(opened)
    return str(words["text"])
