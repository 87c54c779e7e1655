"""The end of enforcement starts the terms of the case file."""

import json
from datetime import date

import pytest
from recording.given import a_classified_case, a_decision, an_end, apply

from mingjing_recording.rules.casefile import casefile_state, casefile_term
from mingjing_shared.law.calendar import published_calendar


async def casefiles(database):
    rows = await database.all(
        "SELECT state, warn_on, breach_on, provisional, revision FROM casefiles ORDER BY case_key"
    )
    return [tuple(row) for row in rows]


async def said(database):
    rows = await database.all("SELECT attributes, value FROM outbox ORDER BY position")
    due = [row for row in rows if row.attributes["type"] == "cn.mingjing.casefile.due"]
    return [json.loads(row.value) for row in due]


@pytest.mark.parametrize(
    ("ended_on", "warn_on", "breach_on"),
    [
        (date(2026, 9, 18), date(2026, 10, 9), date(2026, 10, 18)),  # a make-up Sunday, a feast
        (date(2026, 6, 1), date(2026, 6, 15), date(2026, 7, 1)),
        (date(2019, 9, 3), date(2019, 9, 18), date(2019, 10, 3)),
    ],
)
def test_ten_working_days_to_the_warning_thirty_days_to_the_breach(ended_on, warn_on, breach_on):
    term = casefile_term(ended_on, published_calendar())
    assert term.warn is not None
    assert term.breach is not None
    assert (term.warn.due_on, term.breach.due_on) == (warn_on, breach_on)
    assert not term.provisional


def test_an_end_before_the_first_rule_has_no_term_and_says_so():
    term = casefile_term(date(2019, 9, 2), published_calendar())
    assert (term.warn, term.breach) == (None, None)
    assert "2019-09-02" in term.says


@pytest.mark.parametrize(
    ("has_term", "was_warned", "is_overdue", "state"),
    [
        (False, False, False, "no_clock"),
        (True, False, False, "open"),
        (True, True, False, "warned"),
        (True, True, True, "overdue"),
        (True, False, True, "overdue"),
    ],
)
def test_the_state_follows_from_how_far_the_terms_have_run(has_term, was_warned, is_overdue, state):
    found = casefile_state(has_term=has_term, was_warned=was_warned, is_overdue=is_overdue)
    assert found == state


async def test_an_end_without_a_rule_is_kept_without_a_clock_and_says_nothing(recording):
    await apply(recording, an_end(ended_on="2017-05-05"))
    assert await casefiles(recording) == [("no_clock", None, None, False, 0)]
    assert await said(recording) == []
    assert await recording.all("SELECT subject FROM clocks") == []


async def test_a_classified_case_has_no_case_file(recording):
    await apply(recording, an_end(), a_decision())
    await apply(recording, a_classified_case())
    assert await casefiles(recording) == []
    assert await recording.all("SELECT subject FROM clocks") == []
    assert (await recording.all("SELECT events FROM classified_counts"))[0].events == 2
    await apply(recording, an_end(), a_decision())
    assert await casefiles(recording) == []
    assert (await recording.all("SELECT events FROM classified_counts"))[0].events == 4


async def test_an_end_announces_both_days(recording):
    await apply(recording, an_end())
    assert await said(recording) == [
        {
            "case_number": "田公（网）2026-01183",
            "warn_on": "2026-10-09",
            "breach_on": "2026-10-18",
            "provisional": False,
        }
    ]
    await apply(recording, an_end())
    assert len(await said(recording)) == 1


async def test_a_case_file_is_open_then_warned_then_overdue(recording, fire):
    await apply(recording, an_end())
    assert await fire("2026-10-09T23:59:00") == 0
    assert (await casefiles(recording))[0][0] == "open"
    assert await fire("2026-10-10T00:00:01") == 1
    assert (await casefiles(recording))[0][0] == "warned"
    assert await fire("2026-10-18T23:59:00") == 0
    assert await fire("2026-10-19T00:00:01") == 1
    assert (await casefiles(recording))[0][0] == "overdue"


async def test_a_worker_that_was_down_for_weeks_finds_the_file_overdue(recording, fire):
    await apply(recording, an_end())
    assert await fire("2026-12-01T00:00:00") == 2
    assert (await casefiles(recording))[0][0] == "overdue"


async def test_a_provisional_day_calls_nothing_late(recording, fire):
    await apply(recording, an_end(ended_on="2026-12-25"))
    assert (await casefiles(recording))[0][3] is True
    await fire("2027-01-24T23:00:00")
    assert (await casefiles(recording))[0][0] == "open"


async def test_a_corrected_end_moves_the_days_and_the_state_with_them(recording, fire):
    first = an_end()
    await apply(recording, first)
    await fire("2026-10-19T00:00:01")
    corrected = {"supersedes": f"/huainan/casework#{first.envelope.id}"}
    await apply(recording, an_end(about=corrected, ended_on="2026-10-15"))
    assert await casefiles(recording) == [
        ("open", date(2026, 10, 29), date(2026, 11, 14), False, 2)
    ]
    assert [data["breach_on"] for data in await said(recording)] == ["2026-10-18", "2026-11-14"]
    await fire("2026-11-15T00:00:01")
    assert (await casefiles(recording))[0][0] == "overdue"


async def test_an_end_corrected_to_before_the_rules_is_announced_without_days(recording):
    first = an_end()
    corrected = {"supersedes": f"/huainan/casework#{first.envelope.id}"}
    await apply(recording, first)
    await apply(recording, an_end(about=corrected, ended_on="2017-05-05"))
    assert await casefiles(recording) == [("no_clock", None, None, False, 2)]
    assert (await said(recording))[1].keys() == {"case_number", "provisional"}
    assert await recording.all("SELECT subject FROM clocks") == []


async def test_an_end_corrected_to_another_case_leaves_the_first(recording):
    first = an_end()
    corrected = {"supersedes": f"/huainan/casework#{first.envelope.id}"}
    await apply(recording, first)
    await apply(recording, an_end("田公（网）2026-01184", about=corrected))
    rows = await recording.all("SELECT case_key FROM casefiles")
    assert [row.case_key for row in rows] == ["田公(网)2026-01184"]
    clocks = await recording.all("SELECT subject FROM clocks")
    assert all(row.subject.startswith("田公(网)2026-01184@") for row in clocks)


async def test_the_decisions_that_a_case_file_must_hold_are_known(recording):
    await apply(recording, an_end(), a_decision(), a_decision(decision_id="D2"))
    rows = await recording.all("SELECT decision_id, kind FROM decision_facts ORDER BY decision_id")
    assert [row.decision_id for row in rows] == ["D-2026-0917", "D2"]
