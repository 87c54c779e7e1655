"""What officers do about warnings: what is refused, then what is kept and told."""

import pytest
from tasks.given import (
    a_bypass,
    a_case,
    a_decision,
    apply,
    at_desk_of,
    audited,
    cleared,
    of_disclosure,
    of_review,
    said,
)

from mingjing_shared.errors import Conflict, NotAllowed
from mingjing_shared.events.disclosure import DisclosureOverdue, DisclosurePublished
from mingjing_shared.events.review import ReviewOverdue
from mingjing_shared.web.problems import NotFound
from mingjing_tasks.acts.warning import close, explain, take
from support.officers import CITY, COUNTY, ELSEWHERE, STATION, an_officer
from support.people import NUMBER

HEAD = an_officer("unit_head", number="034100", unit=COUNTY)
INSPECTOR = an_officer("inspector", number="034900", unit=CITY)


@pytest.fixture
async def warning_id(tasks, directory):
    """A decision of the station that was made without review."""
    await apply(tasks, a_case(unit=STATION), a_decision(unit=STATION), a_bypass())
    return await only_warning(tasks)


async def only_warning(tasks, kind="decision_without_review"):
    rows = await tasks.all("SELECT warning_id FROM warnings WHERE kind = :kind", kind=kind)
    return rows[0].warning_id


async def state(tasks, warning_id):
    rows = await tasks.all("SELECT state FROM warnings WHERE warning_id = :id", id=warning_id)
    return rows[0].state


async def does(tasks, officer, act, *given):
    async with at_desk_of(tasks, officer) as desk:
        await act(desk, *given)


async def explained(tasks, warning_id, officer=HEAD):
    await does(tasks, officer, take, warning_id)
    await does(tasks, officer, explain, warning_id, "oversight", "已经补审")


@pytest.mark.parametrize(
    "officer",
    [
        an_officer("unit_head", unit=ELSEWHERE),
        an_officer("case_handler", unit=STATION),
        an_officer("legal_reviewer", unit=COUNTY),
        an_officer("disclosure_editor", unit=CITY),
        an_officer("operator", unit=CITY),
        an_officer(unit=STATION),
    ],
    ids=lambda officer: f"{officer.titles or 'no role'} {officer.unit}",
)
async def test_whom_it_is_not_addressed_to_does_not_take_it(tasks, warning_id, officer):
    with pytest.raises(NotAllowed):
        await does(tasks, officer, take, warning_id)
    assert await tasks.all("SELECT 1 FROM warning_acts") == []


async def test_a_warning_nobody_knows_is_not_found(tasks, directory):
    with pytest.raises(NotFound):
        await does(tasks, HEAD, take, "no such warning")


async def test_what_was_not_taken_is_not_explained(tasks, warning_id):
    with pytest.raises(Conflict, match="尚未签收"):
        await does(tasks, HEAD, explain, warning_id, "oversight", "x")


async def test_what_was_not_explained_is_not_closed(tasks, warning_id):
    await does(tasks, HEAD, take, warning_id)
    with pytest.raises(Conflict, match="尚无情况说明"):
        await does(tasks, INSPECTOR, close, warning_id, "查明")


async def test_nobody_closes_what_the_same_officer_explained(tasks, warning_id):
    both = an_officer(("unit_head", COUNTY), ("inspector", CITY), number="034100")
    await explained(tasks, warning_id, both)
    with pytest.raises(NotAllowed, match="签收或说明"):
        await does(tasks, both, close, warning_id, "查明")


async def test_nobody_closes_what_the_same_officer_took_and_another_explained(tasks, warning_id):
    both = an_officer(("unit_head", COUNTY), ("inspector", CITY), number="034109")
    await does(tasks, both, take, warning_id)
    await does(tasks, HEAD, explain, warning_id, "oversight", "已经补审")
    with pytest.raises(NotAllowed, match="签收或说明"):
        await does(tasks, both, close, warning_id, "查明")


@pytest.mark.parametrize(
    ("who_explained", "who_closes"),
    [
        (HEAD, an_officer(("inspector", CITY, "034100"), number="034901")),
        (an_officer(("unit_head", COUNTY, "034900"), number="034101"), INSPECTOR),
        (
            an_officer(("unit_head", COUNTY, "034900"), number="034101"),
            an_officer(("bureau_leader", CITY, "034900"), number="034902"),
        ),
        (
            an_officer(("unit_head", COUNTY, "034900"), number="034101"),
            an_officer("inspector", number="034101", unit=CITY),
        ),
    ],
    ids=["stands in for him", "was stood in for", "two stand in for one", "stood in for him"],
)
async def test_a_deputy_counts_as_whom_the_deputy_stands_in_for(
    tasks, warning_id, who_explained, who_closes
):
    await explained(tasks, warning_id, who_explained)
    with pytest.raises(NotAllowed, match="签收或说明"):
        await does(tasks, who_closes, close, warning_id, "查明")
    assert await state(tasks, warning_id) == "raised"


