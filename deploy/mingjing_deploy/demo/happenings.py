"""What happens in a month: what publishers tell, what people do, each on its day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Told:
    """A publisher tells an event on a day of the month."""

    day: int
    publisher: str
    event: Mapping[str, Any]


@dataclass(frozen=True)
class Damaged:
    """A publisher writes a record to its topic that nobody can take."""

    day: int
    publisher: str
    key: str
    value: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """Somebody does something on a day of the month.

    Attributes:
        who: a police number, a role, a publisher's name or ``citizen``.
        what: the act's name in ``acts.ACTS``.
        about: the thread that it belongs to: the acts of one thread go one after the other.
        given: what the act is given.
    """

    day: int
    who: str
    what: str
    about: str
    given: Mapping[str, Any] = field(default_factory=dict)


Happening = Told | Damaged | Act
