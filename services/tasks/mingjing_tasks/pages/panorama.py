"""A case as one page shows it: stages, lanes, clocks, every event. A function of what is known."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import SHANGHAI, local_date
from mingjing_shared.events import event_class, short_name
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.web.lists import word_of
from mingjing_tasks.pages.lane import Shown, home_of, picture_of
from mingjing_tasks.pages.words import (
    MODES,
    WARNING_KINDS,
    label_of,
    said,
    source_of,
    unit_codes,
)
from mingjing_tasks.pages.words_case import clock_words, opinion_word, outcome_words, stage_words
from mingjing_tasks.rules.clock import clocks_of
from mingjing_tasks.rules.stage import CaseDuty, Happening, stages_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.directory.tree import UnitTree
    from mingjing_tasks.pages.lane import Picture
    from mingjing_tasks.store.page import ListedEvent

PROBLEMS = frozenset(
    {
        "record.gap_found",
        "review.bypassed",
        "review.overdue",
        "disclosure.overdue",
        "casefile.overdue",
        "document.missing",
        "warning.raised",
        "decision.revoked",
        "decision.found_illegal",
        "decision.redo_ordered",
        "fixity.failed",
    }
)
_FORMULA = frozenset("=+-@\t\r")
TABS = {
    "all": "全部",
    "inbound": "办案",
    "recording": "记录",
    "review": "审核",
    "disclosure": "公示",
    "tasks": "任务",
    "problem": "问题",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a case when its page is made."""

    case: Any
    events: Sequence[ListedEvent]
    duties: Sequence[Row[Any]]
    warnings: Sequence[Row[Any]]
    decisions: Mapping[str, Row[Any]]
    tree: UnitTree


def panorama(known: Known, now: datetime, tab: str = "all") -> dict[str, Any]:
    """Everything that the page shows; the same for the same facts, however they came."""
    today = local_date(now)
    shown = [shown_event(event, known.tree) for event in known.events]
    holding = [item for item in shown if not item.event.is_corrected]
    happenings = [
        Happening(item.what, item.event.happened_at, item.event.codes) for item in holding
    ]
    duties = [duty_of(row) for row in known.duties]
    clocks = clocks_of(happenings, duties, known.case.kind, today, published_calendar())
    labels = {event.event_id: label_of(event.type).name for event in known.events}
    rows = [_row(item, known, labels) for item in reversed(shown) if is_in(item, tab)]
    return {
        "stages": [stage_words(stage) for stage in stages_of(happenings, duties, today)],
        "picture": picture(holding, duties, known, now),
        "clocks": [clock_words(clock) for clock in clocks],
        "tabs": [
            (code, name, sum(is_in(item, code) for item in shown)) for code, name in TABS.items()
        ],
        "rows": rows,
        "total": len(shown),
    }


