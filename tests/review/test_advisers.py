"""Advisers and government lawyers: the pool, what they are asked, and that they decide nothing."""

from __future__ import annotations

import pytest

from mingjing_shared.events.personnel import AdviserEngaged
from support.events import received
from support.officers import CITY, ELSEWHERE
from support.review import a_classified_case
from support.reviewers import FAR, NEAR, described, far_reviewer, near_reviewer, staffed
from support.reviewing import (
    HANDLER,
    a_reviewer_elsewhere,
    a_reviewer_who_handles,
    an_inspector,
    the_handler,
    the_manager,
)

NAME = "顾问甲"
QUESTION, ANSWER = "追诉时效是否已过", "未过，行为有连续状态"


def engaged(name=NAME, **changes):
    given = {
        "unit": ELSEWHERE,
        "adviser": name,
        "on": "2026-01-01",
        "until": "2026-12-31",
        "kind": "legal_adviser",
    }
    about = changes.pop("about", {})
    return received(AdviserEngaged, about=about, **{**given, **changes})


async def at_work(bench, *told):
    """A review that somebody took on, and a pool of advisers."""
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.review.apply(*(told or (engaged(),)))
    await bench.submit()
    await bench.accept(near_reviewer)


def ref_of(bench, name=NAME, unit=ELSEWHERE):
    return bench.review.database.installation.references.name(unit, name)


async def ask(bench, officer=near_reviewer, **fields):
    given = {"adviser": ref_of(bench), "question": QUESTION, "asked": 0, **fields}
    return await bench.post(officer, "/review/cases/D1/engagements", **given)


async def engagements(bench):
    return await bench.review.database.all("SELECT * FROM engagements ORDER BY asked_at")


async def answer(bench, officer=near_reviewer, **fields):
    [one] = await engagements(bench)
    name = one.engagement_id
    given = {f"advice-{name}": "doubts", f"answer-{name}": ANSWER}
    given |= {f"{key}-{name}": value for key, value in fields.items()}
    return await bench.post(officer, f"/review/cases/D1/engagements/{name}", **given)


@pytest.mark.parametrize(
    "officer", [the_handler, an_inspector, a_reviewer_elsewhere, a_reviewer_who_handles]
)
async def test_only_who_may_review_the_case_asks_an_adviser(bench, officer):
    await at_work(bench)
    assert (await ask(bench, officer)).status_code == 403
    assert await engagements(bench) == []


@pytest.mark.parametrize(
    ("until", "status"),
    [("2026-09-20", 409), ("2026-09-21", 303), ("2026-09-22", 303)],
)
async def test_an_adviser_is_asked_up_to_the_last_day_of_the_contract(bench, until, status):
    await at_work(bench, engaged(until=until))
    assert (await ask(bench)).status_code == status


async def test_nobody_outside_the_pool_is_asked_and_nothing_is_asked_without_a_question(bench):
    await at_work(bench)
    unknown = await ask(bench, adviser="n_0123")
    assert (unknown.status_code, QUESTION in unknown.text) == (409, True)
    assert (await ask(bench, question="")).status_code == 400
    assert (await ask(bench, asked=3)).status_code == 409
    assert await engagements(bench) == []


async def test_a_government_lawyer_who_handles_the_case_is_not_asked(bench):
    lawyer = engaged("公职律师乙", kind="government_lawyer", police_number=HANDLER)
    await at_work(bench, lawyer)
    refused = await ask(bench, adviser=ref_of(bench, "公职律师乙"))
    assert (refused.status_code, "回避" in refused.text) == (403, True)


async def test_before_anything_is_handed_in_nobody_is_asked(bench):
    await staffed(bench, described(NEAR))
    await bench.review.apply(engaged())
    await bench.says_why(near_reviewer)
    assert (await ask(bench)).status_code == 409


