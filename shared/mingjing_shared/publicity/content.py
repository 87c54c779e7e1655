"""What the public is told of one item: public data only, whoever reads it on the way."""

import hashlib
from datetime import date
from typing import Annotated, TypeAlias

import msgspec

_Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
_Version = Annotated[int, msgspec.Meta(ge=1)]
_Words = Annotated[str, msgspec.Meta(max_length=500)]
TEXT_CHARS_MAX = 20_000


class Published(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag="published"):
    """A decision in its public words: its first version, or a later one that corrects it.

    Attributes:
        unit_name: the deciding body, in words.
        outcome: what was decided, in words, such as 罚款.
        parties: the organisations it concerns; persons are never listed.
        text: the public text, line by line, in its public form.
        text_sha256: SHA-256 of the text in UTF-8.
        masked: line (from 0), from and to of what stands for something hidden.
        meaning: what the decision means, one plain sentence.
        remedy: what can be done against it.
        correction: why an earlier version was replaced; none in the first.
        first_published_on: of a later version, when the first one was published: whoever never
            had that one cannot know it.
    """

    item_id: _Id
    version: _Version
    kind: str
    title: _Words
    document_number: _Words
    unit_name: _Words
    made_on: date
    due_on: date | None = None
    published_on: date
    outcome: tuple[_Words, ...] = ()
    parties: tuple[_Words, ...] = ()
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)]
    text_sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    masked: tuple[tuple[int, int, int], ...] = ()
    meaning: _Words = ""
    remedy: _Words = ""
    correction: _Words | None = None
    first_published_on: date | None = None


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag="withdrawn"):
    """An item was taken back: what stands at its address from now on.

    A generic one says nothing of what was there, because already the reason would say too much
    of a person (records that are sealed, minors, privacy).
    """

    item_id: _Id
    version: _Version
    withdrawn_on: date
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    basis: _Words
    generic: bool


class LogTile(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag="log_tile"):
    """A tile of the public log, as far as it reaches now; level -1: a bundle of entries."""

    level: Annotated[int, msgspec.Meta(ge=-1, le=63)]
    number: Annotated[int, msgspec.Meta(ge=0)]
    width: Annotated[int, msgspec.Meta(ge=1, le=256)]
    body: Annotated[str, msgspec.Meta(description="base64")]


class LogEntry(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag="log_entry"):
    """What an entry of the public log says, with its salt (hex): what a receipt is made of."""

    index: Annotated[int, msgspec.Meta(ge=0)]
    item_id: _Id
    version: _Version
    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    said: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)]


class LogHead(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag="log_head"):
    """The head of the public log with the signatures of the log and of its witnesses."""

    note: str


Item: TypeAlias = Published | Withdrawn
LogPart: TypeAlias = LogTile | LogEntry | LogHead
Content: TypeAlias = Item | LogPart


def text_digest(text: str) -> str:
    """SHA-256 of a public text, by which what was approved and what is seen are compared."""
    return hashlib.sha256(text.encode()).hexdigest()
