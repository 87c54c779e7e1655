"""Words that officers write at a step of a hearing or of a case: sealed, with their digest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.privacy.sealed import Sealed


def sealed_for(
    tx: Transaction, column: Sealed, step_id: str, words: Mapping[str, Any]
) -> tuple[bytes, str]:
    """Words for this step alone, sealed, with the digest of their canonical form."""
    digest = hashlib.sha256(canonical(words)).hexdigest()
    return tx.installation.keys.seal(orjson.dumps(words), column.place(step_id=step_id)), digest


def opened_from(
    source: Transaction | Database, column: Sealed, step_id: str, words: bytes | None
) -> dict[str, Any]:
    """What was written at a step; nothing where nothing was. Every look is to be noted."""
    if words is None:
        return {}
    opened = source.installation.keys.open(bytes(words), column.place(step_id=step_id))
    found: dict[str, Any] = orjson.loads(opened)
    return found
