"""The sealed columns of disclosure, and what each value is bound to."""

from __future__ import annotations

from mingjing_disclosure.tables import (
    DECISION_FACTS,
    FEEDBACK,
    PARTY_IDENTITIES,
    PUBLIC_TEXTS,
    STEPS,
    UNDONE_FACTS,
)
from mingjing_shared.facts.tables import CASE_FACTS
from mingjing_shared.privacy.sealed import Sealed

_TEXT = "public_texts/{decision_id}/{version}"
PARTY = Sealed(CASE_FACTS.c.parties, "{place}/{part}", parts=("name", "birth_date"))
OWN_PARTY = Sealed(DECISION_FACTS.c.parties, PARTY.form, PARTY.parts)
IDENTITY = Sealed(PARTY_IDENTITIES.c.personal, "{place}/personal")
PROSE = Sealed(DECISION_FACTS.c.personal, "decision_facts/{source}#{event_id}/personal")
UNDONE = Sealed(UNDONE_FACTS.c.personal, "undone_facts/{source}#{event_id}/personal")
BODY = Sealed(PUBLIC_TEXTS.c.body, f"{_TEXT}/body")
CORRECTION = Sealed(PUBLIC_TEXTS.c.correction, f"{_TEXT}/correction")
CONFIRMED = Sealed(PUBLIC_TEXTS.c.confirmed, f"{_TEXT}/confirmed")
NOTE = Sealed(STEPS.c.note, "steps/{decision_id}/{act}/{at}")
FEEDBACK_BODY = Sealed(FEEDBACK.c.body, "feedback/{feedback_id}/body")
ANSWER = Sealed(FEEDBACK.c.answer, "feedback/{feedback_id}/answer")

SEALED = (
    PARTY, OWN_PARTY, IDENTITY, PROSE, UNDONE, BODY, CORRECTION, CONFIRMED, NOTE, FEEDBACK_BODY,
    ANSWER,
)  # fmt: skip
