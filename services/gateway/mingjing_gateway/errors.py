"""What the door answers when it does not take something.

InvalidInput          400  (shared)
├── MalformedBody     400  the body is not JSON that everybody reads alike, or has no envelope
├── EventRefused      400  the envelope or the data break the contract; names every field
└── WrongMediaType    415  the body is of another kind than CloudEvents
NotAllowed            403  (shared)
├── NotSignedIn       401  no key, or one that nobody has
└── NotRegistered     403  the registration does not allow it
Contradiction         409  the same identity with other content
TooMuch               413  (shared)
└── TooFast           429  more events a second than one publisher may send
Unavailable           503  (shared) broker or database do not answer; repeating is right
"""

from __future__ import annotations

from typing import ClassVar

from mingjing_shared.errors import Conflict, InvalidInput, NotAllowed, TooMuch


class MalformedBody(InvalidInput):
    """The body cannot be read at all."""

    code: ClassVar[str] = "malformed"


class EventRefused(InvalidInput):
    """An event breaks the contract; ``errors`` in its details names every place."""

    code: ClassVar[str] = "event-refused"


class WrongMediaType(InvalidInput):
    """The body is not of a kind that the door reads."""

    status: ClassVar[int] = 415
    code: ClassVar[str] = "media-type"


class NotSignedIn(NotAllowed):
    """No key, or one that belongs to nobody."""

    status: ClassVar[int] = 401
    code: ClassVar[str] = "not-signed-in"


class NotRegistered(NotAllowed):
    """The publisher's registration does not allow this."""

    code: ClassVar[str] = "not-registered"


class Contradiction(Conflict):
    """An event of this identity is known with other content."""

    code: ClassVar[str] = "contradiction"


class TooFast(TooMuch):
    """The publisher sends more than its share."""

    status: ClassVar[int] = 429
    code: ClassVar[str] = "too-fast"
