"""Bringing what has its place in a service's log into tiles: entries, hashes, levels above.

An entry is four lines: id, type, time and the hex of the commitment. The database makes entries,
bundles and the hashes of leaves; what stands above 256 of them is hashed here. All of a step is
one transaction that holds the log's row: two writers cannot both add.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.messaging.commitment import canonical_event, commitment, new_salt
from mingjing_shared.trust.merkle import root_of_complete
from mingjing_shared.trust.store import INNER, append_hashes, expect_width
from mingjing_shared.trust.tiles import WIDTH, split_hashes

if TYPE_CHECKING:
    from mingjing_shared.database import Transaction

ENTRIES_MAX = 64 * WIDTH  # of one step

_LINES = (
    "convert_to({id} || E'\\n' || {type} || E'\\n' || {time} || E'\\n'"
    " || encode(log_digest, 'hex') || E'\\n', 'UTF8')"
)
_OF_EVENT = _LINES.format(
    id="(attributes->>'id')", type="(attributes->>'type')", time="(attributes->>'time')"
)
_OF_NOTE = _LINES.format(
    id="id::text",
    type="type",
    time="to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Where a log's entries come from.

    Attributes:
        log: its name in the tables.
        entries: SQL that gives ``number`` and ``entry`` from ``:low`` to before ``:high``.
        end: SQL that gives, as ``size``, how many entries have their place by now.
    """

    log: str
    entries: str
    end: str


INNER_CONTENTS = Contents(
    log=INNER,
    entries=(
        f"SELECT log_index AS number, {_OF_EVENT} AS entry FROM outbox"  # noqa: S608 - our own parts
        " WHERE log_index >= :low AND log_index < :high"
        f" UNION ALL SELECT log_index, {_OF_NOTE} FROM log_notes"
        " WHERE log_index >= :low AND log_index < :high"
    ),
    end="SELECT size FROM log_head",
)


async def bring_in(tx: Transaction, contents: Contents) -> int:
    """Add what has its place by now to the tiles; how many entries.

    Raises:
        BrokenTiles: an entry is missing, or tiles do not end where they should.
    """
    log = contents.log
    tree = await tx.first("SELECT size FROM log_trees WHERE log = :log FOR UPDATE", log=log)
    end = await tx.first(contents.end)
    low = tree.size if tree else 0
    high = min(end.size if end else 0, low + ENTRIES_MAX)
    if high <= low:
        return 0
    if log == INNER:
        await _commit_to_old_rows(tx, low, high)
    full = []
    for row in await tx.all(_insertion(contents.entries), log=log, low=low, high=high):
        expect_width(high, 0, row.number, row.width)
        if row.width == WIDTH:
            full.append((row.number, bytes(row.bytes)))
    level = 0
    while full:
        level += 1
        hashes = [root_of_complete(split_hashes(held)) for _, held in sorted(full)]
        full = await append_hashes(tx, log, level, min(full)[0], hashes)
    await tx.execute("UPDATE log_trees SET size = :high WHERE log = :log", log=log, high=high)
    return high - low


def _insertion(entries: str) -> str:
    """The statement that adds entries to bundles and tiles, and gives the tiles of level 0."""
    growing = (
        " ON CONFLICT (log, level, number) DO UPDATE"
        " SET width = t.width + excluded.width, bytes = t.bytes || excluded.bytes"
    )
    return (
        f"WITH entry AS MATERIALIZED ({entries}), bundle AS ("  # noqa: S608 - our own parts
        "INSERT INTO log_tiles AS t (log, level, number, width, bytes)"
        " SELECT :log, -1, number / 256, count(entry),"
        " string_agg(int2send(octet_length(entry)::int2) || entry, ''::bytea ORDER BY number)"
        f" FROM entry GROUP BY number / 256 ORDER BY 3{growing})"
        " INSERT INTO log_tiles AS t (log, level, number, width, bytes)"
        " SELECT :log, 0, number / 256, count(entry),"
        " string_agg(sha256('\\x00'::bytea || entry), ''::bytea ORDER BY number)"
        f" FROM entry GROUP BY number / 256 ORDER BY 3{growing} RETURNING number, width, bytes"
    )


async def _commit_to_old_rows(tx: Transaction, low: int, high: int) -> None:
    """Give rows from before there was a log (or of a process from before) their commitment."""
    rows = await tx.all(
        "SELECT position, attributes, value FROM outbox WHERE log_index >= :low"
        " AND log_index < :high AND log_digest IS NULL",
        low=low,
        high=high,
    )
    if not rows:
        return
    salts = [new_salt() for _ in rows]
    await tx.execute(
        "UPDATE outbox SET log_salt = kept.salt, log_digest = kept.digest"
        " FROM unnest(CAST(:positions AS bigint[]), CAST(:salts AS bytea[]),"
        " CAST(:digests AS bytea[])) AS kept(position, salt, digest)"
        " WHERE outbox.position = kept.position",
        positions=[row.position for row in rows],
        salts=salts,
        digests=[
            commitment(salt, canonical_event(row.attributes, bytes(row.value)))
            for salt, row in zip(salts, rows, strict=True)
        ],
    )
