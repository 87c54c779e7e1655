"""Places of a log and the rows that have them: each place one row, each row what was logged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mingjing_deploy.log_check.entries import Derived, audit_row, event_row
from mingjing_deploy.log_check.findings import Differs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingjing_deploy.log_check.database import Snapshot

_NOT_CANONICAL = ", which is that of its value as it stands: not in the form of RFC 8785"
_Candidate = tuple[str, "Callable[[], Derived]"]


async def derived(
    snapshot: Snapshot, first: int, end: int, logged: Sequence[bytes], path: str
) -> list[Derived]:
    """Derive the entries of the places from first up to, not including, end.

    ``logged`` is what the bundle at ``path`` holds from the first of these places on.

    Raises:
        Differs: a place has no row, or two; or a row no longer gives what was logged.
    """
    candidates: dict[int, list[_Candidate]] = {}
    for event in await snapshot.events(first, end):
        one = (f"outbox row {event['id']}", partial(event_row, event))
        candidates.setdefault(event["log_index"], []).append(one)
    for note, audit in await snapshot.notes(first, end):
        one = (f"audit row {note['id']}", partial(audit_row, note, audit))
        candidates.setdefault(note["log_index"], []).append(one)
    found = []
    for index in range(first, end):
        here = candidates.get(index, [])
        entry = logged[index - first] if index - first < len(logged) else None
        if len(here) != 1:
            raise _not_one(index, [name for name, _ in here], entry, path)
        row = here[0][1]()
        _compare(row, entry, path)
        found.append(row)
    return found


def _not_one(index: int, rows: Sequence[str], entry: bytes | None, path: str) -> Differs:
    if rows:
        says = f"place {index} is given twice: {' and '.join(rows)}."
        return Differs("place", says, index=index, path=path, row=rows[0])
    logged = f"; {path} logged {_shown(entry)} there" if entry else ""
    return Differs("place", f"place {index} is given to no row{logged}.", index=index, path=path)


def _compare(row: Derived, entry: bytes | None, path: str) -> None:
    """Compare a row with itself, and with what was logged of it where that is kept.

    Raises:
        Differs: it is not what it was when it was logged.
    """
    at = f"entry {row.index}, {row.row}"
    if row.computed is not None and row.computed != row.kept:
        if entry == row.entry:
            says = (
                f"{at}: log_digest holds {row.kept.hex()}, expected {row.computed.hex()}"
                f" as its content, its salt and {path} say."
            )
        else:
            why = _NOT_CANONICAL if row.uncanonical else ""
            says = (
                f"{at}: its content and salt give the commitment {row.computed.hex()},"
                f" expected {row.kept.hex()} as it was logged{why}."
            )
        raise Differs("row", says, index=row.index, path=path, row=row.row)
    if entry is not None and entry != row.entry:
        says = (
            f"{path}, entry {row.index}: it is {_shown(entry)},"
            f" expected {_shown(row.entry)} of {row.row}."
        )
        raise Differs("bundle", says, index=row.index, path=path, row=row.row)


def _shown(entry: bytes) -> str:
    return repr(entry.decode(errors="backslashreplace"))
