"""Each condition of an item at its edge; grounds by the day; what more there is, never less."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_review.rules.catalogue import Catalogue, first_catalogue, judge
from mingjing_review.rules.item import FLAGS, Item
from mingjing_review.rules.versions import Catalogues, Published, differences, shown_state
from mingjing_shared.events.values import Outcome

DAY = date(2026, 9, 18)
PLAIN = {"kind": "penalty", "case_kind": "traffic", "level": "station", "party_kinds": ["person"]}


def an_item(**conditions):
    return Item(code="mine", title="本局条目", source="本局集体讨论", **conditions)


def meets(item, *, outcome=None, flags=(), on=DAY, **about):
    found = judge(
        **{**PLAIN, **about},
        outcome=outcome or Outcome(),
        flags=flags,
        on=on,
        catalogue=Catalogue((item,), "catalogue.340402000000.2"),
    )
    return [reason for reason in found if not reason.is_ground] != []


def money(**sums):
    return {"outcome": Outcome(**sums)}


@pytest.mark.parametrize(
    ("conditions", "text", "met"),
    [
        ({"decision_kinds": ("permit",)}, {"kind": "penalty"}, False),
        ({"decision_kinds": ("permit", "coercion")}, {"kind": "coercion"}, True),
        ({"decision_kinds": ("permit",)}, {"kind": None}, True),  # not known: rather one too many
        ({"case_kinds": ("narcotics",)}, {}, False),
        ({"case_kinds": ("narcotics", "traffic")}, {}, True),
        ({"case_kinds": ("narcotics",)}, {"case_kind": None}, True),
        ({"levels": ("county",)}, {}, False),
        ({"levels": ("station",)}, {}, True),
        ({"levels": ("county",)}, {"level": None}, True),
        ({"penalty_kinds": ("closure",)}, {}, False),
        ({"penalty_kinds": ("closure", "detention")}, money(kinds=("detention",)), True),
        ({"flags": ("social_risk", "hearing_held")}, {"flags": ["social_risk"]}, False),
        (
            {"flags": ("social_risk", "hearing_held")},
            {"flags": ["hearing_held", "social_risk"]},
            True,
        ),
        ({"confiscated": "5000"}, {}, False),
        ({"confiscated": "5000"}, money(confiscated="4999.99"), False),
        ({"confiscated": "5000"}, money(confiscated="5000"), True),
        ({"confiscated": "5000"}, money(confiscated="5000.01"), True),
        ({"detention_days": 10}, money(detention_days=9), False),
        ({"detention_days": 10}, money(detention_days=10), True),
        ({"detention_days": 10}, money(detention_days=11), True),
        ({"detention_days": 10}, {}, False),
        ({"fine_person": "1000"}, money(fine="999.99"), False),
        ({"fine_person": "1000"}, money(fine="1000.00"), True),
        ({"fine_person": "1000"}, money(fine="1000.01"), True),
        ({"fine_organisation": "1000"}, money(fine="9000"), False),
        (
            {"fine_organisation": "1000", "fine_person": "5000"},
            {**money(fine="1000"), "party_kinds": ["organisation"]},
            True,
        ),
        (
            {"fine_organisation": "1000", "fine_person": "500"},
            {**money(fine="500"), "party_kinds": ["organisation", "person"]},
            True,
        ),
        ({"fine_organisation": "1000"}, {**money(fine="1000"), "party_kinds": []}, True),
        ({"fine_at_hearing": True}, money(fine="1999.99"), False),
        ({"fine_at_hearing": True}, money(fine="2000"), True),
        (
            {"fine_at_hearing": True, "case_kinds": ("narcotics",)},
            money(fine="2000"),
            False,
        ),
    ],
)
def test_an_item_is_met_when_all_of_its_conditions_hold(conditions, text, met):
    assert meets(an_item(**conditions), **text) is met


@pytest.mark.parametrize(
    ("on", "amount", "met"),
    [
        (date(2025, 12, 31), "1999.99", False),
        (date(2025, 12, 31), "2000", True),
        (date(2026, 1, 1), "3999.99", False),
        (date(2026, 1, 1), "4000", True),
        (date(2026, 1, 2), "3999.99", False),
        (date(2026, 1, 2), "4000", True),
    ],
)
def test_the_hearing_threshold_of_an_item_moves_with_the_law(on, amount, met):
    item = an_item(fine_at_hearing=True)
    text = {"case_kind": "public_security", "outcome": Outcome(kinds=("fine",), fine=amount)}
    assert meets(item, on=on, **text) is met


def test_an_item_that_says_nothing_is_none():
    with pytest.raises(msgspec.ValidationError, match="没有任何条件"):
        msgspec.convert({"code": "a", "title": "一", "source": "二"}, Item)
    with pytest.raises(ValueError, match="之一"):
        an_item(fine_at_hearing=True, fine_person="1000")


def test_the_reason_names_item_version_and_source():
    item = an_item(detention_days=10)
    held = Catalogue((item,), "catalogue.340402000000.2")
    (reason,) = judge(**PLAIN, outcome=Outcome(detention_days=10), flags=(), on=DAY, catalogue=held)
    assert (reason.catalogue_item, reason.rule, reason.source) == (
        "本局条目",
        "catalogue.340402000000.2.mine",
        "本局集体讨论",
    )


ALL_OF_58 = ["public_interest", "hearing_held", "major_rights", "several_relations",
             "review_by_law"]  # fmt: skip


def grounds(*, on, flags, **about):
    found = judge(**{**PLAIN, **about}, outcome=about.pop("outcome", Outcome()), flags=flags, on=on)
    return [reason.rule.removeprefix("ground.") for reason in found if reason.is_ground]


@pytest.mark.parametrize(
    ("on", "case_kind", "articles"),
    [
        (date(2021, 7, 14), "public_security", []),
        (date(2021, 7, 15), "public_security", ["58"] * 4),
        (date(2021, 7, 16), "traffic", ["58"] * 4),
        (date(2025, 12, 31), "public_security", ["58"] * 4),
        (date(2026, 1, 1), "public_security", ["114"] * 3),  # without the fourth
        (date(2026, 1, 2), "public_security", ["114"] * 3),
        (date(2026, 1, 1), "traffic", ["58"] * 4),
        (date(2026, 1, 1), None, ["58"] * 4),
    ],
)
def test_the_law_s_own_grounds_are_those_of_the_day_and_of_the_field(on, case_kind, articles):
    found = grounds(on=on, case_kind=case_kind, flags=ALL_OF_58)
    assert [rule.split(".")[0] for rule in found] == articles


def test_the_grounds_stand_beside_any_catalogue():
    empty = Catalogue((), "catalogue.340402000000.2")
    found = judge(**PLAIN, outcome=Outcome(), flags=["public_interest"], on=DAY, catalogue=empty)
    assert [reason.rule for reason in found] == ["ground.58.public_interest"]


@pytest.mark.parametrize("kind", ["permit", "coercion", "no_penalty", "other"])
def test_the_grounds_are_those_of_penalties(kind):
    assert grounds(on=DAY, flags=ALL_OF_58, kind=kind) == []


@pytest.mark.parametrize(
    ("flags", "outcome", "met"),
    [
        (["hearing_held"], {}, False),
        (["major_rights"], {}, False),
        (["hearing_held", "major_rights"], {}, True),
        (["hearing_held"], {"kinds": ("licence_revocation",)}, True),
        (["hearing_held"], {"kinds": ("fine",), "fine": "1999.99"}, False),
        (["hearing_held"], {"kinds": ("fine",), "fine": "2000"}, True),
        ([], {"kinds": ("licence_revocation",)}, False),
    ],
)
def test_major_rights_count_only_together_with_a_hearing(flags, outcome, met):
    found = judge(**PLAIN, outcome=Outcome(**outcome), flags=flags, on=DAY)
    assert ("ground.58.rights_after_hearing" in {one.rule for one in found}) is met


AMOUNTS = st.decimals(0, 20000, places=2).map(str)
ITEMS = st.builds(
    an_item,
    decision_kinds=st.sampled_from([(), ("penalty",), ("permit",)]),
    case_kinds=st.sampled_from([(), ("traffic",), ("narcotics",)]),
    levels=st.sampled_from([(), ("station",), ("county",)]),
    penalty_kinds=st.sampled_from([("fine",), ("closure", "fine")]),
    flags=st.sampled_from([(), ("social_risk",)]),
    fine_person=st.none() | AMOUNTS,
    fine_organisation=st.none() | AMOUNTS,
    confiscated=st.none() | AMOUNTS,
    detention_days=st.none() | st.integers(1, 20),
)
TEXTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([None, "penalty", "permit"]),
        "case_kind": st.sampled_from([None, "traffic", "public_security"]),
        "level": st.sampled_from([None, "station", "county"]),
        "party_kinds": st.sets(st.sampled_from(["person", "organisation"])),
        "flags": st.sets(st.sampled_from(sorted(FLAGS))),
        "on": st.dates(date(2018, 12, 5), date(2026, 12, 31)),
    }
)
OUTCOMES = st.builds(
    Outcome,
    kinds=st.sampled_from([(), ("fine",), ("fine", "detention")]),
    fine=st.none() | AMOUNTS,
    confiscated=st.none() | AMOUNTS,
    detention_days=st.none() | st.integers(0, 20),
)


def rules(text, outcome, items):
    held = Catalogue(tuple(items), "catalogue.340402000000.2")
    return {(r.rule, r.title) for r in judge(**text, outcome=outcome, catalogue=held)}


@given(TEXTS, OUTCOMES, st.lists(ITEMS, max_size=4), ITEMS)
def test_one_more_item_never_removes_a_reason(text, outcome, items, more):
    assert rules(text, outcome, items) <= rules(text, outcome, [*items, more])


@given(TEXTS, OUTCOMES, st.lists(ITEMS, max_size=4), st.decimals(0, 5000, places=2))
def test_a_higher_sum_never_needs_review_less(text, outcome, items, more):
    def raised(amount):
        return None if amount is None else str(Decimal(amount) + more)

    higher = msgspec.structs.replace(
        outcome,
        fine=raised(outcome.fine),
        confiscated=raised(outcome.confiscated),
        detention_days=None
        if outcome.detention_days is None
        else outcome.detention_days + int(more),
    )
    named = {title for _, title in rules(text, outcome, items)}
    assert named <= {title for _, title in rules(text, higher, items)}
    assert bool(rules(text, outcome, items)) <= bool(rules(text, higher, items))


def published(unit, number, valid_from):
    return Published(
        f"{unit}/{number}", unit, number, valid_from, (an_item(detention_days=number),)
    )


UNITS = [
    ("city", [{"valid_from": "2018-01-01", "name": "市局", "level": "city"}]),
    ("county", [{"valid_from": "2018-01-01", "name": "分局", "level": "county", "parent": "city"}]),
    (
        "station",
        [
            {"valid_from": "2018-01-01", "name": "所", "level": "station", "parent": "county"},
            {"valid_from": "2026-06-01", "name": "所", "level": "station", "parent": "city"},
        ],
    ),
]


@pytest.mark.parametrize(
    ("unit", "on", "held"),
    [
        ("station", date(2026, 1, 31), None),
        ("station", date(2026, 2, 1), "city/1"),
        ("station", date(2026, 2, 28), "city/1"),
        ("station", date(2026, 3, 1), "county/1"),  # the nearest above it
        ("station", date(2026, 5, 31), "county/1"),
        ("station", date(2026, 6, 1), "city/2"),  # it moved: of the city by then
        ("county", date(2026, 6, 2), "county/1"),
        ("city", date(2026, 5, 30), "city/1"),
        ("city", date(2026, 5, 31), "city/2"),
        ("elsewhere", date(2026, 6, 1), None),
    ],
)
def test_a_unit_goes_by_the_nearest_catalogue_of_the_day(unit, on, held):
    catalogues = Catalogues(
        {
            "city": [
                published("city", 2, date(2026, 5, 31)),
                published("city", 1, date(2026, 2, 1)),
            ],
            "county": [published("county", 1, date(2026, 3, 1))],
        },
        UNITS,
    )
    found = catalogues.version_for(unit, on)
    assert (found and found.version_id) == held


def test_of_two_that_begin_on_one_day_the_newer_holds():
    first, second = published("city", 1, DAY), published("city", 2, DAY)
    for versions in ([first, second], [second, first]):
        assert Catalogues({"city": versions}, UNITS).version_for("city", DAY) == second


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 9, 17), "announced"),
        (date(2026, 9, 18), "in_force"),
        (date(2026, 9, 29), "in_force"),
        (date(2026, 9, 30), "replaced"),
    ],
)
def test_a_published_version_is_in_force_until_the_next_one_is(today, state):
    assert shown_state("published", DAY, date(2026, 9, 30), today) == state


def test_differences_are_told_item_by_item():
    before = first_catalogue(DAY).items
    closure = next(item for item in before if item.code == "closure")
    changed = msgspec.structs.replace(closure, case_kinds=("traffic",))
    after = [item for item in before if item.code not in {"closure", "licence_revocation"}]
    found = differences(before, [*after, changed, an_item(detention_days=5)])
    assert [(one.what, one.code) for one in found if one.what != "kept"] == [
        ("changed", "closure"),
        ("added", "mine"),
        ("struck", "licence_revocation"),
    ]
