"""The sealed columns of review, and what each value is bound to."""

from __future__ import annotations

from mingjing_review.tables import (
    FINDING_JUDGEMENTS,
    PAPERS,
    PROPOSAL_WORDS,
    REVIEW_STEPS,
    TOLD_EVENTS,
)
from mingjing_shared.privacy.sealed import Sealed

PROPOSED = Sealed(PROPOSAL_WORDS.c.personal, "proposal_words.personal/{source}#{event_id}/{field}")
STEP_WORDS = Sealed(REVIEW_STEPS.c.words, "review_steps.words/{step_id}")

PAPER = Sealed(PAPERS.c.pdf, "papers.pdf/{paper_id}")
JUDGEMENT = Sealed(FINDING_JUDGEMENTS.c.words, "finding_judgements.words/{judgement_id}")
TOLD = Sealed(TOLD_EVENTS.c.personal, "told_events.personal/{source}#{event_id}")

SEALED = (PROPOSED, STEP_WORDS, PAPER, JUDGEMENT, TOLD)
