"""Query codes by API: a publisher gets those of its own decisions, and learns of no other's."""

import pytest
from disclosure.given import a_case, a_classified_case, a_decision, correcting
from disclosure.people import ALL_ROLES

from support.officers import calling, signed_in

PATH = "/disclosure/api/query-codes"


async def ask(face, *decision_ids, headers=None):
    body = {"decision_ids": list(decision_ids)}
    return await face.desk.post(PATH, json=body, headers=headers or calling())


async def answers(face, *decision_ids, name="casework"):
    answer = await ask(face, *decision_ids, headers=calling(name))
    assert answer.status_code == 200, answer.text
    return answer.json()["query_codes"]


def code_of(face, decision_id, source="/huainan/casework"):
    return face.database.installation.references.query_code(source, decision_id)


async def noted(face):
    rows = await face.database.all(
        "SELECT officer, act, outcome, reason, subject_kind, subject, case_ref FROM audit"
        " ORDER BY number"
    )
    return [tuple(row) for row in rows]


async def test_nobody_asks_without_a_token(face):
    answer = await face.desk.post(PATH, json={"decision_ids": ["D1"]})
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_no_officer_asks_whatever_the_roles(face, told):
    await told(a_case(), a_decision())
    answer = await ask(face, "D1", headers=signed_in(ALL_ROLES))
    assert (answer.status_code, "只供发布系统" in answer.text) == (403, True)
    refused = ("web.request", "refused", "not-allowed", "page", f"POST {PATH}", None)
    assert [row[1:] for row in await noted(face)] == [refused]


async def test_a_publisher_s_key_opens_nothing_else_here(face):
    for path in ("/disclosure/", "/disclosure/api/items", "/disclosure/api/query-codes/D1",
                 "/disclosure/items/x", "/disclosure/fragments/todo"):  # fmt: skip
        assert (await face.desk.get(path, headers=calling())).status_code == 403


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "JSON"),
        (b"[]", "整体"),
        (b"{}", "缺少必填字段"),
        (b'{"decision_ids": []}', "decision_ids"),
        (b'{"decision_ids": "D1"}', "decision_ids"),
        (b'{"decision_ids": ["SECRET\\n"]}', "decision_ids"),
        (b'{"decision_ids": ["D1"], "decision_ids": ["D2"]}', "JSON"),
        (b'{"decision_ids": [' + b", ".join([b'"D1"'] * 101) + b"]}", "decision_ids"),
    ],
)
async def test_a_question_that_is_none_is_refused_with_its_place(face, body, says):
    answer = await face.desk.post(PATH, content=body, headers=calling())
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert says in answer.json()["detail"]
    assert answer.json()["way_out"]
    assert "SECRET" not in answer.text


async def test_a_body_without_end_is_refused(face):
    answer = await face.desk.post(PATH, content=b" " * 70_000, headers=calling())
    assert (answer.status_code, "64 KiB" in answer.text) == (413, True)


async def test_anothers_decision_is_answered_like_one_that_nobody_told(face, told):
    await told(a_case(), a_decision(about={"source": "/huainan/traffic"}))
    foreign, unknown = await answers(face, "D1", "D9")
    assert foreign.pop("decision_id") == "D1"
    assert unknown.pop("decision_id") == "D9"
    assert foreign == unknown
    assert (foreign["status"], "没有收到贵系统报送的" in foreign["detail"]) == (404, True)


async def test_what_was_corrected_away_or_is_classified_is_not_told_either(face, told):
    first = a_decision()
    await told(a_case(), first, a_decision(about=correcting(first), decision_id="D2"))
    assert [one.get("status") for one in await answers(face, "D1", "D2")] == [404, None]
    await told(a_classified_case())
    assert [one.get("status") for one in await answers(face, "D1", "D2")] == [404, 404]


async def test_own_decisions_are_answered_in_order_with_the_code_of_the_gate(face, told):
    await told(
        a_case(),
        a_decision(),
        a_decision(decision_id="D2"),
        a_decision(decision_id="D3", about={"source": "/huainan/traffic"}),
    )
    assert await answers(face, "D2", "D1", "D2") == [
        {"decision_id": "D2", "query_code": code_of(face, "D2")},
        {"decision_id": "D1", "query_code": code_of(face, "D1")},
        {"decision_id": "D2", "query_code": code_of(face, "D2")},
    ]
    [theirs] = await answers(face, "D3", name="traffic")
    assert theirs["query_code"] == code_of(face, "D3", "/huainan/traffic")


async def test_a_decision_that_two_systems_told_has_a_code_of_each(face, told):
    await told(a_case(), a_decision(), a_decision(about={"source": "/huainan/traffic"}))
    [mine], [theirs] = await answers(face, "D1"), await answers(face, "D1", name="traffic")
    assert mine["query_code"] != theirs["query_code"]


async def test_each_look_is_in_the_audit_and_what_was_not_told_too(face, told):
    case = a_case()
    await told(case, a_decision())
    await answers(face, "D1", "D9", "D1")
    ref = face.database.installation.references.case(case.event.case_number)
    act = "disclosure.query_code"
    assert await noted(face) == [
        ("casework", act, "seen", None, "decision", "D1", ref),
        ("casework", act, "refused", "unknown", "decision", "D9", None),
    ]
