"""The gate: one text of one decision, a signed clearance or a refusal that says why."""

import base64

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mingjing_review.app import build
from support.officers import calling, signed_in
from support.review import FINE_IN_CATALOGUE, PERSON, SMALL_FINE
from support.reviewing import (
    PROPOSED,
    a_case_at_work,
    a_stranger,
    a_text,
    the_handler,
    the_head,
)
from support.web import browsing

DRAFT = {
    "kind": "penalty",
    "parties": [PERSON],
    "basis": PROPOSED["basis"],
    "outcome": FINE_IN_CATALOGUE,
}


async def ask(bench, draft=None, decision_id="D1", headers=None, **changes):
    body = {"decision_id": decision_id, "draft": {**(draft or DRAFT), **changes}}
    return await bench.client.post("/review/api/gate", json=body, headers=headers or calling())


async def cleared(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak("agree")


async def refused(bench, answer, status, reason, says):
    body = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert body["reasons"] == [{"code": reason, "says": body["reasons"][0]["says"]}]
    assert says in body["detail"]
    assert body["way_out"]
    assert PERSON["name"] not in answer.text
    rows = await bench.review.database.all("SELECT * FROM gate_answers ORDER BY number")
    assert (rows[-1].reason, rows[-1].clearance_id) == (reason, None)


async def test_nobody_asks_without_a_token(bench):
    answer = await bench.client.post("/review/api/gate", json={})
    assert answer.status_code == 401


async def test_a_publisher_s_key_opens_the_gate_and_nothing_else_here(bench):
    for path in ("/review/", "/review/api/reviews", "/review/cases/D1", "/review/fragments/todo"):
        assert (await bench.client.get(path, headers=calling())).status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"decision_id": "D1"}', b'{"decision_id": "D1", "decision_id": "D2"}'],
)
async def test_a_question_that_is_none_is_refused_without_repeating_it(bench, body):
    answer = await bench.client.post("/review/api/gate", content=body, headers=calling())
    assert answer.status_code == 400
    assert answer.json()["way_out"]


async def test_what_is_wrong_is_named_by_its_place_and_not_repeated(bench):
    answer = await ask(bench, outcome={"kinds": ["fine"], "fine": f"{PERSON['name']}"})
    assert answer.status_code == 400
    assert "draft.outcome.fine" in answer.text
    assert PERSON["name"] not in answer.text


async def test_a_decision_that_was_never_proposed_is_refused(bench):
    await refused(bench, await ask(bench), 404, "unknown", "没有收到决定 D1 的提请")


async def test_a_publisher_hears_nothing_of_a_decision_that_it_did_not_propose(bench):
    await cleared(bench)
    for name in ("recorders", "finance"):
        for changes in ({}, {"outcome": {"kinds": ["fine"], "fine": "8000"}}):
            answer = await ask(bench, headers=calling(name), **changes)
            await refused(bench, answer, 404, "unknown", "没有收到决定 D1 的提请")
            never = await ask(bench, headers=calling(name), decision_id="D9")
            assert answer.json().keys() == never.json().keys()
            assert "4000" not in answer.text
    (row, *_) = await bench.review.database.all(
        "SELECT asked_by, draft_sha256 FROM gate_answers ORDER BY number"
    )
    assert tuple(row) == ("recorders", None)


async def test_a_publisher_reads_which_fields_of_another_s_text_differ_and_not_how(bench):
    await cleared(bench)
    theirs = a_text(
        about={"source": "/huainan/traffic"},
        proposed_at="2026-09-17T09:30:00+08:00",
        outcome={"kinds": ["fine"], "fine": "6000"},
    )
    await bench.review.apply(theirs)
    asked = {"outcome": {"kinds": ["fine"], "fine": "8000"}, "kind": "other"}
    answer = await ask(bench, headers=calling("traffic"), **asked)
    await refused(bench, answer, 409, "other_text", "（决定种类、罚款）")
    assert answer.json()["differs"] == ["kind", "fine"]
    assert "4000" not in answer.text
    own = await ask(bench, **asked)
    await refused(bench, own, 409, "other_text", "罚款 4000→8000")
    assert own.json()["differs"] == ["kind", "fine"]


async def test_a_decision_whose_case_is_unknown_is_refused(bench):
    await bench.review.apply(a_text())
    await refused(bench, await ask(bench), 409, "waiting_case", "尚未收到本案的受案信息")


async def test_a_text_that_needs_review_and_was_not_handed_in_is_refused(bench):
    await bench.propose()
    await refused(bench, await ask(bench), 409, "review_required", "现在的状态是“待送审”")


async def test_a_text_under_review_is_refused(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await refused(bench, await ask(bench), 409, "in_review", "现在的状态是“审核中”")


@pytest.mark.parametrize(
    ("opinion", "state"), [("correct", "opinion_given"), ("transfer", "transferred")]
)
async def test_a_text_that_was_not_agreed_to_is_refused(bench, opinion, state):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak(opinion)
    await refused(bench, await ask(bench), 409, state, "应当法制审核")


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"outcome": {"kinds": ["fine"], "fine": "8000"}}, "罚款 4000→8000"),
        (
            {"outcome": {"kinds": ["fine", "detention"], "fine": "4000", "detention_days": 5}},
            "拘留天数 无→5",
        ),
        ({"kind": "other"}, "决定种类 行政处罚→其他"),
        ({"basis": [{"law": "治安管理处罚法", "article": "第六十条"}]}, "第五十九条→"),
        ({"parties": [PERSON, {"kind": "organisation", "name": "测试公司"}]}, "1 名→2 名"),
    ],
)
async def test_another_text_than_the_cleared_one_is_refused_with_what_differs(
    bench, changes, differs
):
    await cleared(bench)
    answer = await ask(bench, **changes)
    await refused(bench, answer, 409, "other_text", differs)
    assert "与审核通过稿不一致" in answer.json()["detail"]
    assert "恢复原稿" in answer.json()["way_out"]