def timeline_csv(known: Known) -> bytes:
    """Every event of a case as a table that spreadsheets read, the first on top.

    A cell that a spreadsheet would take for a formula is marked as text.
    """
    labels = {event.event_id: label_of(event.type).name for event in known.events}
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["发生", "事件", "内容", "来源", "起因", "已被更正", "事件编号"])
    for item in (shown_event(event, known.tree) for event in known.events):
        row = _row(item, known, labels)
        cells = [
            item.event.happened_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            row["label"].name,
            "；".join(f"{name} {value}" for name, value in row["said"]),
            row["source"],
            row["cause"] or "",
            "是" if item.event.is_corrected else "",
            item.event_name,
        ]
        table.writerow([f"'{cell}" if cell[:1] in _FORMULA else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def picture(
    holding: Sequence[Shown], duties: Sequence[CaseDuty], known: Known, now: datetime
) -> Picture | None:
    """The lanes, with a word where it matters."""
    return picture_of(holding, duties, _labels(holding, duties, known), now)


def shown_event(event: ListedEvent, tree: UnitTree) -> Shown:
    """An event with the words that its mark carries."""
    found = event_class(event.type)
    word = label_of(event.type)
    at = event.happened_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    pairs = said(event.type, event.codes, tree.name_of)[:4]
    facts = "，".join(f"{name} {value}" for name, value in pairs)
    title = f"{at} {word.name}（{source_of(event.source)}）{'：' + facts if facts else ''}"
    what = short_name(event.type)
    return Shown(event, home_of(found.home if found else ""), what, title, _tone(what, event))


def duty_of(row: Row[Any]) -> CaseDuty:
    """A kept duty as stages and clocks see it."""
    return CaseDuty(
        kind=row.kind,
        state=row.state,
        due_on=row.due_on,
        warn_on=row.warn_on,
        provisional=row.provisional,
        done_on=row.done_on,
        met=row.met,
        rule=row.rule,
        subject=row.subject,
        due_by=row.due_by,
    )


def is_in(item: Shown, tab: str) -> bool:
    """Whether an event is on a tab."""
    if tab == "problem":
        return item.what in PROBLEMS
    return tab in ("all", item.home)


def _tone(what: str, event: ListedEvent) -> str:
    if what in PROBLEMS:
        return "late"
    good = {"review.cleared", "disclosure.published", "casefile.archived", "warning.cleared"}
    if what in good or event.codes.get("opinion") == "agree":
        return "good"
    return "soon" if event.codes.get("opinion") in {"correct", "transfer"} else "act"


def _row(item: Shown, known: Known, labels: Mapping[str, str]) -> dict[str, Any]:
    event = item.event
    decision = known.decisions.get(f"{event.source}#{event.event_id}")
    more = outcome_words(decision) if decision is not None else []
    return {
        "event": event,
        "label": label_of(event.type),
        "source": source_of(event.source),
        "said": [*more, *said(event.type, event.codes, known.tree.name_of)],
        "codes": unit_codes(event.codes, known.tree.name_of),
        "cause": labels.get(event.causation_id or ""),
        "mode": None if event.mode == "live" else word_of(event.mode, MODES).name,
        "problem": item.what in PROBLEMS,
    }


def _labels(
    holding: Sequence[Shown], duties: Sequence[CaseDuty], known: Known
) -> dict[str, list[tuple[datetime, str, str]]]:
    made = [item for item in holding if item.what == "decision.made"]
    found: dict[str, list[tuple[datetime, str, str]]] = {
        "inbound": [(i.event.happened_at, _decision_word(i), "") for i in made],
        "review": _review_chain(holding),
        "recording": [
            (item.event.happened_at, f"缺口：{_said_of(item, 'kind')}", "late")
            for item in holding
            if item.what == "record.gap_found"
        ],
        "tasks": [
            (row.since, f"{WARNING_KINDS[row.kind].name}预警{_ended(row.state)}", "")
            for row in reversed(known.warnings)
            if row.kind in WARNING_KINDS
        ],
    }
    open_ones = [d for d in duties if d.kind == "publication" and d.state == "open" and d.due_on]
    due_events = [item for item in holding if item.what == "disclosure.due"]
    if open_ones and due_events and open_ones[0].due_on:
        text = f"应于 {open_ones[0].due_on.strftime('%m-%d')} 前公开"
        found["disclosure"] = [(due_events[-1].event.happened_at, text, "soon")]
    return found


def _decision_word(item: Shown) -> str:
    return f"{_said_of(item, 'kind')}决定"


def _said_of(item: Shown, field: str) -> str:
    value = str(item.event.codes.get(field, ""))
    pairs = said(item.event.type, {field: value})
    return pairs[0][1] if pairs else value


def _ended(state: str) -> str:
    return {"raised": "", "closed": "（已核销）", "cleared": "（已消除）"}.get(state, "")


def _review_chain(holding: Sequence[Shown]) -> list[tuple[datetime, str, str]]:
    words = {
        "review.submitted": "送审",
        "review.returned": "退回补正",
        "review.resubmitted": "再送",
        "review.bypassed": "未审先决",
    }
    chain = [
        (item, opinion_word(item.event.codes.get("opinion")) or words.get(item.what))
        for item in holding
        if item.what in words or item.what == "review.opinion_issued"
    ]
    if not chain:
        return []
    text = " → ".join(word for _, word in chain if word)
    return [(chain[0][0].event.happened_at, text, "")]
