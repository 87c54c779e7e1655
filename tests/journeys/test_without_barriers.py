"""Every page with data, at 1280 and 360 px: nothing serious stands in anybody's way.

Runs after the thread and its faults, so that there is something to see. With ``MINGJING_SCREENS``
naming a folder, each page leaves its picture there (``make screens``).
"""

import asyncio
import re

import pytest
from journeys.people import PHONE, WIDE
from journeys.test_faults import MISSING
from journeys.test_thread import BENCH, MATTER

PAGES = [  # picture, whose, address; {…} is filled in from what happened
    ("start", "nobody", "/"),
    ("sign-in", "nobody", "/session/sign-in"),
    ("first-password", "nobody", "/session/first-password"),
    ("home", "case_handler", "/"),
    ("search", "bureau_leader", "/search"),
    ("my-account", "unit_head", "/my/account"),
    ("my-log", "case_handler", "/my/log"),
    ("audit", "inspector", "/audit"),
    ("my-delegations", "unit_head", "/my/delegations"),
    ("admin", "administrator", "/admin/"),
    ("admin-account", "administrator", "/admin/accounts/034211"),
    ("admin-new-account", "administrator", "/admin/new-account"),
    ("review-list", "case_manager", "/review/"),
    ("review-bench", "legal_reviewer", BENCH),
    ("review-purpose", "inspector", BENCH),
    ("review-submit", "case_handler", f"{BENCH}/submit"),
    ("review-people", "legal_reviewer", f"{BENCH}/people"),
    ("review-reviewers", "case_manager", "/review/reviewers"),
    ("review-reviewer", "legal_reviewer", "/review/reviewers/034017"),
    ("review-advisers", "case_manager", "/review/advisers"),
    ("review-staffing", "case_manager", "/review/staffing"),
    ("review-staffing-unit", "case_manager", "/review/staffing/340400200000"),
    ("review-contradictions", "legal_reviewer", "/review/contradictions"),
    ("review-board", "case_manager", "/review/board"),
    ("review-hearings", "case_manager", "/review/hearings"),
    ("review-hearing", "legal_reviewer", f"/review/hearings/{MATTER.decision}"),
    ("review-catalogue", "case_manager", "/review/catalogue"),
    ("review-law", "case_manager", "/review/law?file=periods"),
    ("review-disagreement", "legal_reviewer", f"{BENCH}/disagreement"),
    ("review-extension", "legal_reviewer", f"{BENCH}/extension"),
    ("recording-acts", "case_handler", "/recording/"),
    ("recording-act", "case_handler", f"/recording/actions/{MATTER.action}"),
    ("recording-gap", "case_handler", f"/recording/actions/{MISSING.action}"),
    ("recording-footage-list", "case_handler", "/recording/footage"),
    ("recording-footage", "case_handler", "{footage}"),
    (
        "recording-upload",
        "case_handler",
        f"/recording/upload?kind=footage&action_id={MISSING.action}",
    ),
    ("recording-casefiles", "case_handler", "/recording/casefiles"),
    ("recording-casefile", "case_handler", "/recording/casefiles/{case}"),
    ("recording-purpose", "inspector", "{footage}"),
    ("recording-access", "unit_head", "/recording/access"),
    ("recording-access-form", "bureau_leader", "{footage}/access"),
    ("disclosure-queue", "disclosure_editor", "/disclosure/"),
    ("disclosure-gate", "disclosure_editor", "{item}"),
    ("disclosure-withheld", "disclosure_checker", "/disclosure/withheld"),
    ("disclosure-feedback", "disclosure_editor", "/disclosure/feedback"),
    ("tasks-board", "bureau_leader", "/tasks/"),
    ("tasks-task", "case_manager", "/tasks/task/6"),
    ("tasks-cases", "bureau_leader", "/tasks/cases"),
    ("tasks-panorama", "bureau_leader", "/tasks/cases/{case}"),
    ("tasks-warnings", "unit_head", "/tasks/warnings"),
    ("tasks-warning", "unit_head", "/tasks/warnings/{warning}"),
    ("tasks-indicator", "bureau_leader", "/tasks/indicators/review_done"),
    ("tasks-import", "case_manager", "/tasks/import"),
    ("tasks-events", "bureau_leader", "/tasks/events"),
    ("tasks-letters", "operator", "/tasks/letters"),
    ("tasks-live", "operator", "/tasks/live"),
    ("portal-home", "citizen", "/"),
    ("portal-list", "citizen", "/list"),
    ("portal-search", "citizen", "/search"),
    ("portal-withdrawn", "citizen", "{withdrawn}"),
    ("portal-withdrawn-list", "citizen", "/withdrawn"),
    ("portal-feedback", "citizen", "/feedback"),
    ("portal-verify", "citizen", "/verify"),
]


def first(found, what):
    """The first of what was found; without one, a sentence that says what to run before."""
    for one in found:
        return one
    pytest.fail(
        f"there is no {what} on the platform: test_thread and test_faults bring it,"
        " run them before, in one run (pytest tests/journeys)"
    )


@pytest.fixture(scope="module")
async def places(office, leader):
    """Where the pages are whose addresses come from what happened."""
    events = (await asyncio.to_thread(leader.get, "/tasks/api/events")).json()["events"]
    cases = (e["case_ref"] for e in events if MATTER.number in (e["case_key"] or ""))
    listed = (await asyncio.to_thread(leader.get, "/recording/footage")).text
    items = (await asyncio.to_thread(leader.get, "/disclosure/api/items")).json()["items"]
    warnings = (await asyncio.to_thread(leader.get, "/tasks/api/warnings")).json()["warnings"]
    own = (one["item_id"] for one in items if one["decision_id"] == MATTER.decision)
    due = (one["item_id"] for one in items if one["state"] == "to_mask")
    return {
        "warning": first((one["warning_id"] for one in warnings), "warning"),
        "case": first(cases, f"case {MATTER.number}"),
        "footage": first(re.findall(r'href="(/recording/footage/[^"?]+)"', listed), "recording"),
        "item": f"/disclosure/items/{first(due, 'item that waits to be masked')}",
        "withdrawn": f"/items/{first(own, f'item of decision {MATTER.decision}')}",
    }


@pytest.fixture(scope="module")
async def windows(office):
    """One window a person and size, opened when it is first needed."""
    opened = {}

    async def window(whose, size):
        if (whose, size) not in opened:
            opened[whose, size] = await office.window(whose, phone=size == "360")
        return opened[whose, size]

    yield window
    for person in opened.values():
        await person.page.context.close()


@pytest.mark.parametrize("size", ["1280", "360"])
@pytest.mark.parametrize("shown", PAGES, ids=[page[0] for page in PAGES])
async def test_a_page_has_no_serious_barrier_and_fits(windows, places, shown, size):
    picture, whose, address = shown
    person = await windows(whose, size)
    path = address.format(**places)
    answer = await person.page.goto(person.home + path)
    await person.page.wait_for_load_state("load")
    await person.fragments_are_there()
    assert answer.status in (200, 409, 410, 428), (answer.status, path)
    await person.pictured(f"{picture}-{size}")
    width = (PHONE if size == "360" else WIDE)["width"]
    assert await person.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await person.barriers() == []
