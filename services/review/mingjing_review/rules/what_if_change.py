"""The file that ``mingjing law what-if`` is asked about: a changed rule file, or a draft. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.rules.catalogue import CatalogueItem
from mingjing_review.rules.grounds import Ground
from mingjing_review.rules.item import Item  # noqa: TC001 - msgspec reads it at run time
from mingjing_shared.law.errors import BadLawFile
from mingjing_shared.law.rules import RuleVersion, Threshold, parse_dated

if TYPE_CHECKING:
    from mingjing_review.rules.what_if import World

FILES = ("catalogue", "grounds", "hearing", "periods")


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of a unit's catalogue as a file holds it."""

    unit: str
    items: tuple[Item, ...]


def changed_world(name: str, text: str, world: World) -> World:
    """The world with the change that a file says.

    The file's name tells which rule file of ours it replaces.

    Raises:
        BadLawFile: it is neither a rule file of ours nor a draft; says what is wrong.
    """
    stem, _, form = name.rpartition(".")
    tables = _tables(name, form, text)
    if "items" in tables:
        try:
            draft = msgspec.convert(tables, Draft)
        except msgspec.ValidationError as error:
            raise BadLawFile(f"{name} 不是可用的目录草案：{error}") from error
        return world.with_catalogue(draft.unit, draft.items, date.min)
    law = world.law
    if stem == "catalogue":
        changed = parse_dated(text, name, "review", CatalogueItem)
        return replace(world, law=replace(law, catalogue=changed))
    if stem == "grounds":
        return replace(world, law=replace(law, grounds=parse_dated(text, name, "review", Ground)))
    if stem == "hearing":
        thresholds = parse_dated(text, name, "review", Threshold)
        missing = sorted(law.thresholds.keys() - thresholds.keys())
        if missing:
            raise BadLawFile(f"{name} 缺少 {'、'.join(missing)}；应为完整的规则文件")
        return replace(world, law=replace(law, thresholds=thresholds))
    if stem == "periods":
        periods = parse_dated(text, name, "review", RuleVersion)
        if "review.opinion" not in periods:
            raise BadLawFile(f"{name} 缺少 review.opinion；应为完整的规则文件")
        return replace(world, periods=periods)
    known = "、".join(f"{file}.toml" for file in FILES)
    raise BadLawFile(
        f"{name} 不是审核所用的规则文件（{known}），"
        "也不是目录草案（JSON 或 TOML，含 unit 与 items）"
    )


def _tables(name: str, form: str, text: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(text) if form == "json" else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, msgspec.DecodeError) as error:
        raise BadLawFile(f"{name} 不能读取：{error}") from error
    if not isinstance(found, dict):
        raise BadLawFile(f"{name} 应为一个对象")
    return found
