"""The law we hold: every file in order, every value as it should be on the days it changes."""

import re
from datetime import date
from typing import Literal

import pytest

from mingjing_shared.events import codes, values
from mingjing_shared.law.command import all_facts, find_rule, law_files
from mingjing_shared.law.rules import (
    Headline,
    Version,
    load_dated,
    load_provisions,
    load_thresholds,
)

PERIODS = [
    # rule id, on, (count, unit, roll, confidence)
    ("disclosure.penalty", "2018-12-05", (7, "working_day", "none", "secondary")),
    ("disclosure.permit", "2018-12-05", (7, "working_day", "none", "secondary")),
    ("disclosure.other", "2018-12-05", (20, "working_day", "none", "secondary")),
    ("disclosure.withdrawal", "2021-07-15", (3, "working_day", "none", "verified")),
    ("disclosure.inspection_result", "2019-01-27", (20, "working_day", "none", "secondary")),
    ("disclosure.guide_update", "2019-09-03", (1, "month", "next_working_day", "verified")),
    ("recording.casefile_warn", "2019-09-03", (10, "working_day", "none", "assumed")),
    ("recording.casefile_warn", "2021-01-01", (10, "working_day", "none", "secondary")),
    ("recording.casefile_breach", "2019-09-03", (30, "day", "none", "verified")),
    ("recording.upload", "2016-07-01", (24, "hour", "none", "assumed")),
    ("review.catalogue_adjust", "2019-09-03", (1, "month", "next_working_day", "assumed")),
    ("review.opinion", "2018-12-05", (5, "working_day", "none", "assumed")),
    ("hearing.request", "2021-07-14", (3, "day", "next_working_day", "assumed")),
    ("hearing.request", "2021-07-15", (5, "working_day", "none", "verified")),
    ("penalty.decide", "2021-07-15", (90, "day", "next_working_day", "verified")),
    ("public_security.decide", "2025-12-31", (30, "day", "next_working_day", "verified")),
    ("public_security.decide", "2026-01-01", (30, "day", "next_working_day", "verified")),
    ("dual_publicity.report", "2018-12-05", (7, "working_day", "none", "secondary")),
]


@pytest.mark.parametrize(("rule_id", "on", "held"), PERIODS)
def test_each_period_is_as_the_law_says(rule_id, on, held):
    version = find_rule(rule_id).in_force_on(date.fromisoformat(on))
    assert (version.count, version.unit, version.roll, version.confidence) == held


@pytest.mark.parametrize(
    ("rule_id", "day_before"),
    [
        ("disclosure.penalty", "2018-12-04"),
        ("disclosure.withdrawal", "2021-07-14"),
        ("disclosure.guide_update", "2019-09-02"),
        ("review.catalogue_adjust", "2019-09-02"),
        ("recording.casefile_breach", "2019-09-02"),
        ("penalty.decide", "2021-07-14"),
    ],
)
def test_no_period_holds_on_the_day_before_its_first_version(rule_id, day_before):
    assert not find_rule(rule_id).is_in_force_on(date.fromisoformat(day_before))


@pytest.mark.parametrize(
    ("key", "on", "at_least"),
    [
        ("public_security.person", "2025-12-31", 2000),
        ("public_security.person", "2026-01-01", 4000),
        ("public_security.person", "2026-01-02", 4000),
        ("public_security.organisation", "2025-12-31", 10000),
        ("public_security.organisation", "2026-01-01", 10000),
        ("other.person", "2026-01-01", 2000),
        ("other.organisation", "2026-01-01", 10000),
    ],
)
def test_the_hearing_thresholds_move_with_the_law(key, on, at_least):
    threshold = load_thresholds("mingjing_review", "hearing")[key]
    assert threshold.id == f"hearing.fine.{key}"
    assert threshold.in_force_on(date.fromisoformat(on)).at_least == at_least


def test_public_security_records_are_sealed_from_2026_on():
    sealed = load_provisions("mingjing_disclosure", "withholding")["sealed_public_security"]
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2))
    assert [sealed.is_in_force_on(day) for day in days] == [False, True, True]
    assert "§136" in sealed.in_force_on(date(2026, 1, 1)).source


def test_minors_are_protected_on_every_day_we_hold():
    minor = load_provisions("mingjing_disclosure", "withholding")["minor"]
    assert minor.id == "disclosure.minor"
    assert "26号" in minor.in_force_on(date(2021, 5, 31)).source
    assert "未成年人保护法" in minor.in_force_on(date(2021, 6, 1)).source


