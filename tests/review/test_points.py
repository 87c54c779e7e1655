"""The unit answers an opinion point by point; the reviewer sees each answer beside its check."""

import pytest
from review.test_acts import unchanged

from mingjing_review.rules.checks import CODES
from support.reviewing import a_text, the_handler, the_reviewer

FAILED = ("procedure", "documents")


@pytest.fixture
async def told(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak("correct", failed=FAILED)
    bench.before = await bench.steps()
    return bench


def answering(**answers):
    """Only these answers; ``procedure="partly:why"``."""
    fields = {f"answer-{code}": "" for code in CODES}
    for code, said in answers.items():
        answer, _, note = said.partition(":")
        fields |= {f"answer-{code}": answer, f"answer-note-{code}": note}
    return fields


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"procedure": "adopted"},
        {"procedure": "adopted", "documents": "partly"},
        {"procedure": "not_adopted", "documents": "adopted"},
        {"procedure": "adopted", "documents": "forgotten:x"},
    ],
)
async def test_every_point_is_answered_and_what_was_not_done_is_explained(told, answers):
    answer = await told.submit(**answering(**answers), note="总的说明保留")
    await unchanged(told, answer, 400, "没有逐项回应")
    assert "总的说明保留" in answer.text


async def test_the_refusal_names_the_points_that_are_left(told):
    answer = await told.submit(**answering(procedure="adopted"))
    await unchanged(told, answer, 400, "上一轮审核意见的第7项“文书完备规范”没有逐项回应")


async def test_the_form_shows_each_point_with_what_the_reviewer_found(told):
    page = (await told.get(the_handler, "/review/cases/D1/submit")).text
    for code in FAILED:
        assert f'name="answer-{code}"' in page
    assert page.count("审核意见：问题在这里") == len(FAILED)
    assert 'name="answer-law"' not in page


async def test_the_reviewer_sees_each_answer_beside_its_check(told):
    said = answering(procedure="adopted:已补告知", documents="not_adopted:清单没有这一项")
    assert (await told.submit(**said)).status_code == 303
    page = (await told.get(the_reviewer, "/review/cases/D1")).text
    assert "承办单位已改正：已补告知" in page
    assert "承办单位未采纳：清单没有这一项" in page
    [step] = await told.review.database.all(
        "SELECT codes FROM review_steps WHERE kind = 'resubmitted'"
    )
    assert step.codes == {"answers": {"procedure": "adopted", "documents": "not_adopted"}}


async def test_a_first_submission_has_no_points_to_answer(bench):
    await bench.propose()
    assert (await bench.submit(**answering())).status_code == 303


async def test_a_text_that_was_replaced_during_review_has_none_either(told):
    await told.submit()
    await told.review.apply(
        a_text(proposed_at="2026-09-21T09:00:00+08:00", outcome={"kinds": ["fine"], "fine": "5000"})
    )
    assert (await told.submit(**answering())).status_code == 303
