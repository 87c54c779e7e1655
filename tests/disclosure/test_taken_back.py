"""What comes to light between an approval and the bundle: nothing goes out."""

from datetime import UTC, datetime

import pytest
from disclosure.given import a_case, a_classified_case, a_service, correcting
from disclosure.story import ORIGINAL, PUBLIC, a_cyber_case, a_penalty, an_undoing_of, the_story

from mingjing_shared.publicity.bundle import file_name
from support.publishing import CHECKER, EDITOR, LEADER
from support.web import text_of

MINOR = {"kind": "person", "name": "丁某人", "birth_date": "2012-01-01", "role": "suspect"}
SEALING = [{"law": "治安管理处罚法", "article": "第二十九条"}]


@pytest.fixture(autouse=True)
def in_time(legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))


async def steps(face):
    return [row.act for row in await face.database.all("SELECT act FROM steps ORDER BY number")]


async def nothing_left(face):
    for table in ("deliveries", "bundles"):
        assert await face.database.all(f"SELECT 1 FROM {table}") == []
    assert not (face.paths.bundles / file_name(1)).exists()


def revoked(_case, _decision):
    return an_undoing_of("revoked")


def a_minor(case, _decision):
    return a_case(about=correcting(case), kind="cyber", parties=[MINOR])


def of_public_security(case, _decision):
    return a_cyber_case(about=correcting(case), kind="public_security")


def on_the_sealing_law(_case, decision):
    return a_penalty(about=correcting(decision), basis=SEALING)


def with_a_new_name(case, _decision):
    party = {"kind": "person", "name": "王建国", "role": "victim", "birth_date": "1980-01-01"}
    company = {"kind": "organisation", "name": "某公司", "role": "penalised"}
    return a_case(about=correcting(case), kind="cyber", parties=[company, party])


def in_other_words(_case, decision):
    return a_penalty(about=correcting(decision), text=ORIGINAL.replace("三万元", "五万元"))


