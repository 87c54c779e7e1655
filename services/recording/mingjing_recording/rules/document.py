"""When the file of a document must be in, by what a document is known, and where it stands."""

from __future__ import annotations

from typing import Literal

from mingjing_shared.law.document_number import normalise_document_number
from mingjing_shared.law.rules import load_rules

DocumentState = Literal["held", "awaited", "missing", "paper"]
_BETWEEN = "\n"  # no case number holds one
UPLOAD = load_rules("mingjing_recording", "upload")["document_upload"]


def document_key(case_key: str, document_number: str) -> str:
    """What a document is known by: its case and its number, however its brackets are written."""
    return f"{case_key}{_BETWEEN}{normalise_document_number(document_number)}"


def case_of_document(key: str) -> str:
    """The key of the case in the key of a document."""
    return key.split(_BETWEEN, 1)[0]


def document_state(*, is_held: bool, is_on_paper: bool, is_past_due: bool) -> DocumentState:
    """Held when its file is here; else paper, missing after its term, awaited before."""
    if is_held:
        return "held"
    if is_on_paper:
        return "paper"
    return "missing" if is_past_due else "awaited"