class Recording(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A row of the matrix of what must be recorded."""

    acts: frozenset[str]
    places: frozenset[Literal["on_site", "case_area", "window", "remote"]]
    level: Literal["full", "as_needed"]


@pytest.mark.parametrize(
    ("act", "place", "on", "levels"),
    [
        ("seizure", "on_site", "2016-06-30", set()),
        ("seizure", "on_site", "2016-07-01", {"full"}),
        ("sealing", "on_site", "2018-12-04", set()),
        ("sealing", "on_site", "2018-12-05", {"full"}),
        ("forced_test", "on_site", "2019-09-03", {"full"}),
        ("questioning", "case_area", "2019-09-03", {"full", "as_needed"}),
        ("questioning", "remote", "2025-12-31", {"as_needed"}),
        ("questioning", "remote", "2026-01-01", {"full", "as_needed"}),
        ("hearing", "window", "2026-01-01", {"as_needed"}),
        ("service_left", "on_site", "2026-01-01", {"as_needed"}),
        ("service_announced", "window", "2026-01-01", {"as_needed"}),
        ("case_area_stay", "case_area", "2026-01-01", {"full"}),
        ("service_direct", "window", "2026-01-01", set()),
        ("registered_preservation", "on_site", "2026-01-01", {"full", "as_needed"}),
        ("coercive_measure", "case_area", "2026-01-01", {"full"}),
        ("freezing", "remote", "2026-01-01", set()),
    ],
)
def test_the_matrix_says_which_acts_are_recorded(act, place, on, levels):
    day = date.fromisoformat(on)
    rows = load_dated("mingjing_recording", "required_recording", Recording).values()
    applying = [row.in_force_on(day) for row in rows if row.is_in_force_on(day)]
    found = {row.level for row in applying if act in row.acts and place in row.places}
    assert found == levels


class Item(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """An item of the review catalogue."""

    flag: str | None = None
    penalty_kind: str | None = None
    fine_at_least: str | None = None
    national: bool = False


def test_the_first_review_catalogue_holds_each_condition_once():
    items = load_dated("mingjing_review", "catalogue", Item)
    version = {key: item.in_force_on(date(2026, 1, 1)) for key, item in items.items()}
    conditions = {key: (v.flag, v.penalty_kind, v.fine_at_least) for key, v in version.items()}
    assert all(sum(part is not None for part in c) == 1 for c in conditions.values())
    assert {part for c in conditions.values() for part in c if part} == {
        *("public_interest", "social_risk", "major_rights", "hearing_held"),
        *("several_relations", "crime_suspected"),
        *("licence_revocation", "business_suspension", "closure"),
        "hearing.fine",
    }
    assert {item.id for item in items.values()} == {f"catalogue.{key}" for key in items}


def test_the_catalogue_has_no_gap_from_the_first_day_on():
    items = load_dated("mingjing_review", "catalogue", Item)
    assert items
    for item in items.values():
        for day in (date(2018, 12, 5), date(2021, 7, 14), date(2021, 7, 15), date(2026, 1, 1)):
            assert item.is_in_force_on(day), (item.id, day)


def test_the_law_and_the_events_use_the_same_words():
    rows = load_dated("mingjing_recording", "required_recording", Recording).values()
    versions = [version for row in rows for version in row.versions]
    items = load_dated("mingjing_review", "catalogue", Item).values()
    penalties = {item.versions[0].penalty_kind for item in items} - {None}
    assert {act for version in versions for act in version.acts} <= set(codes.ACTION_NAMES)
    assert {place for v in versions for place in v.places} <= set(codes.names_of(codes.PlaceKind))
    assert penalties <= set(codes.names_of(codes.PenaltyKind))
    for key in load_thresholds("mingjing_review", "hearing"):
        case_kind, party_kind = key.split(".")
        assert case_kind in {"other", *codes.names_of(codes.CaseKind)}
        assert party_kind in codes.names_of(codes.PartyKind)


def test_every_id_can_travel_in_an_event():
    (meta,) = values.RuleId.__metadata__
    assert not [fact for fact in all_facts() if not re.match(meta.pattern, fact)]


def test_every_service_with_law_is_found_and_what_they_share():
    assert {package for package, _ in law_files()} == {
        "mingjing_shared",
        *("mingjing_disclosure", "mingjing_recording", "mingjing_review", "mingjing_tasks"),
    }


def test_every_fact_has_an_id_of_its_own():
    facts = [fact for file in law_files() for fact in load_dated(*file, Headline).values()]
    assert len({fact.id for fact in facts}) == len(facts) == len(all_facts())


@pytest.mark.parametrize(("package", "name"), law_files())
def test_every_version_names_a_document_and_says_how_sure_we_are(package, name):
    facts = load_dated(package, name, Headline)
    assert facts
    for fact in facts.values():
        assert fact.versions, fact.id
        for version in fact.versions:
            assert version.source.strip() == version.source
            assert len(version.source) >= 6, version.id
            assert version.confidence in {"verified", "secondary", "assumed"}
