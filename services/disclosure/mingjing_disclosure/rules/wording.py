"""What an item is called and what its public page says of it in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.events.codes import DecisionKind, PenaltyKind, names_of
from mingjing_shared.law.rules import load_rules
from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

REMEDIES = load_rules("mingjing_disclosure", "remedies")
DOCUMENTS = {
    "penalty": "行政处罚决定书",
    "permit": "行政许可决定书",
    "coercion": "行政强制决定书",
    "no_penalty": "不予行政处罚决定书",
    "termination": "终止案件调查决定书",
    "other": "行政执法决定书",
}
_UNITS = {"day": "日", "month": "个月"}
_PENALTIES = names_of(PenaltyKind)
_KINDS = names_of(DecisionKind)


def title_of(kind: str, cause: str | None) -> str:
    """未按规定登记案行政处罚决定书."""
    document = DOCUMENTS.get(kind, DOCUMENTS["other"])
    if not cause:
        return document
    return f"{cause}{'' if cause.endswith('案') or kind == 'permit' else '案'}{document}"


def outcome_words(kind: str, outcome: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What was decided, in words: 警告, 罚款 5000 元."""
    if not outcome:
        return ()
    words = []
    for code in outcome.get("kinds", ()):
        word = _PENALTIES.get(code, code)
        if code == "fine" and outcome.get("fine"):
            word += f" {_yuan(outcome['fine'])} 元"
        if code == "detention" and outcome.get("detention_days"):
            word += f" {outcome['detention_days']} 日"
        words.append(word)
    return tuple(words) or (_KINDS.get(kind, kind),)


def meaning_of(kind: str, outcome: Mapping[str, Any] | None, *, only_organisations: bool) -> str:
    """What the decision means, one plain sentence for whoever reads no documents."""
    whom = "该单位" if only_organisations else "当事人"
    if kind == "penalty":
        words = "、".join(outcome_words(kind, outcome)) or "处罚"
        return f"{whom}违反了规定，受到{words}的行政处罚。"
    return {
        "permit": f"公安机关对{whom}提出的申请作出了行政许可决定。",
        "coercion": f"公安机关对{whom}依法采取了行政强制。",
        "no_penalty": f"公安机关依法决定对{whom}不予行政处罚。",
        "termination": "公安机关依法终止了对该案的调查。",
    }.get(kind, f"公安机关对{whom}作出了行政执法决定。")


def remedy_of(made_on: date) -> str:
    """What can be done against the decision, and until when, by the law of its day."""
    ways = []
    for rule, verb in (
        ("remedy.reconsideration", "申请行政复议"),
        ("remedy.litigation", "提起行政诉讼"),
    ):
        if REMEDIES[rule].is_in_force_on(made_on):
            held = REMEDIES[rule].in_force_on(made_on)
            ways.append(f"{held.count} {_UNITS[held.unit]}内{verb}")
    if not ways:
        return ""
    return f"不服的，可以自收到决定书之日起 {'，或者 '.join(ways)}。"


def composed_text(
    *,
    kind: str,
    document_number: str,
    unit_name: str,
    made_on: date,
    parties: Sequence[str],
    facts: str | None,
    basis: Sequence[Mapping[str, Any]],
    outcome: Mapping[str, Any] | None,
) -> str:
    """The text of a decision that was sent without one, from what was told of it."""
    lines = [DOCUMENTS.get(kind, DOCUMENTS["other"]), document_number]
    if parties:
        lines.append(f"当事人：{'、'.join(parties)}。")
    if facts:
        lines.append(f"现查明：{facts}")
    articles = "、".join(f"{one['law']}{one['article']}" for one in basis)
    words = "、".join(outcome_words(kind, outcome)) or _KINDS.get(kind, kind)
    lines.append(f"根据{articles}，决定：{words}。" if articles else f"决定：{words}。")
    lines += [unit_name, long_date(made_on)]
    return "\n".join(lines)


def _yuan(sum_: str) -> str:
    whole, _, cents = sum_.partition(".")
    return whole if not cents.strip("0") else sum_
