"""At every act, somebody without the right: told in Chinese why not, who may, and what to do.

Sent by the person's own browser with the person's own session, as a form would be; what the
buttons of a page offer is another matter. The acts are those of the table in ``web.rights``.
"""

import asyncio
import re

import pytest
from journeys.footage import asks, film, footage_brought
from journeys.matter import UNIT, Matter, ago
from web.asking import FORMS
from web.rights import RIGHTS, ROLE

from support.running import until

MATTER = Matter("03001")
STARTED, ENDED = ago(days=3), ago(days=3, seconds=-60)
SENT = """([action, fields, kind]) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = action; form.enctype = kind;
  const all = {csrf: document.querySelector("input[name=csrf]").value, ...fields};
  for (const [name, value] of Object.entries(all)) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = name; field.value = value; form.append(field);
  }
  if (kind.startsWith("multipart")) {
    const files = new DataTransfer();
    files.items.add(new File(["no film at all"], "a.mp4", {type: "video/mp4"}));
    const field = document.createElement("input");
    field.type = "file"; field.name = "file"; field.files = files.files; form.append(field);
  }
  document.body.append(form); form.submit();
}"""
ACTS = [
    (route, right)
    for service, routes in RIGHTS.items()
    if service != "portal"
    for route, right in routes.items()
    if route.startswith("POST /")
    and not re.search("/(fragments|api|intake|session)/", route)
    and 0 < len(right.officers) < len(ROLE)
    and not right.own
    and not route.endswith("/end")  # of who gave it alone: tried in tests/web
    and not re.search("{(engagement|reminder|version)_id}", route)  # made by hand there, too
]


@pytest.fixture(scope="module")
async def names(office, leader, tmp_path_factory):
    """What the addresses of the acts are filled with: one case that all departments know."""
    office.publishes(
        MATTER.accepted(), MATTER.acted(STARTED, ENDED), MATTER.proposed(), MATTER.made()
    )

    async def rows(address, name):
        answer = await asyncio.to_thread(leader.get, address)
        assert answer.status_code == 200, answer.text[:300]
        return [row for row in answer.json()[name] if MATTER.number in str(row)]

    [item, *_] = await until(lambda: rows("/disclosure/api/items", "items"))
    [warning, *_] = await until(lambda: rows("/tasks/api/warnings", "warnings"), seconds=60)
    [event, *_] = await until(lambda: rows("/tasks/api/events", "events"))
    file = film(tmp_path_factory.mktemp("film") / "act.webm", shade=77)
    footage_id = await footage_brought(office, MATTER, STARTED, file)
    request_id = await _request(office, footage_id)
    return {
        "request_id": request_id,
        "decision_id": MATTER.decision,
        "action_id": MATTER.action,
        "footage_id": footage_id,
        "case_ref": event["case_ref"],
        "item_id": item["item_id"],
        "finding_id": await _finding(leader),
        "unit": UNIT,
        "warning_id": warning["warning_id"],
        "feedback_id": "0" * 32,
        "number": "6",
        "act": "take",
        "change_id": "00000000-0000-7000-8000-000000000000",
        "delegation_id": "00000000-0000-7000-8000-000000000000",
    }


async def _finding(leader):
    """Something of the case that contradicts itself: goods were taken and no list was made."""

    async def listed():
        page = await asyncio.to_thread(
            leader.get, "/review/contradictions?kind=seized_without_list"
        )
        rows = re.findall(r"<tr data-row.*?</tr>", page.text, re.DOTALL)
        return [row for row in rows if MATTER.number in row]

    [row, *_] = await until(listed, seconds=60)
    return re.search(r"/review/contradictions/([0-9a-f-]{36})", row)[1]


async def _request(office, footage_id):
    """Somebody whom the table lets look at no footage asks to look at the recording."""
    other = await office.person("bureau_leader")
    await other.opens(f"/recording/footage/{footage_id}/access")
    await asks(other, "协查另一起案件")
    return other.page.url.split("?")[0].rsplit("/", 1)[1]


def somebody_without(office, officers):
    """A role of the demonstration whose first account has none of these roles."""
    for letter, role in ROLE.items():
        account = office.account(role)
        if letter not in officers and not {ROLE[one] for one in officers} & set(account["roles"]):
            return role, letter
    raise AssertionError(f"everybody has one of {officers}")


@pytest.mark.parametrize(("route", "right"), ACTS, ids=[route for route, _ in ACTS])
async def test_who_has_no_right_to_an_act_is_told_why_and_who_has(office, names, route, right):
    role, letter = somebody_without(office, right.officers)
    person = await office.person(role)
    given = FORMS.get(route, {})
    fields = dict(given(letter) if callable(given) else given)
    if "action_id" in fields:
        fields["action_id"] = MATTER.action
    address = route.removeprefix("POST ")
    if address.startswith("/admin/"):
        names = {**names, "number": "034211"}
    path = re.sub(r"\{(\w+)\}", lambda found: names[found[1]], address)
    kind = "multipart/form-data" if "upload" in path else "application/x-www-form-urlencoded"
    page = await person.opens("/")
    async with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        await page.evaluate(SENT, [path, fields, kind])
    answer = await sent.value
    assert answer.status == 403, (route, role, answer.status)
    await person.sees("权限")
    said = await page.locator("main").inner_text()
    assert len(re.findall("。", said)) >= 2, said


def test_acts_of_every_department_are_tried():
    services = {route.split("/")[1] for route, _ in ACTS}
    assert {"review", "recording", "disclosure", "tasks", "admin"} <= services
    assert len(ACTS) > 30
