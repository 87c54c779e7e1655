"""The sealed columns of review, and what each value is bound to."""

from __future__ import annotations

from mingjing_review.tables import (
    CATALOGUE_CHECKS,
    CATALOGUE_STEPS,
    PROPOSAL_WORDS,
    REVIEW_STEPS,
    TOLD_EVENTS,
)
from mingjing_shared.privacy.sealed import Sealed

PROPOSED = Sealed(PROPOSAL_WORDS.c.personal, "proposal_words.personal/{source}#{event_id}/{field}")
STEP_WORDS = Sealed(REVIEW_STEPS.c.words, "review_steps.words/{step_id}")

TOLD = Sealed(TOLD_EVENTS.c.personal, "told_events.personal/{source}#{event_id}")

CATALOGUE_WORDS = Sealed(CATALOGUE_STEPS.c.words, "catalogue_steps.words/{step_id}")
CHECK_WORDS = Sealed(CATALOGUE_CHECKS.c.words, "catalogue_checks.words/{check_id}")

SEALED = (PROPOSED, STEP_WORDS, TOLD, CATALOGUE_WORDS, CHECK_WORDS)