@pytest.mark.parametrize(
    ("come", "reason"),
    [
        (revoked, "decision_revoked"),
        (a_minor, "minor"),
        (of_public_security, "sealed_public_security"),
        (on_the_sealing_law, "sealed_public_security"),
        (with_a_new_name, None),
        (in_other_words, None),
    ],
)
async def test_what_must_not_be_public_after_its_approval_does_not_leave(face, told, come, reason):
    case, decision, service = the_story()
    await told(case, decision, service)
    item_id = await face.approved(PUBLIC)
    await told(come(case, decision))
    await face.deliver()
    await nothing_left(face)
    item = await face.item()
    assert (item.state, item.reason_code) == ("withheld" if reason else "to_mask", reason)
    assert [row.stage for row in await face.database.all("SELECT stage FROM publications")] == [
        "drafting"
    ]
    assert (await steps(face))[-1] == "cancel"
    assert "已收回" in (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 404
    assert "published" not in [kind for kind, _ in await face.told()]


async def test_what_its_sender_takes_away_after_the_approval_does_not_leave(face, told):
    case, decision, service = the_story()
    await told(case, decision, service)
    await face.approved(PUBLIC)
    await told(a_penalty(about=correcting(decision), decision_id="D9"))
    await face.deliver()
    await nothing_left(face)
    assert (await steps(face))[-1] == "cancel"


async def test_what_is_still_lawful_leaves_though_another_does_not(face, told):
    await told(*the_story(), a_penalty(decision_id="D2"), a_service(decision_id="D2"))
    await face.approved(PUBLIC)
    await face.approved(PUBLIC, "D2")
    await told(an_undoing_of("revoked"))
    await face.deliver()
    assert (await face.state(), await face.state("D2")) == ("withheld", "published")


async def test_a_correction_that_became_unlawful_stays_inside_and_must_be_withdrawn(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await face.act(EDITOR, item_id, "correct", correct_why="更正日期")
    await face.approved(PUBLIC.replace("9月1日", "9月2日"))
    await told(an_undoing_of("revoked"))
    await face.deliver()
    assert "9月2日" not in text_of(await face.citizen.get(f"/items/{item_id}"))
    item = await face.item()
    assert (item.state, item.must_withdraw) == ("to_mask", True)


async def test_a_person_withholds_what_is_approved_and_in_no_bundle(face, told):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    given = {"withhold_code": "head_approved", "withhold_note": "x"}
    assert 'id="withhold"' in (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert (await face.act(LEADER, item_id, "withhold", **given)).status_code == 303
    await face.deliver()
    await nothing_left(face)
    assert await face.state() == "withheld"


async def test_what_is_in_a_bundle_is_not_withheld_any_more(face, told):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    await face.publisher.build()
    given = {"withhold_code": "head_approved", "withhold_note": "x"}
    assert (await face.act(LEADER, item_id, "withhold", **given)).status_code == 409
    assert 'id="withhold"' not in text_of(await face.get(LEADER, f"/disclosure/items/{item_id}"))
    await face.deliver()
    assert await face.state() == "published"


async def test_what_turns_out_to_be_classified_after_its_approval_is_forgotten(face, told):
    await told(*the_story())
    await face.approved(PUBLIC)
    await told(a_classified_case())
    for table in ("items", "deliveries", "public_texts"):
        assert await face.database.all(f"SELECT 1 FROM {table}") == []
    await face.deliver()
    await nothing_left(face)


async def test_what_is_classified_in_a_bundle_stays_in_sight_and_is_withdrawn(face, told):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    await face.publisher.build()
    await told(a_classified_case())
    item = await face.item()
    assert (item.state, item.reason_code, item.cause) == ("withheld", "classified", None)
    await face.deliver()
    item = await face.item()
    assert (item.state, item.must_withdraw) == ("published", True)
    done = await face.act(LEADER, item_id, "withdraw", withdraw_code="privacy", withdraw_note="x")
    assert done.status_code == 303
    await face.deliver()
    assert await face.state() == "withdrawn"


async def test_a_correction_of_what_turns_out_to_be_classified_is_forgotten(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await face.act(EDITOR, item_id, "correct", correct_why="更正日期")
    await face.approved(PUBLIC.replace("9月1日", "9月2日"))
    await told(a_classified_case())
    rows = await face.database.all("SELECT version FROM public_texts")
    assert [row.version for row in rows] == [1]
    item = await face.item()
    assert (item.state, item.must_withdraw) == ("published", True)


async def test_what_cannot_be_settled_does_not_keep_the_others_from_being_seen(face, told):
    await told(*the_story(), a_penalty(decision_id="D2"), a_service(decision_id="D2"))
    await face.approved(PUBLIC)
    await face.approved(PUBLIC, "D2")
    await face.publisher.build()
    async with face.database.transaction() as tx:  # its text is lost: what can never be told
        await tx.execute("DELETE FROM public_texts WHERE decision_id = 'D1'")
    await face.deliver()
    assert (await face.state(), await face.state("D2")) == ("publishing", "published")
    [row] = await face.database.all("SELECT trouble FROM deliveries WHERE decision_id = 'D1'")
    assert "登记没有成功" in row.trouble


async def test_what_is_in_sight_no_more_is_settled_and_nothing_is_said(face, told):
    await told(*the_story())
    await face.approved(PUBLIC)
    await face.publisher.build()
    async with face.database.transaction() as tx:
        await tx.execute("DELETE FROM decision_facts")
        await tx.execute("DELETE FROM items")
    assert await face.deliver() == 1
    assert "published" not in [kind for kind, _ in await face.told()]


@pytest.mark.parametrize("length", [492, 493, 500])
async def test_a_cause_too_long_for_the_public_title_stops_nothing(face, told, length):
    cause = {"code": "x", "name": "未" * length}
    await told(a_cyber_case(cause=cause), *the_story()[1:])
    await face.published(PUBLIC)
    assert await face.state() == "published"


async def test_who_checks_or_approves_passes_no_text_of_an_original_replaced_since(face, told):
    case, decision, service = the_story()
    await told(case, decision, service)
    item_id = await face.submitted(PUBLIC)
    replaced = in_other_words(case, decision)
    await told(replaced)
    seen = await face.newest_sha()
    answer = await face.act(CHECKER, item_id, "check", seen=seen)
    assert (answer.status_code, "退回修改" in answer.text) == (409, True)
    assert await face.state() == "to_check"
    assert (await face.act(CHECKER, item_id, "return", reason="原件已更正")).status_code == 303
    await face.checked(PUBLIC.replace("三万元", "五万元"))
    await told(a_penalty(about=correcting(replaced)))
    seen = await face.newest_sha()
    answer = await face.act(LEADER, item_id, "approve", seen=seen)
    assert (answer.status_code, "更正了这件决定" in answer.text) == (409, True)
    assert await face.state() == "to_approve"
    assert await face.database.all("SELECT 1 FROM deliveries") == []
