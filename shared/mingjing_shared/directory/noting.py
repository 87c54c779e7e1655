"""Keeping the directory: the newest list of versions of each unit and officer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import orjson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.directory import OfficerDescribed, UnitDescribed
    from mingjing_shared.messaging.received import Received

_NEWER = "WHERE (excluded.told_at, excluded.told_by) > (d.told_at, d.told_by)"


async def note_units(received: Sequence[Received[UnitDescribed]], tx: Transaction) -> None:
    """Keep the newest description of each unit."""
    await tx.execute(
        "INSERT INTO directory_units AS d (code, versions, told_at, told_by)"  # noqa: S608 - our own words
        " SELECT code, CAST(versions AS jsonb), told_at, told_by"
        " FROM unnest(CAST(:codes AS text[]), CAST(:versions AS text[]),"
        " CAST(:told_at AS timestamptz[]), CAST(:told_by AS text[]))"
        " AS r(code, versions, told_at, told_by)"
        " ON CONFLICT (code) DO UPDATE SET versions = excluded.versions,"
        f" told_at = excluded.told_at, told_by = excluded.told_by {_NEWER}",
        codes=[item.event.code for item in received],
        **_common(received),
    )


async def note_officers(received: Sequence[Received[OfficerDescribed]], tx: Transaction) -> None:
    """Keep the newest description of each officer."""
    await tx.execute(
        "INSERT INTO directory_officers AS d"  # noqa: S608 - our own words
        " (police_number, versions, session_epoch, told_at, told_by)"
        " SELECT number, CAST(versions AS jsonb), epoch, told_at, told_by"
        " FROM unnest(CAST(:numbers AS text[]), CAST(:versions AS text[]),"
        " CAST(:epochs AS integer[]), CAST(:told_at AS timestamptz[]), CAST(:told_by AS text[]))"
        " AS r(number, versions, epoch, told_at, told_by)"
        " ON CONFLICT (police_number) DO UPDATE SET versions = excluded.versions,"
        " session_epoch = excluded.session_epoch,"
        f" told_at = excluded.told_at, told_by = excluded.told_by {_NEWER}",
        numbers=[item.event.police_number for item in received],
        epochs=[item.event.session_epoch or 0 for item in received],
        **_common(received),
    )


def _common(received: Sequence[Received[Any]]) -> dict[str, Any]:
    return {
        "versions": [
            orjson.dumps(msgspec.to_builtins(item.event.versions)).decode() for item in received
        ],
        "told_at": [item.envelope.time for item in received],
        "told_by": [item.envelope.id for item in received],
    }
