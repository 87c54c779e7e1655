"""Which decisions must not be published: the day before, the day, the day after."""

from datetime import date

import pytest

from mingjing_disclosure.rules.withholding import Concerned, withheld

ADULT = Concerned("person", "penalised", date(1980, 1, 1))


def judged(**changes):
    given = {
        "decision_kind": "penalty",
        "made_on": date(2026, 9, 18),
        "offence_from": date(2026, 9, 1),
        "case_kind": "traffic",
        "accepted_on": date(2026, 9, 10),
        "parties": [ADULT],
    }
    found = withheld(**{**given, **changes})
    return None if found is None else found.reason_code


def born(day, role="penalised", kind="person"):
    return [Concerned(kind, role, day)]


@pytest.mark.parametrize(
    ("birth_date", "offence_from", "reason"),
    [
        (date(2008, 9, 2), date(2026, 9, 1), "minor"),  # eighteen tomorrow
        (date(2008, 9, 1), date(2026, 9, 1), None),  # eighteen today
        (date(2008, 8, 31), date(2026, 9, 1), None),
        (date(2008, 2, 29), date(2026, 2, 28), "minor"),  # no 29 February: adult on 1 March
        (date(2008, 2, 29), date(2026, 3, 1), None),
    ],
)
def test_the_age_is_taken_on_the_first_day_of_the_offence(birth_date, offence_from, reason):
    assert judged(parties=born(birth_date), offence_from=offence_from) == reason


@pytest.mark.parametrize(
    ("birth_date", "reason"),
    [
        (date(2006, 9, 11), "minor"),  # twenty tomorrow: may have been seventeen at the act
        (date(2006, 9, 10), None),
        (date(2006, 9, 9), None),
    ],
)
def test_without_a_day_of_the_offence_one_must_be_twenty_at_acceptance(birth_date, reason):
    assert judged(parties=born(birth_date), offence_from=None) == reason


def test_a_person_whose_age_nobody_knows_is_withheld_until_somebody_decides():
    assert judged(parties=[ADULT, *born(None)]) == "age_unknown"


def test_one_minor_among_adults_is_enough():
    assert judged(parties=[ADULT, *born(date(2010, 1, 1))]) == "minor"


def test_a_known_minor_outweighs_an_unknown_age():
    assert judged(parties=[*born(None), *born(date(2010, 1, 1))]) == "minor"


@pytest.mark.parametrize("role", ["suspect", "penalised", "applicant", None])
def test_who_is_concerned_counts_as_a_minor(role):
    assert judged(parties=born(date(2010, 1, 1), role=role)) == "minor"


def test_a_victims_age_does_not_withhold():
    assert judged(parties=[ADULT, *born(date(2010, 1, 1), role="victim")]) is None


def test_where_nobody_at_all_is_named_it_is_withheld_until_somebody_decides():
    assert judged(parties=[]) == "age_unknown"


def test_an_organisation_has_no_age():
    assert judged(parties=born(None, kind="organisation")) is None


@pytest.mark.parametrize(
    ("made_on", "reason"),
    [
        (date(2018, 12, 4), None),  # no rule of that day is held: no clock either
        (date(2018, 12, 5), "minor"),
        (date(2021, 5, 31), "minor"),
        (date(2021, 6, 1), "minor"),
    ],
)
def test_minors_are_withheld_by_the_law_of_the_day_of_the_decision(made_on, reason):
    parties = born(date(2010, 1, 1))
    assert judged(made_on=made_on, offence_from=made_on, parties=parties) == reason


@pytest.mark.parametrize(
    ("made_on", "reason"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "sealed_public_security"),
        (date(2026, 1, 2), "sealed_public_security"),
    ],
)
def test_public_security_penalties_are_sealed_from_2026_on(made_on, reason):
    assert judged(case_kind="public_security", made_on=made_on) == reason


@pytest.mark.parametrize(
    ("case_kind", "decision_kind"), [("traffic", "penalty"), ("public_security", "permit")]
)
def test_a_permit_and_what_rests_on_other_laws_is_not_sealed(case_kind, decision_kind):
    basis = [{"law": "道路交通安全法", "article": "第九十条"}]
    assert judged(case_kind=case_kind, decision_kind=decision_kind, basis=basis) is None


@pytest.mark.parametrize("kind", ["penalty", "no_penalty", "coercion", "termination", "other"])
def test_whatever_is_decided_in_a_public_security_case_is_sealed(kind):
    assert judged(case_kind="public_security", decision_kind=kind) == "sealed_public_security"


@pytest.mark.parametrize("case_kind", ["traffic", "cyber", "exit_entry", None])
@pytest.mark.parametrize("law", ["治安管理处罚法", "《中华人民共和国治安管理处罚法》（2025）"])
@pytest.mark.parametrize(
    ("made_on", "reason"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "sealed_public_security"),
        (date(2026, 1, 2), "sealed_public_security"),
    ],
)
def test_what_rests_on_that_law_is_sealed_whatever_the_kind_of_case(
    case_kind, law, made_on, reason
):
    basis = [{"law": "网络安全法", "article": "59"}, {"law": law, "article": "59"}]
    assert judged(case_kind=case_kind, made_on=made_on, basis=basis) == reason


@pytest.mark.parametrize(
    ("parties", "may"), [([ADULT], False), (born(None, kind="organisation"), True), ([], False)]
)
def test_only_a_units_sealed_record_may_be_released_by_a_person(parties, may):
    found = withheld(
        decision_kind="other",
        made_on=date(2026, 9, 18),
        offence_from=None,
        case_kind="cyber",
        accepted_on=date(2026, 9, 10),
        parties=parties,
        basis=[{"law": "治安管理处罚法", "article": "第二十九条"}],
    )
    assert (found.reason_code, found.releasable) == ("sealed_public_security", may)


def unknown(*names):
    return [Concerned("person", "penalised", None, name) for name in names]


@pytest.mark.parametrize(
    ("parties", "named", "reason"),
    [
        (unknown("A"), ["A"], None),
        (unknown("A"), [], "age_unknown"),
        (unknown("A", "B"), ["A"], "age_unknown"),
        (unknown("A", "A"), ["A"], "age_unknown"),  # another of the same name
        (unknown("B"), ["A", "B"], None),
        ([ADULT, *unknown("A")], ["A"], None),
        ([*unknown("A"), *born(date(2010, 1, 1))], ["A"], "minor"),
        ([], [], None),
    ],
)
def test_a_release_holds_for_those_whom_it_names_and_for_nobody_else(parties, named, reason):
    released = {"codes": ["age_unknown"], "about": {"age_unknown": named}}
    assert judged(parties=parties, released=released) == reason


def test_a_release_of_one_reason_is_none_of_another():
    released = {"codes": ["sealed_public_security"], "about": {"sealed_public_security": ["A"]}}
    assert judged(parties=unknown("A"), released=released) == "age_unknown"
    assert judged(case_kind="public_security", released=released) == "sealed_public_security"


@pytest.mark.parametrize(
    ("made_on", "reason"),
    [
        (date(2018, 12, 4), None),
        (date(2018, 12, 5), "narcotics"),
        (date(2026, 9, 18), "narcotics"),
    ],
)
def test_what_is_decided_in_a_drug_case_is_held_for_a_person_whatever_it_rests_on(made_on, reason):
    for basis in ([], [{"law": "禁毒法", "article": "第三十八条"}]):
        assert judged(case_kind="narcotics", made_on=made_on, basis=basis) == reason


def test_a_permit_for_precursors_is_no_drug_case():
    assert judged(case_kind="narcotics", decision_kind="permit") is None


@pytest.mark.parametrize("code", ["minor", "public_attention", "foreigner", "other"])
def test_a_case_registered_as_sensitive_is_held_for_a_person(code):
    assert judged(sensitive=[code]) == "sensitive"


def test_a_release_of_a_sensitive_case_does_not_cover_what_is_registered_later():
    released = {"codes": ["sensitive"], "about": {"sensitive": ["media"]}}
    assert judged(sensitive=["media"], released=released) is None
    assert judged(sensitive=["media", "minor"], released=released) == "sensitive"


def test_of_two_reasons_the_second_holds_when_the_first_was_released():
    released = {"codes": ["age_unknown"], "about": {"age_unknown": ["A"]}}
    given = {"parties": unknown("A"), "sensitive": ["media"]}
    assert judged(**given) == "age_unknown"
    assert judged(**given, released=released) == "sensitive"
