"""What the timeline may show of an event: ids, kinds, dates, states. No prose, no person.

Closed by name and by form: a field shows only if it is a code of a closed list, a date, or one
of the named fields with a strict form. A field that is added to the contract shows nowhere
until it is named here; one that may hold free text never does, whatever its name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import inspect

from mingjing_shared.events.shape import FieldShape, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.events import Event

_SHOWN = frozenset(
    {
        # which
        "action_id", "clearance_id", "decision_id", "footage_id", "handover_id", "hold_id",
        "item_id", "property_id", "replaced_by", "review_id", "supervision_id", "warning_id",
        # of what kind, in what state, by what rule
        "kind", "method", "outcome", "outcome_code", "purpose", "reason", "reason_code", "rule",
        "severity", "on_time", "provisional", "revision", "round",
        # whose
        "owner_unit", "to_unit", "unit",
    }
)  # fmt: skip


def codes_of(event_class: type[Event], public: Mapping[str, Any]) -> dict[str, Any]:
    """The short codes of an event, from the public part of its data."""
    return {name: public[name] for name in _names(event_class) if public.get(name) is not None}


@cache
def _names(event_class: type[Event]) -> tuple[str, ...]:
    return tuple(name for name, field in shape_of(event_class).items() if _may_show(name, field))


def _may_show(name: str, field: FieldShape) -> bool:
    if field.personal or field.birth or field.many or field.inner is not None:
        return False
    if field.temporal is not None or isinstance(field.kind, inspect.LiteralType):
        return True
    return name in _SHOWN and _is_strict(field.kind)


def _is_strict(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.StrType):
        return kind.pattern is not None
    return isinstance(kind, inspect.BoolType | inspect.IntType)
