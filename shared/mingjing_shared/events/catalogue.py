"""The catalogue: every event type that there is, and what follows from a type alone."""

from collections.abc import Mapping
from typing import Any

from mingjing_shared.events import (
    casework,
    directory,
    disclosure,
    finance,
    fixity,
    legislation,
    licensing,
    personnel,
    platform,
    property,  # noqa: A004 - the contract's own word
    recorders,
    recording,
    review,
    tasks,
)
from mingjing_shared.events.base import Event
from mingjing_shared.law.case_number import case_key

PREFIX = "cn.mingjing."

_MODULES = (
    casework,
    recorders,
    licensing,
    property,
    personnel,
    legislation,
    finance,
    directory,
    platform,
    review,
    recording,
    fixity,
    disclosure,
    tasks,
)


def _in_order() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, Event) and "type" in vars(value):
                if value.type in found:
                    raise TypeError(f"{name}: {value.type} is in the catalogue already")
                found[value.type] = value
    return found


CATALOGUE: Mapping[str, type[Event]] = _in_order()
_WITH_CASE_NUMBER = tuple(c for c in CATALOGUE.values() if "case_number" in c.__struct_fields__)


def event_class(event_type: str) -> type[Event] | None:
    """The class of a full type name; None when the contract knows no such type."""
    return CATALOGUE.get(event_type)


def with_case_number() -> tuple[type[Event], ...]:
    """Every class whose data carry, or may carry, a case number."""
    return _WITH_CASE_NUMBER


def short_name(event_type: str) -> str:
    """The type without the common prefix: ``decision.made``."""
    return event_type.removeprefix(PREFIX)


def dataschema_of(event: type[Event]) -> str:
    """The address of the type's schema, as the ``dataschema`` attribute gives it."""
    return f"/intake/schemas/{event.type}/{event.major}"


def topics_of(event: type[Event]) -> tuple[str, ...]:
    """The topics on which the type may come; ``inbound.{publisher}`` stands for each of them."""
    homes = (event.home,) if event.also_home is None else (event.home, event.also_home)
    return tuple("inbound.{publisher}" if home == "inbound" else home for home in homes)


def subject_of(event: Event) -> str:
    """What the event is about: the ``subject`` attribute, as the data say it."""
    subject: str = getattr(event, event.subject_field)
    return subject


def key_of(event: Event) -> str:
    """The ``partitionkey`` attribute and Kafka key; a case number in its keyed form."""
    key: str = getattr(event, event.key)
    return case_key(key) if event.key == "case_number" else key


def subject_fits(event: Event, subject: str) -> bool:
    """Whether a ``subject`` that came with the event is the one its data give."""
    return _alike(event.subject_field, subject_of(event), subject)


def key_fits(event: Event, key: str) -> bool:
    """Whether a ``partitionkey`` that came with the event, raw or keyed, fits its data."""
    return _alike(event.key, getattr(event, event.key), key)


def _alike(field: str, ours: str, theirs: Any) -> bool:
    if ours == theirs:
        return True
    return field == "case_number" and case_key(ours) == case_key(theirs)