async def test_the_answer_stands_beside_the_rounds_and_decides_nothing(bench):
    await at_work(bench)
    assert (await ask(bench)).status_code == 303
    assert (await answer(bench, the_handler)).status_code == 403
    empty = await answer(bench, answer="")
    assert empty.status_code == 400
    assert (await answer(bench)).status_code == 303
    assert (await answer(bench)).status_code == 409
    assert await bench.review.state() == "in_review"
    page = await bench.get(near_reviewer, "/review/cases/D1")
    for words in (NAME, QUESTION, ANSWER, "有不同意见"):
        assert words in page.text
    assert (await bench.speak("agree", near_reviewer)).status_code == 303


async def test_what_was_asked_and_answered_is_sealed_and_in_no_event(bench):
    await at_work(bench)
    await ask(bench)
    await answer(bench)
    [one] = await engagements(bench)
    for words in (QUESTION, ANSWER, NAME):
        assert words.encode() not in bytes(one.question) + bytes(one.answer)
    assert len(one.answer_sha256) == 64
    rows = await bench.review.database.all("SELECT convert_from(value, 'UTF8') AS v FROM outbox")
    assert not any(words in row.v for row in rows for words in (QUESTION, ANSWER, NAME))
    facts = await bench.review.database.all("SELECT personal FROM adviser_facts")
    assert NAME.encode() not in bytes(facts[0].personal)


@pytest.mark.parametrize(
    ("changes", "state", "word"),
    [
        ({"until": "2026-09-20"}, "over", "聘期已满"),
        ({"until": "2026-10-21"}, "close", "即将期满"),
        ({"until": "2026-10-22"}, "near", "临近期满"),
        ({"until": "2026-12-21"}, "valid", "在聘"),
        ({"on": "2026-09-22"}, "ahead", "尚未开始"),
    ],
)
async def test_the_pool_tells_how_near_the_end_of_a_contract_is(bench, changes, state, word):
    await staffed(bench, described(NEAR))
    await bench.review.apply(engaged(**changes))
    page = await bench.get(near_reviewer, "/review/advisers", state=state)
    assert page.status_code == 200
    assert (NAME in page.text, word in page.text) == (True, True)


async def test_the_longest_contract_that_was_not_corrected_holds(bench):
    await staffed(bench, described(NEAR))
    first, renewed = engaged(), engaged(on="2027-01-01", until="2029-12-31")
    gone = {"supersedes": f"{renewed.envelope.source}#{renewed.envelope.id}"}
    await bench.review.apply(renewed, first)
    page = await bench.get(the_manager, f"/review/advisers/{ref_of(bench)}")
    assert "2029-12-31" in page.text
    await bench.review.apply(engaged(until="2026-06-30", about=gone))
    page = await bench.get(the_manager, f"/review/advisers/{ref_of(bench)}")
    assert "2029-12-31" not in page.text


async def test_the_pool_is_for_whoever_sees_reviewers_and_every_look_is_noted(bench):
    await staffed(bench, described(NEAR))
    await bench.review.apply(engaged())
    assert (await bench.get(the_handler, "/review/advisers")).status_code == 403
    assert (await bench.get(the_manager, "/review/advisers/n_0123")).status_code == 404
    await bench.get(far_reviewer, f"/review/advisers/{ref_of(bench)}")
    assert (FAR, "review.people", "seen") in [entry[:3] for entry in await bench.audit()]


async def test_an_adviser_shows_every_engagement_one_may_see(bench):
    await at_work(bench)
    await ask(bench)
    page = await bench.get(near_reviewer, f"/review/advisers/{ref_of(bench)}")
    assert "/review/cases/D1/people" in page.text
    page = await bench.get(a_reviewer_elsewhere, f"/review/advisers/{ref_of(bench)}")
    assert "/review/cases/D1/people" not in page.text
    assert "另有 1 次不在您的权限之内" in page.text


async def test_of_a_classified_case_no_engagement_stays(bench):
    await at_work(bench)
    await ask(bench)
    await bench.review.apply(a_classified_case())
    assert await engagements(bench) == []
