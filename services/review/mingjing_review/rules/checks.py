"""The eight checks of legal review, and what the data already say about each.

国办发〔2018〕118号 四（十三）. The machine fills in what the data show and names them; a person
decides each check. What the data cannot show stays open. Limits and amounts stand in
`law/powers.toml`, `law/limits.toml`, `law/staffing.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from mingjing_review.rules.catalogue import threshold_of
from mingjing_shared.events.codes import Procedure, names_of
from mingjing_shared.events.values import yuan
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import NoRuleInForce
from mingjing_shared.law.rules import Version, load_dated, load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.rules.materials import Wanted
    from mingjing_shared.events.values import Outcome
    from mingjing_shared.law.calendar import WorkingCalendar

Result = Literal["passed", "failed", "not_applicable"]


class CheckItem(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One of the eight checks: its place and what it asks."""

    number: int
    asks: str


class StationPower(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """The greatest fine that a police station may decide by itself."""

    at_most: Decimal


class Staffing(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """How many qualified officers must act."""

    people: int


CHECKS = load_dated("mingjing_review", "checks", CheckItem)
POWERS = load_dated("mingjing_review", "powers", StationPower)
STAFFING = load_dated("mingjing_review", "staffing", Staffing)
LIMITS = load_rules("mingjing_review", "limits")
CODES = tuple(sorted(CHECKS, key=lambda code: CHECKS[code].versions[0].number))
STATION_LEVELS = frozenset({"station", "police_station"})
_TRANSFERRING = frozenset({"subject", "powers", "crime"})
_PROCEDURES = names_of(Procedure)
_NOT_ASKED_YET = {
    "to_tell": "属于应当告知听证权利的情形，未见告知，请认定（行政处罚法§63、§64）。",
    "told": "已告知听证权利，申请期限尚未届满，届满前不宜作出决定。",
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something found in the case that a check is about. ``is_grave``: more than doubtful."""

    check: str
    title: str
    is_grave: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the data say of a case and its proposed text, as far as a check asks.

    Attributes:
        unit_name, unit_level: of the proposing unit; none when the directory does not know it.
        officers: each handler's police number with the directory's version of the day, if any.
        accepted_on: the day of the case's acceptance.
        hearing_state: where the hearing stands to which the text gives a right.
        contradictions: what contradicts itself in the case, as far as nobody explained it.
        blocking_gaps: acts whose recording the law demands and which have none, or not wholly.
    """

    on: date
    case_kind: str | None
    procedure: str | None
    unit_name: str | None
    unit_level: str | None
    officers: Sequence[tuple[str, Mapping[str, Any] | None]]
    outcome: Outcome
    party_kinds: frozenset[str]
    hearing_requested: bool | None
    hearing_held: bool | None
    crime_suspected: bool | None
    offence_from: date | None
    accepted_on: date | None
    materials: Sequence[Wanted]
    pieces: int
    pieces_with_hash: int
    hearing_state: str | None = None
    contradictions: Sequence[Contradiction] = ()
    blocking_gaps: int = 0


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A check with what the data suggest, and why; without a result a person must look."""

    code: str
    title: str
    asks: str
    source: str
    result: Result | None
    says: str


def prefilled(known: Known, calendar: WorkingCalendar) -> tuple[Prefilled, ...]:
    """All eight checks, in their order, as the data fill them in."""
    said = {
        "subject": _subject(known),
        "officers": _officers(known),
        "procedure": _procedure(known, calendar),
        "evidence": _evidence(known),
        "law": _threshold(known),
        "powers": _powers(known),
        "documents": _documents(known),
        "crime": _crime(known),
    }
    found = []
    for code in CODES:
        item = CHECKS[code].in_force_on(known.on)
        result, says = _with_contradictions(known, code, *said[code])
        found.append(Prefilled(code, item.title, item.asks, item.source, result, says))
    return tuple(found)


def _with_contradictions(
    known: Known, code: str, result: Result | None, says: str
) -> tuple[Result | None, str]:
    """What is found in the case goes before what the data else suggest."""
    mine = [one for one in known.contradictions if one.check == code]
    gaps = known.blocking_gaps if code == "evidence" else 0
    said = []
    if gaps:
        said.append(
            f"有 {gaps} 个执法行为应当全程录音录像而缺失或者不完整，"
            "相关证据不能作为处罚的根据（治安管理处罚法（2025年修订）§108）"
        )
    if mine:
        titles = "、".join(dict.fromkeys(one.title for one in mine))
        said.append(f"矛盾 {len(mine)} 处：{titles}")
    if not said:
        return result, says
    is_grave = bool(gaps) or any(one.is_grave for one in mine)
    return "failed" if is_grave else (None if result == "passed" else result), (
        f"{'；'.join(said)}。{says}"
    )


def hindrance(opinion: str, results: Mapping[str, str]) -> str | None:
    """Why an opinion does not fit its checks, in Chinese; nothing when it does."""
    unjudged = [code for code in CODES if code not in results]
    failed = [code for code in CODES if results.get(code) == "failed"]
    if opinion == "agree" and (failed or unjudged):
        wrong = f"{numbered(failed)}不符合" if failed else ""
        unseen = f"{numbered(unjudged)}未认定" if unjudged else ""
        return f"“同意”尚不可用：{'，'.join(filter(None, (wrong, unseen)))}。"
    if unjudged:
        return f"{numbered(unjudged)}未认定，八项须逐项认定后才能出具意见。"
    if opinion == "correct" and not failed:
        return "八项均符合，没有需要纠正的问题。"
    if opinion == "transfer" and not _TRANSFERRING & set(failed):
        need = numbered([code for code in CODES if code in _TRANSFERRING])
        return f"移送应当有依据：{need}中至少一项须认定为不符合。"
    return None


def numbered(codes: Sequence[str]) -> str:
    """第3项“程序合法”、第5项“适用法律、裁量适当”."""
    return "、".join(
        f"第{CHECKS[code].versions[0].number}项“{CHECKS[code].versions[-1].title}”"
        for code in codes
    )


def conditions(known: Known) -> frozenset[str]:
    """Which conditions of the list of materials hold."""
    held = {
        "hearing_held": known.hearing_held is True,
        "hearing_due": _reached(known) is not None,
        "crime_suspected": known.crime_suspected is True,
        "penalty": bool(known.outcome.kinds),
    }
    return frozenset(name for name, holds in held.items() if holds)


def _subject(known: Known) -> tuple[Result | None, str]:
    if known.unit_name is None:
        return None, "机构名录中没有提请单位，请核对主体资格。"
    return "passed", f"{known.unit_name}，机构名录在册。"


def _officers(known: Known) -> tuple[Result | None, str]:
    if not known.officers:
        return None, "受案信息没有承办人，请核对执法人员及资格。"
    unknown = [number for number, version in known.officers if version is None]
    unfit = [
        number
        for number, version in known.officers
        if version is not None and not _is_qualified(version, known.on)
    ]
    needed = STAFFING["ordinary"].in_force_on(known.on)
    names = "、".join(number for number, _ in known.officers)
    if unfit:
        return "failed", f"{known.on} 当日没有有效执法资格：{'、'.join(unfit)}。"
    if unknown:
        return None, f"人员名录中没有 {'、'.join(unknown)}，请核对执法资格。"
    if len(known.officers) < needed.people and known.procedure != "simple":
        return "failed", f"承办人仅 {names}，少于 {needed.people} 人；依据{needed.source}。"
    if len(known.officers) < needed.people:
        return None, f"简易程序，承办人 {names}，有执法资格；一人执法是否符合条件请认定。"
    return "passed", f"{len(known.officers)} 名（{names}），{known.on} 当日均有执法资格。"


def _is_qualified(version: Mapping[str, Any], on: date) -> bool:
    until = version.get("qualification_valid_until")
    certified = version.get("enforcement_certificate") or version.get("qualification_level")
    lasts = until is None or date.fromisoformat(str(until)) >= on
    return version.get("active") is not False and bool(certified) and lasts


def _procedure(known: Known, calendar: WorkingCalendar) -> tuple[Result | None, str]:
    name = _PROCEDURES.get(known.procedure or "", "程序未载明")
    if known.hearing_requested and not known.hearing_held:
        return "failed", f"{name}；当事人已要求听证，未见举行；依据行政处罚法§63、§64。"
    heard = "，已举行听证" if known.hearing_held else ""
    late = _out_of_time(known, calendar)
    if late is not None:
        return None, f"{name}{heard}；{late}"
    if known.hearing_state in _NOT_ASKED_YET:
        return None, f"{name}；{_NOT_ASKED_YET[known.hearing_state]}"
    threshold = _reached(known)
    if threshold is not None and not known.hearing_held:
        return None, f"{name}；{threshold}，请核对听证权利告知。"
    if known.procedure is None:
        return None, f"{name}，请核对。"
    return "passed", f"{name}{heard}；未见超过处罚时效、应听证未听证。"


def _out_of_time(known: Known, calendar: WorkingCalendar) -> str | None:
    if known.offence_from is None or known.accepted_on is None:
        return None
    rule = LIMITS.get(known.case_kind or "", LIMITS["other"])
    try:
        last = deadline(rule.in_force_on(known.on), known.offence_from, calendar)
    except NoRuleInForce as error:
        return error.message
    if known.accepted_on <= last.due_on:
        return None
    return (
        f"违法行为自 {known.offence_from} 起，{known.accepted_on} 受案，"
        f"已过 {last.due_on}（依据{last.source}），是否连续或继续状态请认定。"
    )


def _evidence(known: Known) -> tuple[Result | None, str]:
    missing = [item.title for item in known.materials if item.needed and not item.there]
    said = f"材料 {known.pieces} 件，其中 {known.pieces_with_hash} 件有内容摘要"
    if missing:
        return None, f"{said}；缺{'、'.join(missing)}。"
    return None, f"{said}；是否充分请认定。"


def _threshold(known: Known) -> tuple[Result | None, str]:
    reached = _reached(known)
    if reached is not None:
        return None, f"{reached}；裁量是否适当请认定。"
    if known.outcome.fine is not None:
        return None, f"罚款 {known.outcome.fine} 元，未达听证数额；裁量是否适当请认定。"
    return None, "裁量基准请认定。"


def _reached(known: Known) -> str | None:
    if known.outcome.fine is None:
        return None
    threshold = threshold_of(known.case_kind, known.party_kinds, known.on)
    if threshold is None or not threshold.is_reached_by(yuan(known.outcome.fine)):
        return None
    return (
        f"罚款 {known.outcome.fine} 元，达到听证数额 {threshold.at_least} 元（{threshold.source}）"
    )


def _powers(known: Known) -> tuple[Result | None, str]:
    if known.unit_name is None:
        return None, "机构名录中没有提请单位，请核对权限。"
    if known.unit_level not in STATION_LEVELS:
        return "passed", f"{known.unit_name}不是派出所，县级以上公安机关可以作出。"
    power = POWERS["station.public_security"].in_force_on(known.on)
    own = {"warning", "fine"}
    fine = yuan(known.outcome.fine) if known.outcome.fine is not None else Decimal()
    within = set(known.outcome.kinds) <= own and fine <= power.at_most
    if known.case_kind == "public_security" and within:
        return "passed", f"警告或 {power.at_most} 元以下罚款，派出所可以决定（{power.source}）。"
    return None, f"派出所提请，应由县级以上公安机关决定（{power.source}）；决定机关请认定。"


def _documents(known: Known) -> tuple[Result | None, str]:
    missing = [item for item in known.materials if not item.there]
    needed = [f"{item.title}（{item.source}）" for item in missing if item.needed]
    if needed:
        return "failed", f"缺{'、'.join(needed)}。"
    if missing:
        return (
            None,
            f"必备材料齐全；未见{'、'.join(item.title for item in missing)}，是否需要请认定。",
        )
    return "passed", "送审清单所列材料齐全。"


def _crime(known: Known) -> tuple[Result | None, str]:
    if known.crime_suspected:
        return "failed", "提请时已标明涉嫌犯罪；依据行政处罚法§27，应当移送。"
    if known.crime_suspected is None:
        return None, "提请时未说明是否涉嫌犯罪，请认定。"
    return "passed", "提请时说明不涉嫌犯罪。"
