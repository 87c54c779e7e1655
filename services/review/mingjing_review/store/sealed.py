"""The sealed columns of review, and what each value is bound to."""

from __future__ import annotations

from mingjing_review.tables import (
    ABSENCES,
    ADVISER_FACTS,
    ASSIGNMENTS,
    CASE_STEPS,
    CATALOGUE_CHECKS,
    CATALOGUE_STEPS,
    EARLIER_REVIEWERS,
    ENGAGEMENTS,
    FINDING_JUDGEMENTS,
    HEARING_STEPS,
    PAPERS,
    PROPOSAL_WORDS,
    REVIEW_STEPS,
    TOLD_EVENTS,
)
from mingjing_shared.privacy.sealed import Sealed

PROPOSED = Sealed(PROPOSAL_WORDS.c.personal, "proposal_words.personal/{source}#{event_id}/{field}")
STEP_WORDS = Sealed(REVIEW_STEPS.c.words, "review_steps.words/{step_id}")
HEARING_WORDS = Sealed(HEARING_STEPS.c.words, "hearing_steps.words/{step_id}")
CASE_STEP_WORDS = Sealed(CASE_STEPS.c.words, "case_steps.words/{step_id}")

PAPER = Sealed(PAPERS.c.pdf, "papers.pdf/{paper_id}")
JUDGEMENT = Sealed(FINDING_JUDGEMENTS.c.words, "finding_judgements.words/{judgement_id}")
TOLD = Sealed(TOLD_EVENTS.c.personal, "told_events.personal/{source}#{event_id}")

REASSIGNED = Sealed(ASSIGNMENTS.c.words, "assignments.words/{assignment_id}")
ABSENT = Sealed(ABSENCES.c.words, "absences.words/{absence_id}")
EARLIER = Sealed(EARLIER_REVIEWERS.c.words, "earlier_reviewers.words/{officer}")
ADVISER = Sealed(ADVISER_FACTS.c.personal, "adviser_facts.personal/{source}#{event_id}")
ASKED = Sealed(ENGAGEMENTS.c.question, "engagements.question/{engagement_id}")
ANSWERED = Sealed(ENGAGEMENTS.c.answer, "engagements.answer/{engagement_id}")

CATALOGUE_WORDS = Sealed(CATALOGUE_STEPS.c.words, "catalogue_steps.words/{step_id}")
CHECK_WORDS = Sealed(CATALOGUE_CHECKS.c.words, "catalogue_checks.words/{check_id}")

SEALED = (
    PROPOSED,
    STEP_WORDS,
    PAPER,
    JUDGEMENT,
    HEARING_WORDS,
    CASE_STEP_WORDS,
    TOLD,
    REASSIGNED,
    ABSENT,
    EARLIER,
    ADVISER,
    ASKED,
    ANSWERED,
    CATALOGUE_WORDS,
    CHECK_WORDS,
)
