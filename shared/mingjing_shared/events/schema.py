"""JSON Schema (2020-12) of every event type, made from the classes."""

from collections.abc import Mapping
from functools import cache
from inspect import getdoc
from typing import Any

import msgspec

from mingjing_shared.events.base import Event
from mingjing_shared.events.catalogue import (
    CATALOGUE,
    dataschema_of,
    event_class,
    short_name,
    topics_of,
)
from mingjing_shared.events.examples import example
from mingjing_shared.events.field_names import FIELD_NAMES

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schema_of(event_type: str) -> Schema | None:
    """The schema of a full type name, complete in itself; None for an unknown type.

    The result is shared: do not change it.
    """
    event = event_class(event_type)
    if event is None:
        return None
    return {"$schema": DIALECT, "$id": dataschema_of(event), **_described(event)}


def _described(event: type[Event]) -> Schema:
    body, parts = object_schemas([event], "#/$defs/{name}")
    schema = body[event.__name__] | {
        "examples": [example(event), example(event, full=True)],
        "x-stability": event.stability,
        "x-topics": list(topics_of(event)),
        "x-key": event.key,
        "x-subject": event.subject_field,
        "x-takers": sorted(event.takers),
    }
    return schema | ({"$defs": parts} if parts else {})


def object_schemas(
    events: list[type[Event]], ref_template: str
) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """The schemas of some events and of the values they share, by class name."""
    refs, components = msgspec.json.schema_components(events, ref_template=ref_template)
    del refs
    tidy = {name: _tidy_object(schema) for name, schema in components.items()}
    bodies = {event.__name__: _body(event, tidy.pop(event.__name__)) for event in events}
    return bodies, dict(sorted(tidy.items()))


def _body(event: type[Event], schema: Schema) -> Schema:
    return schema | {
        "title": f"{event.label}（{short_name(event.type)}）",
        "description": getdoc(event) or "",
        **event.also_schema,
    }


def _tidy_object(schema: Schema) -> Schema:
    properties = {n: _tidy_field(n, f) for n, f in schema.get("properties", {}).items()}
    return schema | {"properties": properties}


def _tidy_field(name: str, field: Schema) -> Schema:
    """One property, its Chinese name first, ``or null`` folded into its type."""
    rest = {key: value for key, value in field.items() if key not in ("default", "anyOf")}
    for branch in field.get("anyOf", ()):
        if branch != {"type": "null"}:
            rest |= _or_null(branch)
    return {"title": FIELD_NAMES[name], **rest}


def _or_null(branch: Mapping[str, Any]) -> Schema:
    if "$ref" in branch:
        return {"anyOf": [dict(branch), {"type": "null"}]}
    if "enum" in branch:
        return {**branch, "enum": [*branch["enum"], None]}
    return {**branch, "type": [branch["type"], "null"]}


def all_schemas() -> dict[str, Schema]:
    """The schema of every type, by full type name."""
    return {name: schema for name in CATALOGUE if (schema := schema_of(name)) is not None}
