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
from mingjing_review.tables.review import CLEARANCES, GATE_ANSWERS, REVIEW_STEPS, REVIEWS
from mingjing_review.tables.told import TOLD_EVENTS, TOLD_OFFICERS

__all__ = [
    "CASE_DETAILS",
    "CATALOGUE_CHECKS",
    "CATALOGUE_STEPS",
    "CATALOGUE_VERSIONS",
    "CLEARANCES",
    "DECISION_FACTS",
    "ENDED_FACTS",
    "GATE_ANSWERS",
    "LAW_CHANGES",
    "PROPOSAL_FACTS",
    "PROPOSAL_WORDS",
    "REVIEW",
    "REVIEWS",
    "REVIEW_STEPS",
    "TOLD_EVENTS",
    "TOLD_OFFICERS",
]
