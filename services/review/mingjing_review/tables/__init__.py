"""What review keeps."""

from mingjing_review.tables.base import REVIEW
from mingjing_review.tables.facts import (
    CASE_DETAILS,
    DECISION_FACTS,
    ENDED_FACTS,
    PROPOSAL_FACTS,
    PROPOSAL_WORDS,
)
from mingjing_review.tables.hearing import HEARING_STEPS, HEARINGS
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
    "CASE_DETAILS",
    "CASE_LIMITS",
    "CASE_STEPS",
    "CLEARANCES",
    "DECISION_FACTS",
    "ENDED_FACTS",
    "GATE_ANSWERS",
    "HEARINGS",
    "HEARING_STEPS",
    "PROPOSAL_FACTS",
    "PROPOSAL_WORDS",
    "REMINDERS",
    "REVIEW",
    "REVIEWS",
    "REVIEW_STEPS",
    "TERMS",
    "TOLD_EVENTS",
    "TOLD_OFFICERS",
    "TRANSFERRED_FACTS",
    "TRANSFERS",
]
