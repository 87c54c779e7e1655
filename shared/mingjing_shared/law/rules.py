"""Law as dated data.

A law file is TOML in the folder `law/` of the package that owns it. Each table is one fact of
law, each `version` of it an array entry with `valid_from`, `source` and `confidence`. What the
head of the table says holds for every version unless the version says otherwise. The id of a
fact is `<prefix>.<key>`; the prefix is the service's name unless the file sets its own
(`prefix = ""` means that the keys are the whole ids).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from mingjing_shared.law.errors import BadLawFile, NoRuleInForce

Unit = Literal["working_day", "day", "hour", "month"]
Roll = Literal["next_working_day", "none"]
Confidence = Literal["verified", "secondary", "assumed"]
_Text = Annotated[str, msgspec.Meta(min_length=1)]


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One wording of a fact of law, from a day to a day, with where it stands.

    `verified`: read in the full text; `secondary`: quoted by others or from memory; `assumed`:
    our default until the legal department decides. Compared by identity: a version is one place
    in one file.
    """

    id: str
    title: _Text
    task: Annotated[int, msgspec.Meta(ge=1, le=43)] | None = None
    valid_from: date
    valid_to: date | None = None
    source: _Text
    confidence: Confidence

    def covers(self, day: date) -> bool:
        """Whether this version is in force on that day, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class RuleVersion(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A period: how many of which unit, from which event on, and what happens on a day off."""

    unit: Unit
    count: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    start_event: _Text
    include_start: bool = False
    roll: Roll = "none"

    def __post_init__(self) -> None:
        """Refuse combinations that have no meaning."""
        if self.unit in {"working_day", "hour"} and self.roll != "none":
            raise ValueError(f"unit {self.unit} cannot roll: it never ends on a day off by itself")
        if self.unit == "hour" and self.include_start:
            raise ValueError("a period in hours starts at an instant, include_start has no meaning")


class Threshold(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """An amount from which on something holds; the amount itself included."""

    unit: Literal["yuan"]
    at_least: Decimal

    def __post_init__(self) -> None:
        """Refuse amounts that are none."""
        if not (self.at_least.is_finite() and self.at_least > 0):
            raise ValueError(f"at_least {self.at_least} is not an amount above zero")

    def is_reached_by(self, amount: Decimal) -> bool:
        """Whether the amount is at or above the threshold."""
        return amount >= self.at_least


class Headline(Version, frozen=True, kw_only=True, forbid_unknown_fields=False, eq=False):
    """What any dated fact can be listed by, whatever else its form holds."""

    unit: str | None = None
    count: int | None = None
    at_least: Decimal | None = None
    level: str | None = None
    start_event: str | None = None
    roll: str | None = None


V = TypeVar("V", bound=Version)


@dataclass(frozen=True, slots=True, eq=False)
class Dated(Generic[V]):
    """A fact of law with all its versions, oldest first, none overlapping."""

    id: str
    versions: tuple[V, ...]

    def is_in_force_on(self, day: date) -> bool:
        """Whether any version covers the day."""
        return any(version.covers(day) for version in self.versions)

    def in_force_on(self, day: date) -> V:
        """The version in force on that day.

        Raises:
            NoRuleInForce: no version covers it. The caller keeps the fact without a clock and
                says so; it never assumes a value.
        """
        for version in self.versions:
            if version.covers(day):
                return version
        known = "、".join(
            f"{version.valid_from}至{version.valid_to or '今'}" for version in self.versions
        )
        raise NoRuleInForce(f"规则 {self.id} 在 {day} 没有有效版本（已有：{known}）")


Rule = Dated[RuleVersion]


def load_rules(package: str, name: str) -> Mapping[str, Rule]:
    """The periods of `<package>/law/<name>.toml`, by their key in the file.

    Read and checked once; call it at import, so that a bad file stops the process at its start.

    Raises:
        BadLawFile: the file is missing or breaks the form; the message says where.
    """
    return load_dated(package, name, RuleVersion)


def load_thresholds(package: str, name: str) -> Mapping[str, Dated[Threshold]]:
    """The thresholds of `<package>/law/<name>.toml`, by their key in the file."""
    return load_dated(package, name, Threshold)


def load_provisions(package: str, name: str) -> Mapping[str, Dated[Version]]:
    """Facts that only hold or do not hold on a day (no count), by their key in the file."""
    return load_dated(package, name, Version)


def load_dated(package: str, name: str, form: type[V]) -> Mapping[str, Dated[V]]:
    """The facts of `<package>/law/<name>.toml` in a form of the caller's own.

    `form` is a subclass of `Version` declared with `frozen=True, kw_only=True,
    forbid_unknown_fields=True, eq=False`; a key that the form does not know is an error.
    """
    return _load(package, name, form)


@cache
def _load(package: str, name: str, form: type[Any]) -> Mapping[str, Dated[Any]]:
    place = f"{package}/law/{name}.toml"
    try:
        text = files(package).joinpath("law", f"{name}.toml").read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise BadLawFile(f"找不到法律规则文件 {place}") from error
    return parse_dated(text, place, package.removeprefix("mingjing_"), form)


def parse_dated(text: str, place: str, prefix: str, form: type[V]) -> Mapping[str, Dated[V]]:
    """The facts in the text of a law file; `place` names it in errors.

    Raises:
        BadLawFile: with place, key, number of the version and what is wrong.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLawFile(f"{place} 不是有效的 TOML：{error}") from error
    prefix = tables.pop("prefix", prefix)
    if not isinstance(prefix, str):
        raise BadLawFile(f"{place}：prefix 应为字符串")
    facts = {}
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise BadLawFile(f"{place}：“{key}”应为一张表，含 title 与至少一个 version")
        fact_id = f"{prefix}.{key}" if prefix else key
        versions = tuple(_versions(table, f"{place}，{key}", fact_id, form))
        _refuse_overlap(versions, f"{place}，{key}")
        facts[key] = Dated(fact_id, versions)
    return MappingProxyType(facts)


def _versions(table: dict[str, Any], where: str, fact_id: str, form: type[V]) -> Iterator[V]:
    head = {key: value for key, value in table.items() if key != "version"}
    rows = table.get("version")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise BadLawFile(f"{where}：没有版本；每条规则至少有一个 [[…version]]")
    for number, row in enumerate(rows, start=1):
        try:
            yield msgspec.convert({**head, **row, "id": fact_id}, form)
        except msgspec.ValidationError as error:
            raise BadLawFile(f"{where}，第{number}个版本：{error}") from error


def _refuse_overlap(versions: tuple[V, ...], where: str) -> None:
    for version in versions:
        if version.valid_to is not None and version.valid_to < version.valid_from:
            raise BadLawFile(
                f"{where}：valid_to {version.valid_to} 早于 valid_from {version.valid_from}"
            )
    for earlier, later in pairwise(versions):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise BadLawFile(
                f"{where}：自 {earlier.valid_from} 与自 {later.valid_from} 的版本重叠或次序颠倒；"
                "应先给旧版本填 valid_to，再按先后排列"
            )
