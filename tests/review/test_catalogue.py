"""Which decisions need legal review, item by item and by the day of the proposal."""

from datetime import date

import msgspec
import pytest

from mingjing_review.rules.catalogue import CATALOGUE, CatalogueItem, judge, kinds_against
from mingjing_shared.events.values import Outcome
from mingjing_shared.law.errors import NoRuleInForce

NOTHING = Outcome()
LATEST = date(2026, 9, 18)


def items(reasons):
    return [reason.catalogue_item for reason in reasons]


def judged(  # the plainest text there is, but for what the test changes
    *, case_kind="traffic", party_kinds=("person",), outcome=NOTHING, flags=(), on=LATEST
):
    return judge(case_kind=case_kind, party_kinds=party_kinds, outcome=outcome, flags=flags, on=on)


def fine(amount):
    return Outcome(kinds=("fine",), fine=amount)


def test_before_the_first_catalogue_nothing_is_judged():
    with pytest.raises(NoRuleInForce, match="2018-12-04"):
        judged(on=date(2018, 12, 4))


def test_an_item_must_name_one_condition():
    given = {
        "id": "catalogue.odd",
        "title": "试验",
        "valid_from": date(2018, 12, 5),
        "source": "试验规定§1",
        "confidence": "assumed",
    }
    for conditions in ({}, {"flag": "social_risk", "penalty_kind": "closure"}):
        with pytest.raises(msgspec.ValidationError, match="must be set"):
            msgspec.convert({**given, **conditions}, CatalogueItem)


def test_a_plain_text_needs_no_review():
    assert judged() == ()
    assert judged(outcome=Outcome(kinds=("warning", "detention", "confiscation_of_goods"))) == ()


@pytest.mark.parametrize("on", [date(2018, 12, 5), date(2021, 7, 14), date(2021, 7, 15), LATEST])
@pytest.mark.parametrize(
    "flag",
    [
        *("public_interest", "social_risk", "major_rights", "hearing_held"),
        *("several_relations", "crime_suspected"),
    ],
)
def test_what_a_proposal_says_of_itself_brings_it_into_the_catalogue(flag, on):
    (reason,) = [one for one in judged(flags=[flag], on=on) if not one.is_ground]
    assert reason.catalogue_item == flag
    assert reason.rule == f"catalogue.{flag}"
    assert reason.source == CATALOGUE[flag].in_force_on(on).source


@pytest.mark.parametrize("kind", ["licence_revocation", "business_suspension", "closure"])
def test_the_heavy_kinds_of_penalty_need_review(kind):
    assert items(judged(outcome=Outcome(kinds=(kind,)))) == [kind]


def test_every_reason_is_named():
    outcome = Outcome(kinds=("closure", "fine"), fine="2000")
    found = judged(outcome=outcome, flags=["social_risk"])
    assert items(found) == ["social_risk", "closure", "fine_at_hearing_threshold"]


@pytest.mark.parametrize(
    ("case_kind", "party_kinds", "on", "amount", "needs_review"),
    [
        # 治安 persons: 2,000 until 2025-12-31, 4,000 from the day after
        ("public_security", ["person"], date(2025, 12, 30), "1999.99", False),
        ("public_security", ["person"], date(2025, 12, 30), "2000", True),
        ("public_security", ["person"], date(2025, 12, 31), "1999.99", False),
        ("public_security", ["person"], date(2025, 12, 31), "2000.00", True),
        ("public_security", ["person"], date(2025, 12, 31), "3999.99", True),
        ("public_security", ["person"], date(2026, 1, 1), "2000", False),
        ("public_security", ["person"], date(2026, 1, 1), "3999.99", False),
        ("public_security", ["person"], date(2026, 1, 1), "4000", True),
        ("public_security", ["person"], date(2026, 1, 2), "4000.01", True),
        # 治安 organisations, and all others
        ("public_security", ["organisation"], date(2026, 1, 1), "9999.99", False),
        ("public_security", ["organisation"], date(2026, 1, 1), "10000", True),
        ("traffic", ["person"], date(2026, 1, 1), "1999.99", False),
        ("traffic", ["person"], date(2026, 1, 1), "2000", True),
        ("cyber", ["organisation"], date(2026, 1, 1), "9999.99", False),
        ("cyber", ["organisation"], date(2026, 1, 1), "10000", True),
        (None, ["person"], date(2026, 1, 1), "2000", True),
        # several parties, and none known: the lowest
        ("public_security", ["organisation", "person"], date(2026, 1, 1), "4000", True),
        ("public_security", ["organisation", "person"], date(2026, 1, 1), "3999", False),
        ("traffic", [], date(2026, 1, 1), "2000", True),
    ],
)
def test_a_fine_needs_review_from_the_hearing_threshold_on(
    case_kind, party_kinds, on, amount, needs_review
):
    found = judged(case_kind=case_kind, party_kinds=party_kinds, outcome=fine(amount), on=on)
    assert items(found) == (["fine_at_hearing_threshold"] if needs_review else [])


def test_the_reason_of_a_fine_names_the_threshold_and_its_law():
    (reason,) = judged(case_kind="public_security", outcome=fine("2000"), on=date(2025, 12, 31))
    assert reason.rule == "hearing.fine.public_security.person"
    assert reason.source.startswith("治安管理处罚法（2012年修正）§98")


@pytest.mark.parametrize(
    ("parties", "kinds"),
    [
        ([("organisation", "suspect"), ("person", "victim")], {"organisation"}),
        ([("organisation", "penalised"), ("person", "suspect")], {"organisation", "person"}),
        ([("person", "witness"), ("organisation", None)], {"organisation"}),
        ([("person", "reporter"), ("person", "guardian")], set()),
    ],
)
def test_only_those_whom_a_decision_is_against_count(parties, kinds):
    assert kinds_against([{"kind": kind, "role": role} for kind, role in parties]) == kinds
