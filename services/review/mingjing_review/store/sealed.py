"""The sealed columns of review, and what each value is bound to."""

from __future__ import annotations

from mingjing_review.tables import (
    CASE_STEPS,
    HEARING_STEPS,
    PROPOSAL_WORDS,
    REVIEW_STEPS,
    TOLD_EVENTS,
)
from mingjing_shared.privacy.sealed import Sealed

PROPOSED = Sealed(PROPOSAL_WORDS.c.personal, "proposal_words.personal/{source}#{event_id}/{field}")
STEP_WORDS = Sealed(REVIEW_STEPS.c.words, "review_steps.words/{step_id}")
HEARING_WORDS = Sealed(HEARING_STEPS.c.words, "hearing_steps.words/{step_id}")
CASE_STEP_WORDS = Sealed(CASE_STEPS.c.words, "case_steps.words/{step_id}")

TOLD = Sealed(TOLD_EVENTS.c.personal, "told_events.personal/{source}#{event_id}")

SEALED = (PROPOSED, STEP_WORDS, HEARING_WORDS, CASE_STEP_WORDS, TOLD)
