"""What review keeps."""

from mingjing_review.tables.base import REVIEW
from mingjing_review.tables.catalogue import (
    CATALOGUE_CHECKS,
    CATALOGUE_STEPS,
    CATALOGUE_VERSIONS,
    LAW_CHANGES,
)
from mingjing_review.tables.facts import (
    CASE_DETAILS,
    DECISION_FACTS,
    ENDED_FACTS,
    PROPOSAL_FACTS,
    PROPOSAL_WORDS,
)
from mingjing_review.tables.finding import CASE_FINDINGS, FINDING_JUDGEMENTS, GAP_FACTS
from mingjing_review.tables.hearing import HEARING_STEPS, HEARINGS
from mingjing_review.tables.paper import PAPER_NUMBERS, PAPERS
from mingjing_review.tables.people import (
    ABSENCES,
    ADVISER_FACTS,
    ASSIGNMENTS,
    EARLIER_REVIEWERS,
    ENGAGEMENTS,
    EXAM_FACTS,
    STAFFING,
)
from mingjing_review.tables.review import CLEARANCES, GATE_ANSWERS, REVIEW_STEPS, REVIEWS
from mingjing_review.tables.terms import (
    CASE_LIMITS,
    CASE_STEPS,
    REMINDERS,
    TERMS,
    TRANSFERRED_FACTS,
    TRANSFERS,
)
from mingjing_review.tables.told import TOLD_EVENTS, TOLD_OFFICERS

__all__ = [
    "ABSENCES",
    "ADVISER_FACTS",
    "ASSIGNMENTS",
    "CASE_DETAILS",
    "CASE_FINDINGS",
    "CASE_LIMITS",
    "CASE_STEPS",
    "CATALOGUE_CHECKS",
    "CATALOGUE_STEPS",
    "CATALOGUE_VERSIONS",
    "CLEARANCES",
    "DECISION_FACTS",
    "EARLIER_REVIEWERS",
    "ENDED_FACTS",
    "ENGAGEMENTS",
    "EXAM_FACTS",
    "FINDING_JUDGEMENTS",
    "GAP_FACTS",
    "GATE_ANSWERS",
    "HEARINGS",
    "HEARING_STEPS",
    "LAW_CHANGES",
    "PAPERS",
    "PAPER_NUMBERS",
    "PROPOSAL_FACTS",
    "PROPOSAL_WORDS",
    "REMINDERS",
    "REVIEW",
    "REVIEWS",
    "REVIEW_STEPS",
    "STAFFING",
    "TERMS",
    "TOLD_EVENTS",
    "TOLD_OFFICERS",
    "TRANSFERRED_FACTS",
    "TRANSFERS",
]
