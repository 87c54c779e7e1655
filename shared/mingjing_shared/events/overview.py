"""The catalogue for people: every type with its meaning, its way and its fields."""

from inspect import getdoc
from typing import Any

import msgspec

from mingjing_shared.events.base import Event
from mingjing_shared.events.catalogue import CATALOGUE, dataschema_of, short_name, topics_of
from mingjing_shared.events.field_names import FIELD_NAMES
from mingjing_shared.events.schema import Schema, schema_of


class FieldRow(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a type, for people."""

    name: str
    label: str
    required: bool
    personal: bool
    form: str


class CatalogueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One type of the catalogue, for people."""

    type: str
    short: str
    label: str
    meaning: str
    sender: str
    topics: tuple[str, ...]
    key: str
    subject: str
    takers: tuple[str, ...]
    stability: str
    schema: str
    fields: tuple[FieldRow, ...]


def catalogue_rows() -> list[CatalogueRow]:
    """Every type of the contract in its order, ready to be shown."""
    return [_row(event) for event in CATALOGUE.values()]


def meaning_of(event: type[Event]) -> str:
    """What the type means: its docstring without the lines on who sends and takes it."""
    paragraphs = (getdoc(event) or "").split("\n\n")
    return " ".join(" ".join(paragraphs[:-1]).split())


def _row(event: type[Event]) -> CatalogueRow:
    return CatalogueRow(
        type=event.type,
        short=short_name(event.type),
        label=event.label,
        meaning=meaning_of(event),
        sender=event.sender,
        topics=topics_of(event),
        key=event.key,
        subject=event.subject_field,
        takers=tuple(sorted(event.takers)),
        stability=event.stability,
        schema=dataschema_of(event),
        fields=_fields(event),
    )


def _fields(event: type[Event]) -> tuple[FieldRow, ...]:
    schema = schema_of(event.type) or {}
    required = {*schema["required"], *event.also_schema.get("else", {}).get("required", ())}
    return tuple(
        FieldRow(
            name=name,
            label=FIELD_NAMES[name],
            required=name in required,
            personal=bool(field.get("x-pii")),
            form=_form(field, schema.get("$defs", {})),
        )
        for name, field in schema["properties"].items()
    )


def _form(field: Schema, parts: dict[str, Schema]) -> str:
    """What a field holds, short: its codes, its description, or the names of its parts."""
    if names := field.get("x-names"):
        return " / ".join(f"{code} {name}" for code, name in names.items())
    if field.get("type") == "array":
        return f"[{_form(field['items'], parts)}]"
    if "anyOf" in field:
        return _form(field["anyOf"][0], parts)
    if reference := field.get("$ref"):
        inner = parts[reference.rsplit("/", 1)[1]]
        return "{" + ", ".join(inner["properties"]) + "}"
    return str(field.get("description") or _types(field))


def _types(field: Schema) -> str:
    kinds: Any = field.get("type", "")
    return kinds if isinstance(kinds, str) else " / ".join(k for k in kinds if k != "null")
