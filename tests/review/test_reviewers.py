"""The register of reviewers: who may begin to review, qualification and its end, absences."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing_review.rules.reviewer import Before, expiry_of, person_of, refused_entry
from mingjing_shared.events.personnel import ExamPassed
from support.events import received
from support.officers import CITY, COUNTY, an_officer
from support.reviewers import (
    BUSY,
    FAR,
    NEAR,
    a_version,
    described,
    far_reviewer,
    near_reviewer,
    staffed,
    the_head_of_law,
)
from support.reviewing import an_inspector, the_handler, the_manager

DAY = date(2026, 9, 21)
another_manager = an_officer("case_manager", number="034006", unit=CITY)


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (None, "open"),
        (date(2026, 9, 20), "over"),
        (date(2026, 9, 21), "close"),  # the last day counts
        (date(2026, 10, 21), "close"),
        (date(2026, 10, 22), "near"),
        (date(2026, 12, 20), "near"),
        (date(2026, 12, 21), "valid"),
    ],
)
def test_an_end_is_warned_about_ninety_and_thirty_days_before(until, state):
    assert expiry_of("qualification", until, DAY).state == state


def a_person(**changes):
    return person_of(NEAR, [a_version(**changes)], DAY)


UNLEARNED = a_person(legal_qualification=False)


@pytest.mark.parametrize(
    ("kind", "person", "before", "day", "refused"),
    [
        ("penalty", UNLEARNED, Before(), DAY, True),
        ("penalty", None, Before(), DAY, True),
        ("penalty", a_person(), Before(), DAY, False),
        ("penalty", UNLEARNED, Before(registered=True), DAY, False),
        ("penalty", UNLEARNED, Before(date(2017, 12, 31)), DAY, False),
        ("penalty", UNLEARNED, Before(date(2018, 1, 1)), DAY, True),
        ("penalty", UNLEARNED, Before(), date(2017, 12, 31), False),  # no such rule yet
        ("penalty", UNLEARNED, Before(), date(2018, 1, 1), True),
        ("penalty", UNLEARNED, Before(), date(2021, 7, 14), True),
        ("penalty", UNLEARNED, Before(), date(2021, 7, 15), True),
        ("permit", UNLEARNED, Before(), DAY, False),  # the law asks it of penalties
    ],
)
def test_whoever_begins_to_review_penalties_holds_the_legal_qualification(
    kind, person, before, day, refused
):
    assert (refused_entry(kind, person, before, day) is not None) == refused


@pytest.mark.parametrize(
    ("day", "qualified"),
    [(date(2026, 9, 20), True), (date(2026, 9, 21), True), (date(2026, 9, 22), False)],
)
def test_a_qualification_counts_up_to_its_last_day(day, qualified):
    person = person_of(NEAR, [a_version(qualification_valid_until="2026-09-21")], day)
    assert person.is_qualified_on(day) == qualified


def test_an_exam_counts_beside_the_directory_whichever_lasts_longer():
    versions = [a_version(qualification_valid_until="2026-09-30")]
    exams = [("intermediate", date(2026, 9, 1), date(2029, 8, 31))]
    passed = person_of(NEAR, versions, DAY, exams)
    assert (passed.level, passed.valid_until) == ("intermediate", date(2029, 8, 31))
    ahead = person_of(NEAR, versions, DAY, [("advanced", date(2026, 9, 22), None)])
    assert ahead.level == "basic"


def test_the_directory_says_since_when_somebody_holds_the_legal_qualification():
    versions = [
        a_version(legal_qualification=False),
        a_version(valid_from="2020-03-01"),
        a_version(valid_from="2024-01-01"),
    ]
    assert person_of(NEAR, versions, DAY).legal_since == date(2020, 3, 1)


async def spoken(bench, officer):
    await bench.submit()
    await bench.accept(officer)
    return await bench.speak("agree", officer)


async def test_who_begins_without_the_legal_qualification_gives_no_opinion(bench):
    await staffed(bench, described(NEAR, legal_qualification=False))
    answer = await spoken(bench, near_reviewer)
    assert answer.status_code == 403
    assert "法律职业资格" in answer.text
    assert "此前已从事审核" in answer.text
    assert await bench.told_of("review.cleared") == []
    assert (NEAR, "review.opinion", "refused", "may-not-begin") in [
        entry[:4] for entry in await bench.audit()
    ]


async def registers(bench, officer, **fields):
    given = {"number": NEAR, "why": "2016年起在分局法制室审核处罚案件，见任职文件", **fields}
    return await bench.post(officer, "/review/earlier-reviewers", **given)


async def test_who_is_noted_as_having_reviewed_before_gives_an_opinion(bench):
    await staffed(bench, described(NEAR, legal_qualification=False))
    assert (await spoken(bench, near_reviewer)).status_code == 403
    assert (await registers(bench, the_manager)).status_code == 303
    assert (await bench.speak("agree", near_reviewer)).status_code == 303
    page = await bench.get(the_manager, f"/review/reviewers/{NEAR}")
    assert "见任职文件" in page.text
    assert (await registers(bench, another_manager)).status_code == 409


@pytest.mark.parametrize("officer", [near_reviewer, the_handler, an_inspector])
async def test_only_the_case_manager_notes_that_somebody_reviewed_before(bench, officer):
    await staffed(bench, described(NEAR, legal_qualification=False))
    assert (await registers(bench, officer)).status_code == 403


async def test_nobody_notes_it_of_themselves_or_without_grounds_or_of_a_stranger(bench):
    await staffed(bench, described("034006", unit=CITY, posts=["案管民警"]))
    assert (await registers(bench, another_manager, number="034006")).status_code == 403
    empty = await registers(bench, the_manager, number=NEAR, why="")
    assert (empty.status_code, NEAR in empty.text) == (400, True)
    assert (await registers(bench, the_manager, number="039998")).status_code == 404


async def away(bench, officer, number=NEAR, **fields):
    given = {"since": "2026-09-21", "until": "2026-09-25", "reason": "出差", **fields}
    return await bench.post(officer, f"/review/reviewers/{number}/absences", **given)


async def desk_of(bench):
    return (await bench.review.review()).assignee


async def test_an_absence_is_noted_by_oneself_or_the_case_manager(bench):
    await staffed(bench, described(NEAR), described(BUSY))
    for officer in (the_head_of_law, the_handler, an_inspector):
        assert (await away(bench, officer)).status_code == 403
    assert (await away(bench, near_reviewer)).status_code == 303
    assert (await away(bench, the_manager)).status_code == 303


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"since": "21.9.2026"}, "YYYY-MM-DD"),
        ({"until": "2026-09-20"}, "早于"),
        ({"since": "2026-09-01", "until": "2026-09-20"}, "早于今天"),
        ({"reason": ""}, "请填写原因"),
    ],
)
async def test_an_absence_that_makes_no_sense_is_refused_and_nothing_is_lost(bench, fields, says):
    await staffed(bench, described(NEAR))
    answer = await away(bench, near_reviewer, **fields)
    assert answer.status_code == 400
    assert says in answer.text
    assert "出差" in answer.text or fields.get("reason") == ""


async def test_what_was_not_taken_on_is_given_anew_at_once(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    assert await desk_of(bench) == NEAR
    await away(bench, near_reviewer)
    assert await desk_of(bench) == FAR
    page = await bench.get(far_reviewer, "/review/cases/D1/people")
    assert "不在岗，按规则改派" in page.text
    assert f"{NEAR}：不在岗" in page.text


async def test_what_was_taken_on_stays_until_a_leader_gives_it_away(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    await bench.accept(near_reviewer)
    await away(bench, near_reviewer)
    assert await desk_of(bench) == NEAR


async def test_an_absence_ahead_gives_the_desk_away_with_its_first_day(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    await away(bench, near_reviewer, since="2026-09-23")
    assert await desk_of(bench) == NEAR
    bench.clock.move_to("2026-09-22 23:59")
    await bench.fire()
    assert await desk_of(bench) == NEAR
    bench.clock.move_to("2026-09-23 00:00")
    await bench.fire()
    assert await desk_of(bench) == FAR


async def test_who_is_back_is_given_submissions_again(bench):
    await staffed(bench, described(NEAR))
    await away(bench, near_reviewer, until="")
    rows = await bench.review.database.all("SELECT absence_id FROM absences")
    ending = f"/review/reviewers/{NEAR}/absences/{rows[0].absence_id}/end"
    assert (await bench.post(the_handler, ending)).status_code == 403
    assert (await bench.post(near_reviewer, ending)).status_code == 303
    assert (await bench.post(near_reviewer, ending)).status_code == 409
    await bench.submit()
    assert await desk_of(bench) == NEAR


@pytest.mark.parametrize(
    ("changes", "state", "word"),
    [
        ({"qualification_valid_until": "2026-09-20"}, "over", "资格已过期"),
        ({"qualification_valid_until": "2026-10-01"}, "close", "即将到期"),
        ({"qualification_valid_until": "2026-12-01"}, "near", "临近到期"),
        ({"legal_qualification": False}, "no_legal", "名录未载明"),
        ({"qualification_valid_until": "2030-12-31"}, "valid", "资格有效"),
    ],
)
async def test_the_register_finds_reviewers_by_how_they_stand(bench, changes, state, word):
    await staffed(bench, described(NEAR, **changes), described(FAR, unit=CITY))
    page = await bench.get(the_manager, "/review/reviewers", state=state)
    assert page.status_code == 200
    assert f'href="/review/reviewers/{NEAR}"' in page.text
    assert word in page.text
    assert f'href="/review/reviewers/{FAR}"' not in page.text


async def test_the_register_shows_only_whom_one_may_see(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    page = await bench.get(near_reviewer, "/review/reviewers")
    assert (NEAR in page.text, FAR in page.text) == (True, False)
    assert (await bench.get(the_handler, "/review/reviewers")).status_code == 403
    assert (await bench.get(near_reviewer, f"/review/reviewers/{FAR}")).status_code == 403
    assert (await bench.get(the_manager, "/review/reviewers/039997")).status_code == 404
    assert (await bench.get(the_manager, "/review/reviewers", state="best")).status_code == 400


async def test_an_exam_shows_on_the_page_of_the_reviewer_and_a_corrected_one_does_not(bench):
    await staffed(bench, described(NEAR, qualification_valid_until="2026-10-01"))
    exam = {"police_number": NEAR, "level": "advanced", "on": "2026-09-10"}
    first = received(ExamPassed, **exam, valid_until="2031-09-09")
    await bench.review.apply(first)
    page = await bench.get(the_manager, f"/review/reviewers/{NEAR}")
    assert "高级" in page.text
    corrected = {"supersedes": f"{first.envelope.source}#{first.envelope.id}"}
    mended = received(ExamPassed, **{**exam, "level": "basic"}, about=corrected)
    await bench.review.apply(mended)
    page = await bench.get(the_manager, f"/review/reviewers/{NEAR}")
    assert "高级" not in page.text


async def test_what_lies_on_a_desk_is_listed_with_the_reviewer(bench):
    await staffed(bench, described(NEAR))
    await bench.submit()
    page = await bench.get(the_manager, f"/review/reviewers/{NEAR}")
    assert "/review/cases/D1" in page.text
    assert COUNTY not in page.text