async def test_a_deputy_of_somebody_else_closes(tasks, warning_id):
    await explained(tasks, warning_id, an_officer(("unit_head", COUNTY, "034102"), number="034101"))
    deputy = an_officer(("bureau_leader", CITY, "010007"), number="034902")
    await does(tasks, deputy, close, warning_id, "查明")
    rows = await tasks.all("SELECT what, officer, instead_of FROM warning_acts ORDER BY number")
    assert [tuple(row) for row in rows] == [
        ("taken", "034101", "034102"),
        ("explained", "034101", "034102"),
        ("closed", "034902", "010007"),
    ]


@pytest.mark.parametrize("officer", [HEAD, an_officer("case_manager", unit=CITY)])
async def test_only_overseers_close(tasks, warning_id, officer):
    await explained(tasks, warning_id)
    with pytest.raises(NotAllowed):
        await does(tasks, officer, close, warning_id, "查明")


async def test_the_right_is_asked_before_the_state(tasks, warning_id):
    await apply(tasks, cleared())
    for act, given in ((take, ()), (explain, ("oversight", "x")), (close, ("查明",))):
        with pytest.raises(NotAllowed):
            await does(tasks, an_officer("operator", unit=CITY), act, warning_id, *given)


async def test_what_facts_cleared_needs_nothing_more(tasks, warning_id):
    await apply(tasks, cleared())
    for act in (lambda: does(tasks, HEAD, take, warning_id),):
        with pytest.raises(Conflict, match="已由事实消除"):
            await act()


async def test_taking_and_explaining_leaves_the_warning_standing(tasks, warning_id):
    await explained(tasks, warning_id)
    assert await state(tasks, warning_id) == "raised"
    assert await audited(tasks) == [("tasks.take_unit_head", "done")] * 2
    assert [type_ for type_, _ in await said(tasks)] == ["warning.raised"]


async def test_closing_is_told_as_cleared_and_the_words_stay_here(tasks, warning_id):
    await explained(tasks, warning_id)
    await does(tasks, INSPECTOR, close, warning_id, "查明某某某的责任")
    assert await state(tasks, warning_id) == "closed"
    type_, data = (await said(tasks))[-1]
    assert (type_, data["warning_id"]) == ("warning.cleared", warning_id)
    assert "查明" not in str(await said(tasks))
    history = await tasks.all("SELECT state FROM warning_history ORDER BY revision")
    assert [row.state for row in history] == ["raised", "closed"]


async def test_what_was_closed_stays_closed_when_the_same_facts_are_looked_at_again(
    tasks, warning_id
):
    await explained(tasks, warning_id)
    await does(tasks, INSPECTOR, close, warning_id, "查明")
    before = await said(tasks)
    await apply(tasks, a_case(unit=STATION))
    assert await state(tasks, warning_id) == "closed"
    assert await said(tasks) == before


async def test_what_was_closed_stands_anew_when_facts_raise_it_anew(tasks, warning_id):
    await explained(tasks, warning_id)
    await does(tasks, INSPECTOR, close, warning_id, "查明")
    await apply(tasks, a_bypass(how="other_text"))
    assert await state(tasks, warning_id) == "raised"
    assert [type_ for type_, _ in await said(tasks)][-1] == "warning.raised"


async def test_facts_clear_what_was_only_explained(tasks, directory):
    await apply(tasks, a_case(unit=STATION), of_disclosure(DisclosureOverdue, due_on="2026-09-20"))
    warning_id = await only_warning(tasks, "publication_overdue")
    await explained(tasks, warning_id, an_officer("disclosure_editor", number="034500", unit=CITY))
    await apply(tasks, of_disclosure(DisclosurePublished))
    assert await state(tasks, warning_id) == "cleared"


async def test_a_reviewer_of_the_unit_above_takes_what_is_addressed_to_review(tasks, directory):
    await apply(tasks, a_case(unit=STATION), of_review(ReviewOverdue, decide_by="2026-09-20"))
    warning_id = await only_warning(tasks, "review_overdue")
    with pytest.raises(NotAllowed):
        await does(tasks, HEAD, take, warning_id)
    await does(tasks, an_officer("legal_reviewer", unit=COUNTY), take, warning_id)


async def test_the_page_of_the_case_says_that_a_warning_was_taken(browser, tasks, warning_id):
    ref = tasks.installation.references.case(NUMBER)
    async with browser("inspector", unit=CITY) as client:
        before = (await client.get(f"/tasks/cases/{ref}")).text
        await does(tasks, HEAD, take, warning_id)
        after = (await client.get(f"/tasks/cases/{ref}")).text
    assert ("未审先决预警 · 待签收" in before, "未审先决预警 · 办理中" in after) == (True, True)
