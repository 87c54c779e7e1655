"""What fields a class has, nested ones too: read once, then walked by everything that needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import inspect

Temporal = Literal["date", "instant"]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field.

    Attributes:
        personal: marked ``x-pii`` (then everything in it is).
        inner: the fields of the object it holds, or of each object in the list it holds.
        many: it holds a list.
        temporal: it holds a date or an instant.
        planned: that date may lie ahead.
        birth: that date is a birth date.
        marks: what its type adds to the schema (``x-names`` …).
    """

    name: str
    required: bool
    personal: bool
    inner: "Shape | None"
    many: bool
    temporal: Temporal | None
    planned: bool
    birth: bool
    marks: Mapping[str, Any]
    kind: inspect.Type


Shape = Mapping[str, FieldShape]


@cache
def shape_of(struct: type[msgspec.Struct]) -> Shape:
    """The fields of an event class or of a value class, by their names in the data."""
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{struct.__name__} is no struct")
    return {field.encode_name: _field(field) for field in info.fields}


def _field(field: inspect.Field) -> FieldShape:
    marks: dict[str, Any] = {}
    kind = _bare(field.type, marks)
    many = isinstance(kind, inspect.VarTupleType)
    held = _bare(kind.item_type, marks) if isinstance(kind, inspect.VarTupleType) else kind
    temporal: Temporal | None = None
    if isinstance(held, inspect.DateType):
        temporal = "date"
    elif isinstance(held, inspect.DateTimeType):
        temporal = "instant"
    return FieldShape(
        name=field.encode_name,
        required=field.required,
        personal=bool(marks.get("x-pii")),
        inner=shape_of(held.cls) if isinstance(held, inspect.StructType) else None,
        many=many,
        temporal=temporal,
        planned=bool(marks.get("x-planned")),
        birth=bool(marks.get("x-birth")),
        marks=marks,
        kind=held,
    )


def _bare(kind: inspect.Type, marks: dict[str, Any]) -> inspect.Type:
    """The type without its marks and without ``| None``; the marks go into ``marks``."""
    while True:
        if isinstance(kind, inspect.Metadata):
            marks.update(kind.extra_json_schema or {})
            kind = kind.type
        elif isinstance(kind, inspect.UnionType):
            kind = next(t for t in kind.types if not isinstance(_unmarked(t), inspect.NoneType))
        else:
            return kind


def _unmarked(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind
