"""References: the same for one person or case everywhere, and saying nothing without the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.privacy.references import References

KEY = b"an installation key of the tests"
REFERENCES = References(KEY)
RESIDENT, CODE, PASSPORT = "11010519491231002X", "91350100M000100Y43", "E12345678"
CASE = "田公（网）2026-01183"


def party(ordinal=0, case_number=CASE, **identifiers):
    return REFERENCES.party(case_number=case_number, ordinal=ordinal, **identifiers)


def test_two_mentions_without_a_number_are_never_taken_for_one_person():
    weak = [
        party(0),
        party(1),
        party(0, "田公（网）2026-01184"),
        party(0, passport=PASSPORT, case_number="丙1"),
        party(0, country="US", case_number="丁1"),
    ]
    assert all(reference.weak for reference in weak)
    assert len({reference.value for reference in weak}) == len(weak)


def test_a_weak_reference_is_never_that_of_a_number():
    strong = [party(resident_id=RESIDENT), party(social_credit_code=CODE),
              party(passport=PASSPORT, country="US")]  # fmt: skip
    assert not any(reference.weak for reference in strong)
    assert party(0).value not in {reference.value for reference in strong}
    assert len({reference.value for reference in strong}) == 3


@pytest.mark.parametrize(
    ("given_", "same_as"),
    [
        ({"resident_id": RESIDENT, "social_credit_code": CODE}, {"resident_id": RESIDENT}),
        ({"resident_id": RESIDENT, "passport": PASSPORT, "country": "US"},
         {"resident_id": RESIDENT}),
        ({"social_credit_code": CODE, "passport": PASSPORT, "country": "US"},
         {"social_credit_code": CODE}),
        ({"resident_id": "", "passport": PASSPORT, "country": "US"},
         {"passport": PASSPORT, "country": "US"}),
        ({"resident_id": " 11010519491231002x "}, {"resident_id": RESIDENT}),
        ({"passport": "e12345678", "country": " us"}, {"passport": PASSPORT, "country": "US"}),
    ],
)  # fmt: skip
def test_the_strongest_number_counts_however_it_is_written(given_, same_as):
    assert party(**given_) == party(7, "另案1", **same_as)


def test_the_same_digits_as_another_kind_of_number_are_another_party():
    one = party(passport=RESIDENT, country="CN")
    assert one.value != party(resident_id=RESIDENT).value
    assert party(passport=PASSPORT, country="US") != party(passport=PASSPORT, country="GB")


@pytest.mark.parametrize(
    "number",
    [CASE, "田公(网)2026-01183", "田公（网）２０２６-01183", " 田公(网)2026-01183"],
)
def test_a_case_has_one_reference_however_its_number_is_written(number):
    assert REFERENCES.case(number) == REFERENCES.case(CASE)


def test_another_installation_has_other_references():
    other = References(b"another installation's key, also")
    assert other.case(CASE) != REFERENCES.case(CASE)
    mine, theirs = (r.party(case_number=CASE, ordinal=0, resident_id=RESIDENT)
                    for r in (REFERENCES, other))  # fmt: skip
    assert mine != theirs


@given(st.integers(0, 10**17))
def test_a_reference_shows_nothing_of_what_it_stands_for(number):
    reference = party(resident_id=f"{number:018d}").value
    assert f"{number:018d}" not in reference
    assert len(reference) == 34
    assert not party(resident_id=f"{number:018d}").weak
