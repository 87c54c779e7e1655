"""From data to an event and back: fast when the data are right, telling when they are not."""

import re
from typing import Any, TypeVar

import msgspec

from mingjing_shared.events.base import Event
from mingjing_shared.events.problems import FieldProblem, explain_or_say, has_case_key
from mingjing_shared.events.shape import shape_of

E = TypeVar("E", bound=Event)


class DataRefused(ValueError):
    """Data that are not those of their event type.

    Its text names the type, the paths and the rules, never a value: it may be logged. The
    problems' messages are for the sender alone.

    Attributes:
        event_class: the class of the type that was claimed.
        problems: every problem found, each with its field.
    """

    def __init__(self, event_class: type[Event], problems: list[FieldProblem]) -> None:
        self.event_class = event_class
        self.problems = problems
        places = ", ".join(f"{_place(event_class, p.path)}: {p.rule}" for p in problems)
        super().__init__(f"{event_class.type}: {places}")


def decode(event_class: type[E], data: Any) -> E:
    """The event that the data state.

    Strict: no text is read as a number, no number as text. Unknown fields are taken.

    Raises:
        DataRefused: with every problem, when the data break the type's schema.
    """
    try:
        event = msgspec.convert(data, event_class)
    except (msgspec.ValidationError, OverflowError, RecursionError):
        event = None
    if event is None or not (event_class.obeyed_by(data) and has_case_key(_case_number(event))):
        raise DataRefused(event_class, explain_or_say(event_class, data))
    return event


def _place(event_class: type[Event], path: str) -> str:
    """The path, for logs; what a sender calls a field that we do not know is not repeated."""
    known = not path or re.split(r"[.\[]", path, maxsplit=1)[0] in shape_of(event_class)
    return (path or "data") if known else "(unknown field)"


def _case_number(event: Event) -> Any:
    return getattr(event, "case_number", None)


def to_data(event: Event) -> dict[str, Any]:
    """The data of an event, ready for JSON; what is absent or at its default is left out."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(event))
    return data
