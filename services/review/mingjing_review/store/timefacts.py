"""What hearings, limits and transfers follow from: the facts of some cases, read at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.limit import EXPERT_KINDS
from mingjing_review.store.case_step import CaseStep, case_steps
from mingjing_review.store.fact import cases_that_stand, decisions_of_cases, proposals_that_stand
from mingjing_review.store.hearing import HearingStep, hearing_steps
from mingjing_review.store.people import Details, details_of_cases
from mingjing_review.store.review import reviews
from mingjing_review.store.step import Taken, steps_of
from mingjing_review.tables import ENDED_FACTS, TRANSFERRED_FACTS
from mingjing_shared.clock import local_date
from mingjing_shared.facts.store import holding
from mingjing_shared.facts.tables import CASE_FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Row

    from mingjing_review.rules.content import CaseVersion
    from mingjing_shared.database import Transaction

NOTICE_PAPERS = ("行政处罚告知笔录", "告知笔录", "听证告知书", "hearing_notice", "notice_record")
_OF_TIME = ("cn.mingjing.action.performed", "cn.mingjing.document.made")


@dataclass(slots=True)
class Told:
    """What casework told of a case as far as time goes.

    Attributes:
        notices: days on which the party was told of its rights.
        hearings: days of hearings.
        papers: kind and day of documents about experts.
    """

    notices: list[date] = field(default_factory=list)
    hearings: list[date] = field(default_factory=list)
    papers: list[tuple[str, date]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """Everything that the terms of some cases follow from, by case or decision."""

    cases: Mapping[str, Row[Any]]
    versions: Mapping[str, Sequence[CaseVersion]]
    details: Mapping[str, Details]
    reviews: Mapping[str, Mapping[str, Any]]
    proposals: Mapping[str, Sequence[Row[Any]]]
    review_steps: Mapping[str, Sequence[Taken]]
    hearing_steps: Mapping[str, Sequence[HearingStep]]
    case_steps: Mapping[str, Sequence[CaseStep]]
    told: Mapping[str, Told]
    ended: Mapping[str, date]
    transferred: Mapping[str, date]

    def decisions_of(self, case_key: str) -> list[str]:
        """The decisions of a case that are known here."""
        return sorted(d for d, row in self.reviews.items() if row["case_key"] == case_key)


async def decisions_and_cases(
    tx: Transaction, decisions: set[str], cases: set[str]
) -> tuple[set[str], set[str]]:
    """These decisions and cases, with the cases of the former and all decisions of the latter.

    Also a case from which a correction took the decision away, and one that claims it as well.
    """
    touched = decisions | await decisions_of_cases(tx, cases)
    rows = await tx.all(
        "SELECT case_key FROM proposal_facts WHERE decision_id = ANY(CAST(:ids AS text[]))"
        " UNION SELECT case_key FROM decision_facts WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(touched),
    )
    keys = cases | {row.case_key for row in rows}
    beside = await reviews(tx, await decisions_of_cases(tx, keys) - touched)
    return touched | {one for one, row in beside.items() if row["case_key"] in keys}, keys


async def time_facts(tx: Transaction, decisions: set[str], cases: set[str]) -> TimeFacts:
    """The facts of these cases and all their decisions."""
    subjects = [f"limit/{key}" for key in cases] + [f"transfer/{one}" for one in decisions]
    ended = await holding(tx, ENDED_FACTS, "case_key", cases)
    gone = await holding(tx, TRANSFERRED_FACTS, "case_key", cases)
    known = await holding(tx, CASE_FACTS, "case_key", cases)
    proposals = await proposals_that_stand(tx, decisions)
    claiming = {fact.case_key for facts in proposals.values() for fact in facts}
    return TimeFacts(
        cases={key: row for key, row in known.items() if not row.classified},
        versions=await cases_that_stand(tx, cases | claiming),
        details=await details_of_cases(tx, cases),
        reviews=await reviews(tx, decisions),
        proposals=proposals,
        review_steps=await steps_of(tx, decisions),
        hearing_steps=await hearing_steps(tx, decisions),
        case_steps=await case_steps(tx, subjects),
        told=await _told(tx, cases),
        ended={key: row.ended_on for key, row in ended.items()},
        transferred={key: row.transferred_on for key, row in gone.items()},
    )


async def _told(tx: Transaction, cases: set[str]) -> dict[str, Told]:
    rows = await tx.all(
        "SELECT case_key, type, data->>'kind' AS kind, CAST(COALESCE(data->>'started_at',"
        " data->>'made_at') AS timestamptz) AS at FROM told_events AS t"
        " WHERE case_key = ANY(CAST(:keys AS text[])) AND type = ANY(CAST(:types AS text[]))"
        " AND data->>'kind' = ANY(CAST(:kinds AS text[]))"
        " AND NOT EXISTS (SELECT FROM told_events AS c WHERE c.corrects IS NOT NULL"
        " AND c.source = t.source AND c.corrects = t.event_id) ORDER BY at, event_id",
        keys=sorted(cases),
        types=list(_OF_TIME),
        kinds=["notice", "hearing", *NOTICE_PAPERS, *EXPERT_KINDS],
    )
    found: dict[str, Told] = {}
    for row in rows:
        told, day = found.setdefault(row.case_key, Told()), local_date(row.at)
        if row.kind == "hearing":
            told.hearings.append(day)
        elif row.kind in EXPERT_KINDS:
            told.papers.append((row.kind, day))
        else:
            told.notices.append(day)
    return found


def is_of_time(kind: str) -> bool:
    """Whether an act or a document of this kind bears on any term."""
    return kind in {"notice", "hearing"} or kind in NOTICE_PAPERS or kind in EXPERT_KINDS
