"""Personal and unknown fields apart from the rest, and together again.

The archive keeps the two halves under different keys: what says something about a person, and
what nobody has said anything about, is encrypted.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from mingjing_shared.events.shape import FieldShape, Shape, shape_of

Json = dict[str, Any]
Splitter = Callable[[Json], tuple[Json, Json]]


def split_pii(event_class: type[msgspec.Struct], data: Json) -> tuple[Json, Json]:
    """The public part of an event's data and its personal part (``{}`` when there is none).

    Personal is every field marked ``x-pii`` and every field that the class does not know, in
    nested objects too (there by the position in their list). Both halves are JSON-ready and
    ``merge_pii`` puts them together again.
    """
    return _splitter(event_class)(data)


def merge_pii(public: Json, personal: Json) -> Json:
    """The data that ``split_pii`` took apart."""
    if not personal:
        return public
    merged = dict(public)
    for name, value in personal.items():
        if name not in public:
            merged[name] = value
        elif isinstance(public[name], list):
            items = list(public[name])
            for position, inner in value.items():
                items[int(position)] = merge_pii(items[int(position)], inner)
            merged[name] = items
        else:
            merged[name] = merge_pii(public[name], value)
    return merged


def unknown_fields(event_class: type[msgspec.Struct], data: Json) -> list[str]:
    """The paths of the fields that the class does not know, in the order in which they come."""
    return list(_unknown(shape_of(event_class), data, ""))


def _unknown(shape: Shape, data: Mapping[str, Any], before: str) -> list[str]:
    found: list[str] = []
    for name, value in data.items():
        field = shape.get(name)
        if field is None:
            found.append(before + name)
        elif field.inner is not None:
            items = value if field.many and isinstance(value, list) else [value]
            for position, item in enumerate(items):
                if isinstance(item, dict):
                    place = f"{name}[{position}]" if field.many else name
                    found += _unknown(field.inner, item, f"{before}{place}.")
    return found


@cache
def _splitter(event_class: type[msgspec.Struct]) -> Splitter:
    return _compile(shape_of(event_class))


def _compile(shape: Shape) -> Splitter:
    plain = frozenset(n for n, f in shape.items() if not f.personal and f.inner is None)
    nested = {n: _compile_nested(f) for n, f in shape.items() if not f.personal and f.inner}

    def split(data: Json) -> tuple[Json, Json]:
        public: Json = {}
        personal: Json = {}
        for name, value in data.items():
            if name in plain:
                public[name] = value
            elif name in nested:
                nested[name](name, value, public, personal)
            else:
                personal[name] = value
        return public, personal

    return split


def _compile_nested(field: FieldShape) -> Callable[[str, Any, Json, Json], None]:
    assert field.inner is not None
    known = frozenset(field.inner)
    split = _compile(field.inner)
    wholly_plain = all(not f.personal and f.inner is None for f in field.inner.values())

    def one(name: str, value: Any, public: Json, personal: Json) -> None:
        if value is None or (isinstance(value, dict) and wholly_plain and value.keys() <= known):
            public[name] = value
        elif isinstance(value, dict):
            public[name], hidden = split(value)
            if hidden:
                personal[name] = hidden
        else:
            personal[name] = value

    def several(name: str, value: Any, public: Json, personal: Json) -> None:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            personal[name] = value
            return
        if wholly_plain and all(item.keys() <= known for item in value):
            public[name] = value
            return
        halves = [split(item) for item in value]
        public[name] = [shown for shown, _ in halves]
        if hidden := {str(place): inner for place, (_, inner) in enumerate(halves) if inner}:
            personal[name] = hidden

    return several if field.many else one
