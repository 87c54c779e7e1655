"""Entries of a log, derived from the rows that they stand for; pure.

An entry is four lines (docs/verify.md): id, type, time, and the commitment in hexadecimal. The
commitment is SHA-256 of the row's salt and its canonical content (RFC 8785).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import rfc8785

from mingjing_deploy.log_check.findings import Differs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOT_LOGGED = ("traceparent", "tracestate")
AUDIT_COLUMNS = (
    "id", "at", "officer", "role", "unit", "instead_of", "act", "outcome", "reason",
    "approved_by", "subject_kind", "subject", "case_ref", "request_id",
)  # fmt: skip
AUDIT_TYPE = "audit."
DIGEST_BYTES = 32
ENTRY_BYTES_MAX = 0xFFFF
_EARLIEST = datetime(1949, 10, 1, tzinfo=UTC)
_LOWEST_PRINTABLE = " "


@dataclass(frozen=True)
class Derived:
    """What one row says must be logged.

    Attributes:
        index: the place in the log.
        row: the row's name for people.
        head: the first three lines of the entry.
        computed: the commitment of salt and content; none when the salt was erased.
        kept: the commitment that the row keeps beside them.
        uncanonical: whether that is of the value as it stands, which is not the canonical form.
    """

    index: int
    row: str
    head: bytes
    computed: bytes | None
    kept: bytes
    uncanonical: bool = False

    @property
    def is_linkable(self) -> bool:
        """Whether the entry can still be tied to its content."""
        return self.computed is not None

    @property
    def entry(self) -> bytes:
        """The four lines; of a row without its salt, with the commitment as it is kept."""
        commitment = self.kept if self.computed is None else self.computed
        return self.head + commitment.hex().encode() + b"\n"


def event_row(row: Mapping[str, Any]) -> Derived:
    """Derive the entry of a row of the outbox.

    Raises:
        Differs: the row cannot be one that was logged.
    """
    index, name = row["log_index"], f"outbox row {row['id']}"
    attributes = _strict_json(row["attributes"], index, name, "attributes")
    told = {key: attributes.get(key) for key in ("id", "type", "time", "partitionkey")}
    if told["id"] != str(row["id"]) or told["partitionkey"] != row["key"]:
        raise _wrong(
            index,
            name,
            f"its attributes say id {told['id']!r} and partitionkey {told['partitionkey']!r},"
            f" expected {str(row['id'])!r} and {row['key']!r} as its columns say",
        )
    content = {key: value for key, value in attributes.items() if key not in NOT_LOGGED}
    content["data"] = _strict_json(row["value"], index, name, "value")
    derived = _derived(row, name, (told["id"], told["type"], told["time"]), content)
    if derived.computed in (None, derived.kept):
        return derived
    spliced = _with_value_as_it_stands(content, row["value"])
    is_raw = hashlib.sha256(row["log_salt"] + spliced).digest() == derived.kept
    return replace(derived, uncanonical=is_raw)


def audit_row(row: Mapping[str, Any], audit: Mapping[str, Any] | None) -> Derived:
    """Derive the entry of a row of the notes and the row of the audit that it stands for.

    Raises:
        Differs: there is no such row of the audit, or the two contradict each other.
    """
    index, name = row["log_index"], f"audit row {row['id']}"
    if audit is None:
        raise _wrong(index, name, "it is logged, but the audit holds no such row")
    wanted = AUDIT_TYPE + audit["outcome"]
    if row["type"] != wanted:
        raise _wrong(index, name, f"log_notes holds type {row['type']!r}, expected {wanted!r}")
    if row["time"] != audit["at"]:
        raise _wrong(
            index,
            name,
            f"log_notes holds time {_stamp(row['time'])}, its at is {_stamp(audit['at'])}",
        )
    content = {column: audit[column] for column in AUDIT_COLUMNS if audit[column] is not None}
    content |= {"id": str(row["id"]), "at": _stamp(audit["at"])}
    return _derived(row, name, (str(row["id"]), wanted, content["at"]), content)


def commitment(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """Commit to a content: SHA-256 of the salt and the content's canonical form.

    Raises:
        rfc8785.CanonicalizationError: it has no canonical form.
    """
    return hashlib.sha256(salt + rfc8785.dumps(dict(content))).digest()


def bundle_of(entries: Sequence[bytes]) -> bytes:
    """Put entries into a bundle: each with its length before it."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def entries_in(bundle: bytes) -> list[bytes]:
    """Take a bundle apart, as far as it can be: what is left over is its last entry."""
    found, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2])
        found.append(bundle[at + 2 : end])
        at = end
    return found


def _derived(
    row: Mapping[str, Any], name: str, lines: tuple[object, ...], content: Mapping[str, Any]
) -> Derived:
    index, salt, kept = row["log_index"], row["log_salt"], row["log_digest"]
    for line in lines:
        if not isinstance(line, str) or not line or min(line) < _LOWEST_PRINTABLE:
            raise _wrong(index, name, f"{line!r} is no line of an entry")
    _require_modern(index, name, str(lines[2]))
    if kept is None or len(kept) != DIGEST_BYTES:
        raise _wrong(index, name, f"log_digest holds {kept!r}, expected {DIGEST_BYTES} bytes")
    computed = None
    if salt is not None:
        try:
            computed = commitment(salt, content)
        except rfc8785.CanonicalizationError as problem:
            raise _wrong(index, name, f"its content has no canonical form ({problem})") from None
    derived = Derived(index, name, "".join(f"{x}\n" for x in lines).encode(), computed, kept)
    if len(derived.entry) > ENTRY_BYTES_MAX:
        raise _wrong(
            index, name, f"its entry has {len(derived.entry)} bytes, too many for a bundle"
        )
    return derived


def _with_value_as_it_stands(content: Mapping[str, Any], value: bytes) -> bytes:
    """Put attributes into the canonical form and the data among them as they are kept."""
    parts = [
        rfc8785.dumps(key) + b":" + (value if key == "data" else rfc8785.dumps(content[key]))
        for key in sorted(content)
    ]
    return b"{" + b",".join(parts) + b"}"


def _require_modern(index: int, name: str, time: str) -> None:
    try:
        instant = datetime.fromisoformat(time)
        is_modern = instant >= _EARLIEST
    except (ValueError, TypeError):
        raise _wrong(index, name, f"its time {time!r} is no instant") from None
    if not is_modern:
        raise _wrong(index, name, f"its time is {time}, expected none before 1949")


def _strict_json(text: str | bytes, index: int, name: str, column: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a name occurs twice")
        return found

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no JSON")

    try:
        found = json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except (ValueError, RecursionError) as problem:
        raise _wrong(index, name, f"its {column} is no JSON ({problem})") from None
    if not isinstance(found, dict):
        raise _wrong(index, name, f"its {column} is no JSON object")
    return found


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _wrong(index: int, row: str, says: str) -> Differs:
    return Differs("row", f"entry {index}, {row}: {says}.", index=index, row=row)
