"""Whether a stable schema only grew: what an older reader or sender would stumble over."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

_WORDS_ONLY = frozenset(
    {"title", "description", "examples", "x-names", "x-list", "x-known", "x-takers"}
)
_STRUCTURE = frozenset({"properties", "required", "$ref", "$defs", "items", "anyOf"})


def breaks(old: Schema, new: Schema) -> list[str]:
    """What the new schema of a type breaks of the old one, in words; empty if it only grew.

    Growing is: a further optional field, here or in a nested object, and better words. Codes,
    forms and limits of fields that exist are promises to both sides.
    """
    return list(_compare(old, new, old.get("$defs", {}), new.get("$defs", {}), "data"))


def _compare(
    old: Schema, new: Schema, old_parts: Schema, new_parts: Schema, place: str
) -> Iterator[str]:
    old, new = _resolved(old, old_parts), _resolved(new, new_parts)
    before, after = old.get("properties", {}), new.get("properties", {})
    must_before, must_after = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(before.keys() - after.keys()):
        yield f"{place}.{name}: the field is gone"
    for name in sorted(must_after - must_before):
        yield f"{place}.{name}: it is required now, senders that leave it out would be refused"
    for name in sorted((must_before - must_after) & after.keys()):
        yield f"{place}.{name}: it is optional now, readers that rely on it would stumble"
    yield from _promises(old, new, place)
    for name in sorted(before.keys() & after.keys()):
        yield from _compare(before[name], after[name], old_parts, new_parts, f"{place}.{name}")
    if "items" in old and "items" in new:
        yield from _compare(old["items"], new["items"], old_parts, new_parts, f"{place}[]")


def _promises(old: Schema, new: Schema, place: str) -> Iterator[str]:
    for keyword in sorted((old.keys() | new.keys()) - _STRUCTURE - _WORDS_ONLY):
        was, now = old.get(keyword), new.get(keyword)
        if was != now and not (keyword == "x-pii" and now):
            yield f"{place}: {keyword} was {was!r}, is {now!r}"


def _resolved(schema: Schema, parts: Schema) -> Schema:
    """The schema behind a reference, and behind "this or null" (then marked as nullable)."""
    branches = schema.get("anyOf")
    if branches:
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return rest | _resolved(branches[0], parts) | {"nullable": {"type": "null"} in branches}
    if "$ref" in schema:
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        part: Schema = parts[schema["$ref"].rsplit("/", 1)[1]]
        return part | rest
    return schema
