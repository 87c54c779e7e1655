"""The warning about a silent publisher: what moves it, what does not, whose it is."""

import pytest
from tasks.given import at_desk_of, said

from mingjing_shared.directory.tree import Unit, UnitTree
from mingjing_tasks.acts.silence import tell_silence
from mingjing_tasks.acts.warning import close, explain, take
from mingjing_tasks.rules.live import Last
from mingjing_tasks.rules.silence import HEARD, LEARNING, NEVER, OFF, SILENT, Verdict
from mingjing_tasks.rules.warning import top_unit
from support.officers import CITY, an_officer

FIRST, SECOND = Last(1_790_000_000.0, "/huainan/casework#1"), Last(1_790_000_900.0, "c#2")
QUIET = Verdict(SILENT, FIRST, 12.0)


async def told(tasks, verdict, who="casework"):
    """The verdict is written; how the warnings stand then."""
    async with tasks.transaction() as tx:
        await tell_silence(tx, {who: verdict})
    rows = await tasks.all("SELECT subject, state, owner_unit FROM warnings ORDER BY subject")
    return [tuple(row) for row in rows]


async def types(tasks):
    return [type_.removeprefix("warning.") for type_, _ in await said(tasks)]


RAISED = [("casework", "raised", CITY)]


@pytest.mark.parametrize(
    "verdict",
    [Verdict(NEVER), Verdict(LEARNING, FIRST), Verdict(OFF, FIRST), Verdict(HEARD, FIRST)],
)
async def test_without_silence_there_is_no_warning(tasks, directory, verdict):
    assert await told(tasks, verdict) == []
    assert await types(tasks) == []


async def test_silence_warns_the_operators_of_the_bureau_once(tasks, directory):
    for missed in (12.0, 13.0, 14.0):
        assert await told(tasks, Verdict(SILENT, FIRST, missed)) == RAISED
    ((type_, data),) = await said(tasks)
    assert (type_, data["kind"], data["subject"]) == (
        "warning.raised",
        "publisher_silent",
        "casework",
    )
    assert (data["owner_unit"], data["owner_role"]) == (CITY, "operator")
    assert data["caused_by"] == [FIRST.name]
    assert "case_number" not in data


async def test_without_a_directory_it_stands_and_is_told_when_there_is_one(tasks):
    assert await told(tasks, QUIET) == [("casework", "raised", None)]
    assert await types(tasks) == []


@pytest.mark.parametrize(
    "verdict",
    [Verdict(HEARD, FIRST, 3.0), Verdict(LEARNING, FIRST), Verdict(NEVER), Verdict("unknown")],
)
async def test_that_nothing_more_is_known_clears_nothing(tasks, directory, verdict):
    await told(tasks, QUIET)
    assert await told(tasks, verdict) == RAISED
    assert await types(tasks) == ["raised"]


async def test_the_next_event_clears_it_and_a_silence_after_it_is_told_anew(tasks, directory):
    await told(tasks, QUIET)
    assert [row[1] for row in await told(tasks, Verdict(HEARD, SECOND))] == ["cleared"]
    assert await told(tasks, Verdict(SILENT, SECOND, 12.0)) == RAISED
    assert await types(tasks) == ["raised", "cleared", "raised"]


async def test_the_end_of_a_registration_clears_it(tasks, directory):
    await told(tasks, QUIET)
    assert [row[1] for row in await told(tasks, Verdict(OFF, FIRST))] == ["cleared"]
    assert await types(tasks) == ["raised", "cleared"]


async def test_each_publisher_has_its_own(tasks, directory):
    await told(tasks, QUIET)
    rows = await told(tasks, QUIET, "recorders")
    assert [row[0] for row in rows] == ["casework", "recorders"]


async def test_what_people_closed_stays_closed_for_that_silence_alone(tasks, directory):
    await told(tasks, QUIET)
    (row,) = await tasks.all("SELECT warning_id FROM warnings")
    operator, inspector = an_officer("operator"), an_officer("inspector", number="034900")
    async with at_desk_of(tasks, operator) as desk:
        await take(desk, row.warning_id)
        await explain(desk, row.warning_id, "system_fault", "对方机房停电，已联系")
    async with at_desk_of(tasks, inspector) as desk:
        await close(desk, row.warning_id, "情况属实")
    assert [one[1] for one in await told(tasks, QUIET)] == ["closed"]
    assert await told(tasks, Verdict(SILENT, SECOND, 12.0)) == RAISED
    assert await types(tasks) == ["raised", "cleared", "raised"]


def test_the_top_is_whom_nobody_known_is_above():
    def tree(*units):
        return UnitTree({code: Unit(code, code, "city", parent, None) for code, parent in units})

    assert top_unit(tree()) is None
    assert top_unit(tree((CITY, None), ("340403510000", CITY))) == CITY
    assert top_unit(tree((CITY, "340000000000"), ("340403510000", CITY))) == CITY
