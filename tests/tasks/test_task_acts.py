"""What officers do about tasks: what is refused, then what is kept and told."""

import pytest
from tasks.given import at_desk_of, audited, said

from mingjing_shared.errors import Conflict, InvalidInput, NotAllowed
from mingjing_tasks.acts.task import Report, accept, report, verify
from mingjing_tasks.rules.evidence import read_evidence
from mingjing_tasks.store.task import acts_of
from support.officers import CITY, COUNTY, STATION, an_officer

HEAD = an_officer("unit_head", number="034100", unit=COUNTY)
MANAGER = an_officer("case_manager", number="034017", unit=CITY)
INSPECTOR = an_officer("inspector", number="034900", unit=CITY)
SHOWN = [{"kind": "blob", "value": "a" * 64}]
DONE = Report("全部完成", 100, done=True, evidence=SHOWN)
HALF = Report("做了一半", 50, done=False, evidence=[])


async def reported(tasks, officer, said_, number=16, unit=COUNTY):
    async with at_desk_of(tasks, officer) as desk:
        await report(desk, number, unit, said_)


@pytest.mark.parametrize(
    "officer",
    [
        an_officer("case_handler", unit=COUNTY),
        an_officer("legal_reviewer", unit=COUNTY),
        INSPECTOR,
        an_officer("bureau_leader", unit=CITY),
        an_officer(unit=COUNTY),
    ],
    ids=lambda officer: officer.titles or "no role",
)
async def test_nobody_else_signs_or_reports(tasks, officer):
    for act in (lambda desk: accept(desk, 16, COUNTY), lambda d: report(d, 16, COUNTY, HALF)):
        with pytest.raises(NotAllowed, match="不在您的权限之内"):
            async with at_desk_of(tasks, officer) as desk:
                await act(desk)
    assert await acts_of(tasks, 16) == []


async def test_a_head_does_not_report_for_another_unit(tasks):
    with pytest.raises(NotAllowed):
        await reported(tasks, HEAD, HALF, unit=STATION)


async def test_done_without_evidence_is_refused(tasks):
    with pytest.raises(InvalidInput, match="必须附依据"):
        await reported(tasks, HEAD, Report("做完了", 100, done=True, evidence=[]))


@pytest.mark.parametrize(("share", "done"), [(101, False), (-1, False), (99, True)])
async def test_a_share_that_is_none_is_refused(tasks, share, done):
    with pytest.raises(InvalidInput, match=f"{share}"):
        await reported(tasks, HEAD, Report("x", share, done=done, evidence=SHOWN))


async def test_a_unit_signs_once(tasks):
    async with at_desk_of(tasks, HEAD) as desk:
        await accept(desk, 16, COUNTY)
    with pytest.raises(Conflict, match="已经签收"):
        async with at_desk_of(tasks, HEAD) as desk:
            await accept(desk, 16, COUNTY)


async def test_what_is_not_called_done_is_not_checked(tasks):
    for said_ in (None, HALF):
        if said_:
            await reported(tasks, HEAD, said_)
        with pytest.raises(Conflict, match="没有待核验"):
            async with at_desk_of(tasks, INSPECTOR) as desk:
                await verify(desk, 16, passed=True, words="")


async def test_nobody_checks_what_was_reported_by_the_same_officer(tasks):
    both = an_officer(("unit_head", COUNTY), ("inspector", CITY), number="034100")
    await reported(tasks, both, DONE)
    with pytest.raises(NotAllowed, match="本人上报"):
        async with at_desk_of(tasks, both) as desk:
            await verify(desk, 16, passed=True, words="")


@pytest.mark.parametrize("officer", [HEAD, MANAGER], ids=lambda officer: officer.titles)
async def test_only_an_inspector_checks(tasks, officer):
    await reported(tasks, HEAD, DONE)
    with pytest.raises(NotAllowed):
        async with at_desk_of(tasks, officer) as desk:
            await verify(desk, 16, passed=True, words="")


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [
        ("A" * 64, False),
        ("https://example.gov.cn/x?y=1", False),
        ("/disclosure/items/I1", False),
        ("//elsewhere/x", True),
        ("javascript:alert(1)", True),
        ("见附件", True),
        ("a" * 63, True),
        ("https://x/ y", True),
    ],
)
def test_evidence_is_a_hash_or_an_address_and_nothing_else(line, is_wrong):
    found, wrong = read_evidence(f"\n{line}\n\n")
    assert (len(found), len(wrong)) == ((0, 1) if is_wrong else (1, 0))


async def test_progress_is_kept_told_and_audited(tasks):
    await reported(tasks, HEAD, HALF)
    (kept,) = await acts_of(tasks, 16)
    assert (kept.what, kept.unit, kept.share, kept.done) == ("reported", COUNTY, 50, False)
    event = {"task_id": "task.16", "task": 16, "unit": COUNTY, "share": 0.5}
    assert await said(tasks) == [("task.progressed", event)]
    assert await audited(tasks) == [("tasks.report", "done")]


async def test_words_stay_here(tasks):
    await reported(tasks, HEAD, Report("某某某去了某某路", 100, done=True, evidence=SHOWN))
    async with at_desk_of(tasks, INSPECTOR) as desk:
        await verify(desk, 16, passed=True, words="查看了现场")
    values = [row.value for row in await tasks.all("SELECT value FROM outbox")]
    assert not any("某某".encode() in bytes(v) or "现场".encode() in bytes(v) for v in values)


async def test_what_is_checked_and_found_done_is_completed(tasks):
    await reported(tasks, HEAD, DONE)
    async with at_desk_of(tasks, INSPECTOR) as desk:
        await verify(desk, 16, passed=True, words="")
    type_, data = (await said(tasks))[-1]
    assert (type_, data["task"], data["unit"]) == ("task.completed", 16, COUNTY)


async def test_what_is_sent_back_is_not_completed_and_may_be_reported_again(tasks):
    for passed in (False, True):
        await reported(tasks, HEAD, DONE)
        async with at_desk_of(tasks, INSPECTOR) as desk:
            await verify(desk, 16, passed=passed, words="依据不全")
    assert [act.what for act in await acts_of(tasks, 16)] == [
        "verified",
        "reported",
        "rejected",
        "reported",
    ]
    assert [type_ for type_, _ in await said(tasks)].count("task.completed") == 1


async def test_what_was_reported_cannot_be_changed_afterwards(tasks):
    await reported(tasks, HEAD, HALF)
    for statement in ("UPDATE task_acts SET share = 100", "DELETE FROM task_acts"):
        with pytest.raises(Exception, match="permission denied"):
            async with tasks.transaction() as tx:
                await tx.execute(statement)
