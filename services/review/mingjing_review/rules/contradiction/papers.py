"""Contradictions of documents: their numbers, their days, and the acts that name them. Pure."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from mingjing_review.rules.contradiction.finding import found
from mingjing_review.rules.contradiction.law import in_force
from mingjing_review.rules.contradiction.record import day_of
from mingjing_shared.law.document_number import normalise_document_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_review.rules.contradiction.finding import Finding
    from mingjing_review.rules.contradiction.record import Fact, Record
    from mingjing_shared.events.casework import DocumentMade
    from mingjing_shared.law.calendar import WorkingCalendar

_RUNNING = re.compile(r"(.*〔\d{4}〕\D*)(\d{1,9})(\D*)")


def _number(paper: Fact[DocumentMade]) -> str:
    return normalise_document_number(paper.event.document_number)


def record_before_act(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """The record of an act was made before the act began."""
    by_number = {(paper.case, _number(paper)): paper for paper in record.documents}
    for act in record.acts:
        kind = in_force("record_before_act", day_of(act.event.started_at))
        for number in act.event.documents if kind else ():
            paper = by_number.get((act.case, normalise_document_number(number)))
            if kind and paper is not None and paper.event.made_at < act.event.started_at:
                yield found(kind, "笔录、文书的制作时间早于行为开始。", paper, act)


def number_twice(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Two documents bear one number."""
    by_number: dict[str, list[Fact[DocumentMade]]] = {}
    for paper in record.documents:
        by_number.setdefault(_number(paper), []).append(paper)
    for number, papers in by_number.items():
        for one, other in combinations(papers, 2):
            kind = in_force("number_twice", day_of(other.event.made_at))
            first = (one.case, one.event.kind, one.event.title)
            if kind and first != (other.case, other.event.kind, other.event.title):
                yield found(kind, f"文号 {number} 用于两份文书。", one, other)


def number_out_of_order(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A document with a larger number was made on an earlier day."""
    series: dict[tuple[str, str], dict[int, Fact[DocumentMade]]] = {}
    for paper in record.documents:
        if match := _RUNNING.fullmatch(_number(paper)):
            numbers = series.setdefault((match[1], match[3]), {})
            numbers.setdefault(int(match[2]), paper)
    for numbers in series.values():
        for (_, one), (_, other) in pairwise(sorted(numbers.items())):
            first, second = day_of(one.event.made_at), day_of(other.event.made_at)
            kind = in_force("number_out_of_order", second)
            if kind and second < first:
                says = f"{_number(other)} 的日期早于 {_number(one)}。"
                yield found(kind, says, one, other)
