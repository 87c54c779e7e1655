"""Sealed values are opened in few places, each of them behind a right or with nobody who reads.

Whoever opens one more adds it here, and says what asks for the right. That every route asks is
shown in ``tests/web/test_authorization.py``, that every look is noted in each service's own tests.
"""

import ast

import pytest
from system.conftest import ROOT

A_PAGE = "the page's own act, asked and noted at the desk"
A_WORKER = "nobody reads it: a process compares, masks, or hands it on sealed"
PLACES = {
    "disclosure/store/feedback.py:_feedback": A_PAGE,
    "disclosure/store/original.py:_opened": A_PAGE,
    "disclosure/store/party.py:_open": A_PAGE,
    "disclosure/store/party.py:opened_parties": A_PAGE,
    "disclosure/store/work.py:_text": A_PAGE,
    "disclosure/store/work.py:steps_of": A_PAGE,
    "recording/acts/keeping.py:plain": A_PAGE,
    "recording/pages/action.py:_explanations": A_PAGE,
    "recording/pages/casefile.py:_lacking": A_PAGE,
    "recording/pages/casefile.py:shown_document": A_PAGE,
    "review/store/paper.py:file_of": A_PAGE,
    "review/store/catalogue.py:words_of_step": A_PAGE,
    "review/store/law_change.py:words_of_check": A_PAGE,
    "review/store/wording.py:opened_from": A_PAGE,
    "review/store/told.py:_fact": A_PAGE,
    "review/store/words.py:words_of_texts": A_PAGE,
    "tasks/store/archive.py:original_of": A_WORKER,
    "tasks/store/sealing.py:says_the_same": A_WORKER,
    "shared/messaging/mending.py:_content": "a dead letter, opened with a reason that is kept",
    "shared/privacy/key_check.py:check_keys": A_WORKER,
    "shared/privacy/rotation.py:_value_anew": A_WORKER,
}


def opens(call):
    """Whether a call opens a sealed value: ``….keys.open(…)`` or ``….keys.open_text(…)``."""
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"open", "open_text"}
        and ast.unparse(call.func.value).endswith("keys")
    )


def found():
    for file in [*ROOT.glob("services/*/mingjing_*/**/*.py"), *ROOT.glob("shared/**/*.py")]:
        package = next(part for part in file.parts if part.startswith("mingjing_"))
        inside = file.as_posix().split(f"/{package}/", 1)[1]
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_one = isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            if is_one and any(opens(call) for call in ast.walk(function)):
                yield f"{package.removeprefix('mingjing_')}/{inside}:{function.name}"


def test_sealed_values_are_opened_in_these_places_and_in_no_other():
    assert set(found()) == set(PLACES)


@pytest.mark.parametrize("line", ["a.installation.keys.open(b'', 'x')", "keys.open_text(b, p)"])
def test_what_opens_is_recognised(line):
    assert any(opens(call) for call in ast.walk(ast.parse(line)))
