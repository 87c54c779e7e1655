"""Which acts must be recorded, how completely, by which law: by kind, place and day."""

from datetime import UTC, date, datetime

import pytest

from mingjing_recording.rules.action import (
    MATRIX,
    law_and_article,
    requirement_of,
    rows_that_apply,
)
from mingjing_shared.law.calendar import published_calendar

NOON = "T12:00:00+08:00"


def level(kind, place, day="2026-09-18"):
    at = datetime.fromisoformat(day + NOON)
    return requirement_of(
        kind=kind, place_kind=place, started_at=at, ended_at=at, calendar=published_calendar()
    ).level


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("service_direct", "on_site"),
        ("service_mail", "window"),
        ("service_electronic", "remote"),
        ("seizure", "window"),
        ("freezing", "remote"),
        ("notice", "window"),
        ("case_area_stay", "on_site"),
        ("drone_flight", "on_site"),
    ],
)
def test_an_act_that_no_row_names_needs_no_recording(kind, place):
    assert level(kind, place) is None


def test_an_act_older_than_the_first_rule_needs_no_recording_and_says_since_when_it_would():
    at = datetime.fromisoformat("2016-06-30T12:00:00+08:00")
    found = requirement_of(
        kind="seizure",
        place_kind="on_site",
        started_at=at,
        ended_at=at,
        calendar=published_calendar(),
    )
    assert found.level is None
    assert "2016-06-30" in found.says
    assert "2016-07-01" in found.says


@pytest.mark.parametrize(
    ("kind", "place", "wanted"),
    [
        ("seizure", "on_site", "full"),
        ("seizure", "case_area", "full"),
        ("dispatch", "on_site", "full"),
        ("on_spot_penalty", "on_site", "full"),
        ("sealing", "on_site", "full"),
        ("freezing", "on_site", "full"),
        ("forced_test", "on_site", "full"),
        ("forced_test", "window", "full"),
        ("questioning", "case_area", "full"),
        ("questioning", "remote", "full"),
        ("questioning", "on_site", "full"),
        ("questioning", "window", "as_needed"),
        ("hearing", "case_area", "full"),
        ("hearing", "window", "as_needed"),
        ("sampling", "on_site", "as_needed"),
        ("mediation", "case_area", "full"),
        ("case_area_stay", "case_area", "full"),
        ("service_left", "on_site", "as_needed"),
        ("service_announced", "window", "as_needed"),
    ],
)
def test_the_level_follows_from_kind_and_place(kind, place, wanted):
    assert level(kind, place) == wanted


@pytest.mark.parametrize(
    ("kind", "place", "day", "wanted"),
    [
        ("seizure", "on_site", "2016-06-30", None),
        ("seizure", "on_site", "2016-07-01", "full"),
        ("sealing", "on_site", "2018-12-04", None),
        ("sealing", "on_site", "2018-12-05", "full"),
        ("forced_test", "window", "2019-09-02", None),
        ("forced_test", "window", "2019-09-03", "full"),
        ("service_left", "on_site", "2018-12-04", None),
        ("service_left", "on_site", "2018-12-05", "as_needed"),
        ("questioning", "remote", "2025-12-31", "as_needed"),
        ("questioning", "remote", "2026-01-01", "full"),
    ],
)
def test_the_law_of_the_day_of_the_act_applies(kind, place, day, wanted):
    assert level(kind, place, day) == wanted


def test_the_day_is_the_local_one():
    late_in_london = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    found = requirement_of(
        kind="questioning",
        place_kind="remote",
        started_at=late_in_london,
        ended_at=late_in_london,
        calendar=published_calendar(),
    )
    assert found.level == "full"


def test_the_basis_names_every_source_once():
    at = datetime.fromisoformat("2026-09-18T12:00:00+08:00")
    found = requirement_of(
        kind="forced_test",
        place_kind="case_area",
        started_at=at,
        ended_at=at,
        calendar=published_calendar(),
    )
    assert found.basis == (("淮公通〔2019〕395号", "任务13"),)
    assert found.rule == "required_recording.forced_test"


def test_an_on_spot_seizure_since_2026_rests_on_three_sources():
    rows = rows_that_apply("seizure", "on_site", date(2026, 1, 1))
    assert [row.source for row in rows] == [
        "公安机关现场执法视音频记录工作规定（公通字〔2016〕14号）§4",
        "淮公通〔2019〕395号 任务13",
        "治安管理处罚法（2025年修订）§105（治安案件）",
    ]


def test_footage_is_due_a_day_after_the_act_ended():
    start = datetime.fromisoformat("2026-09-18T23:00:00+08:00")
    end = datetime.fromisoformat("2026-09-19T01:30:00+08:00")
    found = requirement_of(
        kind="seizure",
        place_kind="on_site",
        started_at=start,
        ended_at=end,
        calendar=published_calendar(),
    )
    assert found.upload_due_at == datetime.fromisoformat("2026-09-20T01:30:00+08:00")
    assert found.upload_rule == "recording.upload@2016-07-01"


def test_every_source_of_the_matrix_splits_into_law_and_article():
    for fact in MATRIX.values():
        for version in fact.versions:
            law, article = law_and_article(version.source)
            assert law
            assert article.startswith(("§", "任务", "三")), version.source


def test_all_versions_of_a_row_name_the_same_acts_and_places():
    for fact in MATRIX.values():
        assert len({(version.acts, version.places) for version in fact.versions}) == 1
