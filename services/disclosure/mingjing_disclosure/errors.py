"""What disclosure refuses, beyond the family of all errors.

MingjingError
├── NoSuchItem      404  there is no such item
├── Conflict
│   ├── WrongState  409  the act does not fit the state the item is in
│   ├── Outdated    409  somebody changed the text since it was opened
│   ├── TextRefused 409  the text leaks, or hides what must stay
│   └── NotYetLawful 409 law does not allow publishing it (now)
└── NotAllowed
    └── SamePerson  403  a second person is needed
"""

from __future__ import annotations

from typing import ClassVar

from mingjing_shared.errors import Conflict, MingjingError, NotAllowed


class NoSuchItem(MingjingError):
    """There is no such item."""

    status: ClassVar[int] = 404
    code: ClassVar[str] = "no-such-item"


class WrongState(Conflict):
    """The act does not fit the state the item is in."""

    code: ClassVar[str] = "wrong-state"


class Outdated(Conflict):
    """Somebody changed the text since it was opened."""

    code: ClassVar[str] = "outdated"


class TextRefused(Conflict):
    """The text leaks, or hides what must stay."""

    code: ClassVar[str] = "text-refused"


class NotYetLawful(Conflict):
    """Law does not allow publishing it, or not yet."""

    code: ClassVar[str] = "not-lawful"


class SamePerson(NotAllowed):
    """A second person is needed."""

    code: ClassVar[str] = "same-person"
