"""审计检索: the inspectorate finds who did what; whoever looks is noted, and so is who may not."""

import pytest

from mingjing_review.app import build
from mingjing_shared.audit.note import Entry, Subject, note
from support.officers import CITY, CSRF, an_officer, signed_in
from support.people import NUMBER
from support.web import browsing

INSPECTOR = an_officer(("inspector", CITY), number="034900", unit=CITY)
REVIEWER = an_officer(("legal_reviewer", CITY), number="034211", unit=CITY)
ADDRESS = "/review/fragments/audit"


@pytest.fixture
async def database(world):
    made = await world.database("review")
    async with made.transaction() as tx:
        await note(
            tx,
            [
                Entry("034211", "review.accept", "done", Subject("decision", "D1", NUMBER)),
                Entry("034211", "review.opinion", "refused", Subject("decision", "D2"), reason="x"),
                Entry("034300", "review.see", "seen", Subject("decision", "D3", NUMBER)),
            ],
        )
    return made


@pytest.fixture
async def client(world, database):
    app = build(await world.settings("review"))
    async with browsing(app) as made:
        yield made
    await app.state.database.close()


async def ask(client, who, **fields):
    given = {"csrf": CSRF, "why": "督察〔2026〕12 号交办", **fields}
    return await client.post(ADDRESS, data=given, headers=signed_in(who))


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"officer": "034211"}, {"D1", "D2"}),
        ({"officer": "034211", "outcome": "refused"}, {"D2"}),
        ({"case_number": NUMBER}, {"D1", "D3"}),
        ({"case_number": NUMBER, "officer": "034300"}, {"D3"}),
        ({"officer": "034999"}, set()),
        ({"officer": "034211", "last": "2020-01-01"}, set()),
        ({"officer": "034211", "first": "2020-01-01"}, {"D1", "D2"}),
        ({"case_number": "没有这样的案号"}, set()),
    ],
)
async def test_the_inspectorate_finds_by_officer_case_outcome_and_day(client, fields, found):
    answer = await ask(client, INSPECTOR, **fields)
    assert answer.status_code == 200
    assert {name for name in ("D1", "D2", "D3") if name in answer.text} == found


async def test_each_search_is_noted_with_its_purpose_before_anything_is_shown(client, database):
    await ask(client, INSPECTOR, officer="034211", case_number=NUMBER)
    rows = await database.all(
        "SELECT officer, act, outcome, reason, subject, case_ref FROM audit"
        " WHERE subject_kind = 'audit'"
    )
    ref = database.installation.references.case(NUMBER)
    assert [tuple(row) for row in rows] == [
        ("034900", "audit.search", "seen", "督察〔2026〕12 号交办", "034211", ref)
    ]
    again = await ask(client, INSPECTOR, officer="034900")
    assert "检索审计记录" in again.text
    assert "督察〔2026〕12 号交办" in again.text


async def test_a_line_says_by_which_role_of_which_unit_why_by_whose_leave_and_how_it_stands(
    client, database
):
    async with database.transaction() as tx:
        subject = Subject("decision", "D1", NUMBER)
        seen = Entry(
            "034301",
            "review.read",
            "seen",
            subject,
            role="unit_head",
            unit=CITY,
            reason="cooperation 协查另一起盗窃案",
            approved_by="034302",
        )
        await note(tx, [seen, Entry("034301", "receipt.download", "seen", Subject("receipt", "1"))])
    text = (await ask(client, INSPECTOR, officer="034301")).text
    for said in (
        f"办案单位负责人 {CITY}",
        "协查办案：协查另一起盗窃案",
        "034302 批准",
        "待存证",
        "下载存证凭证",
    ):
        assert said in text, said


async def test_who_may_not_search_is_refused_and_noted(client, database):
    answer = await ask(client, REVIEWER, officer="034900")
    assert answer.status_code == 403
    rows = await database.all("SELECT outcome FROM audit WHERE act = 'audit.search'")
    assert [row.outcome for row in rows] == ["refused"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"officer": "34211"},
        {"officer": "034211", "why": ""},
        {"officer": "034211", "first": "昨天"},
        {"officer": "034211", "outcome": "anything"},
    ],
)
async def test_a_search_without_officer_case_or_purpose_is_not_done(client, database, fields):
    answer = await ask(client, INSPECTOR, **fields)
    assert answer.status_code in (400, 422)
    assert await database.all("SELECT 1 FROM audit WHERE act = 'audit.search'") == []
