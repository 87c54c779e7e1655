"""A text is judged by the catalogue that holds for its unit on its day, whatever came first."""

from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_review.handlers import ALARMS, HANDLERS
from mingjing_review.rules.item import Item
from mingjing_review.store.catalogue import CLOCK
from mingjing_review.tables import CATALOGUE_VERSIONS
from mingjing_shared.clock import legal_now
from mingjing_shared.messaging.clocks import Clock, fire_due, set_clocks
from support.cataloguing import Catalogues, a_version, the_drafter
from support.officers import CITY, COUNTY, STATION
from support.review import Review, a_case, a_proposal
from support.reviewing import the_directory

CONFISCATION = {"kinds": ["confiscation_of_goods"], "confiscated": "5000"}


def item(code, **conditions):
    made = Item(code=code, title=f"条目{code}", source="本局集体讨论", **conditions)
    return msgspec.to_builtins(made)


def seized(decision_id, day, unit=STATION):
    return a_proposal(
        decision_id=decision_id,
        unit=unit,
        outcome=CONFISCATION,
        proposed_at=f"{day}T09:00:00+08:00",
    )


async def test_a_version_holds_from_its_day_on(bench):
    await bench.review.apply(*the_directory(), a_case())
    await Catalogues(bench).to("published", valid_from="2026-09-23")
    days = ("2026-09-22", "2026-09-23", "2026-09-24")
    await bench.review.apply(*(seized(f"D{day[-2:]}", day) for day in days))
    states = [await bench.review.state(f"D{day[-2:]}") for day in days]
    assert states == ["not_required", "review_required", "review_required"]
    row = await bench.review.review("D23")
    assert row.reasons == [
        {
            "catalogue_item": "较大数额没收",
            "rule": f"catalogue.{COUNTY}.1.item_1",
            "source": "本局2026年第3次集体讨论",
        }
    ]
    assert "列入审核目录（较大数额没收）" in row.says


async def test_what_was_dated_ahead_is_judged_anew_when_the_version_is_published(bench):
    await bench.review.apply(*the_directory(), a_case(), seized("D1", "2026-09-23"))
    assert await bench.review.state() == "not_required"
    await Catalogues(bench).to("published", valid_from="2026-09-23")
    assert await bench.fire() == 1
    assert await bench.review.state() == "review_required"
    told = await bench.review.told()
    assert told[-1] == "review.required"


async def test_a_ground_and_an_item_can_both_be_reasons(bench):
    await bench.review.apply(*the_directory(), a_case(kind="traffic"))
    await Catalogues(bench).to("published", valid_from="2026-09-23")
    text = a_proposal(
        unit=STATION,
        outcome=CONFISCATION,
        proposed_at="2026-09-23T09:00:00+08:00",
        public_interest=True,
    )
    await bench.review.apply(text)
    row = await bench.review.review()
    assert [reason["rule"] for reason in row.reasons] == [
        "ground.58.public_interest",
        f"catalogue.{COUNTY}.1.public_interest",
        f"catalogue.{COUNTY}.1.item_1",
    ]
    assert row.says.startswith("属于法律规定应当审核的情形（涉及重大公共利益），列入审核目录（")


async def test_units_that_come_late_are_judged_by_their_own_catalogue(review):
    async with review.database.transaction() as tx:
        await tx.execute("DELETE FROM directory_units")
        await tx.insert(CATALOGUE_VERSIONS, [a_version(
            CITY, 1, date(2026, 9, 1), [item("seized", confiscated="1000")]
        )])  # fmt: skip
    await review.apply(a_case(), seized("D1", "2026-09-18"))
    assert await review.state() == "not_required"  # nobody told yet of whom the station is a part
    await review.apply(*the_directory())
    assert await review.state() == "review_required"


VERSIONS = st.lists(
    st.tuples(
        st.sampled_from([CITY, COUNTY]),
        st.sampled_from([date(2026, 9, 17), date(2026, 9, 18), date(2026, 9, 19)]),
        st.sampled_from(
            [
                [item("seized", confiscated="5000")],
                [item("high", confiscated="5000.01")],
                [item("station", levels=("police_station",))],
                [item("county", levels=("district_branch",))],
            ]
        ),
    ),
    max_size=4,
)
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["D1", "D2"]),
        st.sampled_from(["2026-09-16", "2026-09-17", "2026-09-18", "2026-09-19"]),
        st.sampled_from([STATION, COUNTY]),
    ),
    min_size=1,
    max_size=4,
)


async def publish(database, row):
    """A version as the act leaves it: the row, and a clock that is due at once."""
    async with database.transaction() as tx:
        await tx.insert(CATALOGUE_VERSIONS, [row])
        await set_clocks(tx, [Clock(CLOCK, row["version_id"], legal_now(), "test")])
    async with database.transaction() as tx:
        await fire_due(tx, {CLOCK: ALARMS[CLOCK]})


async def standing(database, steps):
    """Where all reviews stand after these facts and publications, in this order."""
    review = Review(database)
    await review.forget_all()
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM directory_units")
    for step in steps:
        if isinstance(step, dict):
            await publish(database, step)
        else:
            async with database.transaction() as tx:
                await HANDLERS[type(step.event)]([step], tx)
    rows = await database.all("SELECT decision_id, state, says, reasons FROM reviews ORDER BY 1")
    return [tuple(row) for row in rows]


@given(VERSIONS, TEXTS, st.data())
@settings(max_examples=40)
async def test_publications_texts_and_units_in_any_order_lead_to_the_same(
    review_database, versions, texts, data
):
    rows = [
        a_version(unit, number, valid_from, items)
        for number, (unit, valid_from, items) in enumerate(versions, 1)
    ]
    facts = [seized(*text) for text in texts]
    steps = [*the_directory()[:4], a_case(), *rows, *facts]
    expected = await standing(review_database, steps)
    for _ in range(2):
        shuffled = data.draw(st.permutations(steps))
        assert await standing(review_database, shuffled) == expected


async def test_a_draft_judges_nothing(bench):
    await bench.review.apply(*the_directory(), a_case())
    await Catalogues(bench).to("approved")
    await bench.review.apply(seized("D1", "2026-09-23"))
    assert await bench.review.state() == "not_required"


async def test_striking_an_item_is_a_difference_that_the_page_shows(bench):
    await bench.review.apply(*the_directory())
    catalogue = Catalogues(bench)
    await catalogue.to("drafted")
    assert (await catalogue.act("strike", the_drafter, code="closure")).status_code == 303
    page = await bench.get(the_drafter, catalogue.base)
    assert "1 项新增，0 项修改，1 项删除" in page.text
    assert "<del>责令关闭</del>" in page.text
