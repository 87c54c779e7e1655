"""Words that people write: sealed for their place, with the digest of their canonical form."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.privacy.sealed import Sealed


def sealed_for(
    tx: Transaction, column: Sealed, words: Mapping[str, Any], /, **place: object
) -> tuple[bytes, str]:
    """Words for this place alone, sealed, with their digest."""
    digest = hashlib.sha256(canonical(words)).hexdigest()
    return tx.installation.keys.seal(orjson.dumps(words), column.place(**place)), digest


def opened_from(
    source: Transaction | Database, column: Sealed, sealed: bytes | None, /, **place: object
) -> dict[str, Any]:
    """What was written; nothing where nothing was. Whoever shows it has noted the look."""
    if sealed is None:
        return {}
    opened = source.installation.keys.open(bytes(sealed), column.place(**place))
    found: dict[str, Any] = orjson.loads(opened)
    return found


def written(tx: Transaction, column: Sealed, text: str, /, **place: object) -> tuple[bytes, str]:
    """One text sealed for its place, and the digest of it with its salt."""
    words = {"salt": secrets.token_hex(16), "text": text}
    return sealed_for(tx, column, words, **place)


def read(
    source: Transaction | Database, column: Sealed, sealed: bytes | None, /, **place: object
) -> str:
    """The text again; empty where nothing was written."""
    return str(opened_from(source, column, sealed, **place).get("text", ""))