async def test_after_its_last_day_a_clearance_fits_no_more(bench):
    await cleared(bench)
    bench.clock.move_to("2026-10-21 23:00")
    assert (await ask(bench)).status_code == 200
    bench.clock.move_to("2026-10-22 00:01")
    await refused(bench, await ask(bench), 409, "expired", "有效期至 2026-10-21，已过")
    assert (await bench.submit(note="重新送审")).status_code == 303
    assert await bench.review.state() == "resubmitted"
    await refused(bench, await ask(bench), 409, "expired", "已过")
    await bench.speak("agree")
    assert (await ask(bench)).status_code == 200


async def test_a_text_that_was_replaced_after_it_was_cleared_still_fits(bench):
    await cleared(bench)
    later = a_text(
        proposed_at="2026-09-21T12:00:00+08:00", outcome={"kinds": ["fine"], "fine": "9000"}
    )
    await bench.review.apply(later)
    assert (await ask(bench)).status_code == 200
    answer = await ask(bench, outcome={"kinds": ["fine"], "fine": "9000"})
    await refused(bench, answer, 409, "review_required", "待送审")


async def public_key(bench):
    keys = (await bench.client.get("/review/api/clearance-key")).json()["keys"]
    raw = base64.urlsafe_b64decode(keys[0]["x"] + "=")
    return keys[0], Ed25519PublicKey.from_public_bytes(raw)


async def test_the_cleared_text_gets_its_signed_clearance(bench):
    await cleared(bench)
    answer = await ask(bench)
    assert answer.status_code == 200
    body = answer.json()
    described, key = await public_key(bench)
    claims = jwt.decode(body["clearance"], key, algorithms=["EdDSA"], issuer="/mingjing/review")
    head = jwt.get_unverified_header(body["clearance"])
    assert (head["kid"], head["typ"]) == (described["kid"], "mingjing-clearance+jwt")
    row = await bench.review.review()
    assert claims["decision_id"] == "D1"
    assert claims["draft_sha256"] == row.proposed_sha256 == body["draft_sha256"]
    assert (claims["kind"], claims["valid_until"]) == ("cleared", "2026-10-21")
    assert body["clearance_id"] == claims["clearance_id"] == row.clearance_id
    assert (await ask(bench)).json() == body
    (first, _) = await bench.review.database.all("SELECT * FROM gate_answers ORDER BY number")
    assert (first.asked_by, first.clearance_id) == ("casework", row.clearance_id)


async def test_a_clearance_brings_the_code_that_is_printed_for_the_party(bench):
    await cleared(bench)
    references = bench.review.database.installation.references
    mine = references.query_code("/huainan/casework", "D1")
    assert (await ask(bench)).json()["query_code"] == mine
    assert (await ask(bench, headers=signed_in(the_head))).json()["query_code"] == mine
    theirs = a_text(about={"source": "/huainan/traffic"}, proposed_at="2026-09-17T09:30:00+08:00")
    await bench.review.apply(theirs)
    answer = await ask(bench, headers=calling("traffic"))
    assert answer.json()["query_code"] == references.query_code("/huainan/traffic", "D1")


async def test_a_refusal_brings_no_code(bench):
    await bench.propose()
    for answer in (await ask(bench), await ask(bench, decision_id="D9")):
        assert "query_code" not in answer.json()


async def test_the_form_of_sums_and_the_order_of_lists_make_no_other_text(bench):
    await cleared(bench)
    assert (await ask(bench, outcome={"fine": "4000", "kinds": ["fine"]})).status_code == 200


async def test_a_draft_that_names_no_parties_is_about_those_of_the_case(bench):
    await cleared(bench)
    assert (await ask(bench, parties=[])).status_code == 200


async def test_a_text_that_needs_no_review_passes_at_once(bench):
    await bench.review.apply(a_case_at_work(), a_text(outcome=SMALL_FINE))
    answer = await ask(bench, outcome=SMALL_FINE)
    assert answer.status_code == 200
    assert (answer.json()["kind"], answer.json()["valid_until"]) == ("not_required", None)


async def test_an_officer_asks_within_his_rights_and_it_is_noted(bench):
    await cleared(bench)
    assert (await ask(bench, headers=signed_in(the_head))).status_code == 200
    assert (await ask(bench, headers=signed_in(the_handler))).status_code == 200
    assert (await ask(bench, headers=signed_in(a_stranger))).status_code == 403
    noted = [row[:3] for row in await bench.audit() if row[1] == "review.gate"]
    assert noted[-3:] == [
        (the_head.number, "review.gate", "done"),
        (the_handler.number, "review.gate", "done"),
        (a_stranger.number, "review.gate", "refused"),
    ]


async def test_without_a_key_the_gate_says_so_and_the_rest_works(bench, review_world):
    app = build(await review_world.settings("review"))
    async with browsing(app) as client:
        body = {"decision_id": "D1", "draft": DRAFT}
        answer = await client.post("/review/api/gate", json=body, headers=calling())
        assert (answer.status_code, "MINGJING_CLEARANCE_KEY_FILE" in answer.text) == (500, True)
        assert (await client.get("/review/", headers=signed_in(the_head))).status_code == 200
    await app.state.database.close()
