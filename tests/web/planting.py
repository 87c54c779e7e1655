"""What is planted in each service's database before it is asked, besides what events tell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from web.rights import ROLE

from mingjing_disclosure.store.feedback import keep_feedback
from mingjing_gateway.acts.account import HASHER, link_hash
from mingjing_gateway.acts.publisher import add_publisher
from mingjing_gateway.tables import ACCOUNTS, DELEGATIONS, ROLE_CHANGES, SIGN_IN_LINKS
from mingjing_recording.tables import ACCESS_REQUESTS, BLOBS, FOOTAGE_FILES
from mingjing_review.store.absence import keep_absence
from mingjing_review.store.paper import keep_paper
from mingjing_review.store.sealed import ADVISER, ASKED
from mingjing_review.store.wording import written
from mingjing_review.tables import (
    ADVISER_FACTS,
    CASE_FINDINGS,
    CATALOGUE_VERSIONS,
    ENGAGEMENTS,
    LAW_CHANGES,
    REMINDERS,
)
from mingjing_shared.clock import legal_today, machine_now
from mingjing_shared.directory.tables import OFFICERS
from mingjing_shared.events.casework import EnforcementEnded
from mingjing_shared.law.case_number import case_key
from support.officers import CITY
from support.people import NUMBER

UNIT, HANDLER = "340403510000", "034211"
SHA = "ab" * 32
PASSWORD, NEXT_PASSWORD = "a long enough one 8", "quite another one 9"
REVIEWER = "034950"  # of the station, in the directory and in the register of reviewers
TARGET, STRANGER = "030001", "030002"  # whose account is managed, and who proposed a role for it


def number_of(letter: str) -> str:
    """The police number of whoever has this role."""
    return HANDLER if letter == "H" else f"0349{10 + list(ROLE).index(letter)}"


async def _plant_reviewers(database: Any) -> dict[str, str]:
    """A reviewer of the station who is absent, an adviser, and what the adviser was asked."""
    now, today = machine_now(), legal_today()
    version = {
        "valid_from": "2020-01-01", "name": "审核", "unit": UNIT, "posts": ["法制员"],
        "enforcement_certificate": "皖公执1", "qualification_level": "basic",
    }  # fmt: skip
    officer = {
        "police_number": REVIEWER, "versions": [version], "session_epoch": 0, "told_at": now,
        "told_by": "planted",
    }  # fmt: skip
    engagement = {
        "engagement_id": "E1", "decision_id": "D1", "case_key": case_key(NUMBER), "round": 1,
        "adviser_ref": "n_1", "asked_at": now, "asked_by": REVIEWER, "question_sha256": SHA,
    }  # fmt: skip
    adviser = {
        "source": "/huainan/personnel", "event_id": "planted", "happened_at": now, "mode": "live",
        "adviser_ref": "n_1", "unit": UNIT, "kind": "legal_adviser",
    }  # fmt: skip
    async with database.transaction() as tx:
        await tx.insert(OFFICERS, [officer])
        asked, _ = written(tx, ASKED, "时效", engagement_id="E1")
        await tx.insert(ENGAGEMENTS, [{**engagement, "question": asked}])
        place = {"source": adviser["source"], "event_id": adviser["event_id"]}
        name, _ = written(tx, ADVISER, "顾问", **place)
        await tx.insert(ADVISER_FACTS, [{**adviser, "personal": name}])
        absence_id = await keep_absence(
            tx, officer=REVIEWER, since=today, until=None, noted_at=now, noted_by=REVIEWER,
            reason="出差",
        )  # fmt: skip
    return {
        "number": REVIEWER, "absence_id": absence_id, "engagement_id": "E1", "ref": "n_1",
        "unit": UNIT,
    }  # fmt: skip


async def _plant_recording(database: Any) -> dict[str, str]:
    """A kept file of the footage; its bytes are nowhere, which is found after the right. Somebody
    of another unit asks to look at it.
    """
    now = machine_now()
    blob = {
        "sha256": SHA, "blob_id": "B1", "object_key": "k", "object_version": "v", "size": 10,
        "sealed_sha256": SHA, "tree_root": SHA, "media_type": "video/mp4", "duration_ms": 1,
        "data_key": b"x", "kept_at": now, "locked_until": now,
    }  # fmt: skip
    request = {
        "request_id": "R1", "officer": STRANGER, "officer_unit": CITY, "footage_id": "F1",
        "case_key": case_key(NUMBER), "case_number": NUMBER, "unit": UNIT,
        "purpose": "cooperation", "words": "协查另案", "asked_at": now,
    }  # fmt: skip
    async with database.transaction() as tx:
        await tx.insert(BLOBS, [blob])
        file = {"footage_id": "F1", "sha256": SHA, "kept_by": HANDLER, "kept_at": now}
        await tx.insert(FOOTAGE_FILES, [file])
        await tx.insert(ACCESS_REQUESTS, [request])
    return {"request_id": "R1"}


async def _plant_papers(database: Any) -> dict[str, str]:
    """A paper about the decision that is proposed."""
    now = machine_now()
    row = {
        "paper_id": "P1", "kind": "opinion", "case_key": case_key(NUMBER), "decision_id": "D1",
        "step_id": None, "unit": UNIT, "number": "法审〔2026〕1号", "dated": now.date(),
        "made_at": now, "made_by": STRANGER, "pdf_sha256": SHA,
    }  # fmt: skip
    async with database.transaction() as tx:
        await keep_paper(tx, row, b"%PDF")
        await tx.insert(CASE_FINDINGS, [_a_finding(database, now)])
    return {"paper_id": "P1", "finding_id": "C1"}


def _a_finding(database: Any, now: Any) -> dict[str, Any]:
    return {
        "finding_id": "C1", "kind": "few_officers", "level": "unlawful",
        "case_key": case_key(NUMBER), "case_number": NUMBER,
        "case_ref": database.installation.references.case(NUMBER), "unit": UNIT,
        "handlers": [HANDLER], "at": now, "says": "只有一名", "source": "§42",
        "facts": [{"id": "a#1", "named": "询问"}], "state": "open", "mode": "live",
    }  # fmt: skip


async def _plant_reminder(database: Any) -> dict[str, str]:
    """A reminder of the term in which the proposed text is to be handed in."""
    [term] = await database.all("SELECT case_key FROM terms WHERE term_id = 'review/D1'")
    reminder = {
        "reminder_id": "RM1", "kind": "lead", "term_id": "review/D1", "clock": "another",
        "case_key": term.case_key, "to_unit": UNIT, "role": "case_handler", "officers": [HANDLER],
        "seen_by": [], "raised_at": machine_now(),
    }  # fmt: skip
    async with database.transaction() as tx:
        await tx.insert(REMINDERS, [reminder])
    return {"reminder_id": "RM1"}


async def _plant_disclosure(database: Any) -> dict[str, str]:
    async with database.transaction() as tx:
        await keep_feedback(
            tx,
            feedback_id="FB1",
            item_id=None,
            kind="opinion",
            text="建议",
            contact="",
            received_at=machine_now(),
            due_on=legal_today(),
        )
    return {}


async def _plant_gateway(database: Any) -> dict[str, str]:
    """Accounts of all these people, one to be managed, roles proposed for it, delegations."""
    now, hashed = machine_now(), HASHER.hash(PASSWORD)
    numbers = [*(number_of(letter) for letter in ROLE), TARGET, STRANGER]
    account = {
        "name": "民警", "unit": CITY, "password_hash": hashed, "is_open": True, "failures": 0,
        "session_epoch": 0, "made_at": now, "made_by": STRANGER,
    }  # fmt: skip
    change_id = "00000000-0000-7000-8000-000000000001"
    change = {
        "change_id": change_id, "police_number": TARGET, "role": "inspector", "unit": CITY,
        "what": "grant", "why": "岗位需要", "proposed_by": STRANGER, "proposed_at": now,
    }  # fmt: skip
    today = legal_today()
    delegations = [
        {
            "delegation_id": f"00000000-0000-7000-8000-0000000001{place:02}",
            "giver": number_of(letter), "taker": STRANGER, "role": ROLE[letter],
            "unit": UNIT if letter in "HU" else CITY, "from_on": today, "until_on": today,
            "why": f"own-{number_of(letter)}", "given_at": now,
        }
        for place, letter in enumerate(ROLE)
    ]  # fmt: skip
    links = [
        {
            "link_hash": link_hash(f"code-{place}"), "police_number": TARGET, "made_at": now,
            "made_by": STRANGER, "ends_at": now + timedelta(hours=1),
        }
        for place in range(1, 30)
    ]  # fmt: skip
    async with database.transaction() as tx:
        await tx.insert(ACCOUNTS, [{**account, "police_number": one} for one in numbers])
        await tx.insert(ROLE_CHANGES, [change])
        await tx.insert(DELEGATIONS, delegations)
        await tx.insert(SIGN_IN_LINKS, links)
        key = await add_publisher(
            tx, name="casework", source="/huainan/casework", types=[EnforcementEnded.type],
            way="door", by="测试",
        )  # fmt: skip
    return {"number": TARGET, "change_id": change_id, "key": key}


async def _plant_catalogue(database: Any) -> dict[str, str]:
    """A catalogue of the unit that was published after a law changed: nothing is left to do."""
    day = legal_today()
    items = [{"code": "a", "title": "较大数额没收", "source": "本局规定", "confiscated": "5000"}]
    version = {
        "version_id": "V1", "unit": UNIT, "number": 1, "based_on": None, "items": items,
        "items_sha256": SHA, "state": "published", "steps": 5, "drafted_at": machine_now(),
        "drafted_by": STRANGER, "published_on": day, "valid_from": day + timedelta(days=30),
    }  # fmt: skip
    change = {
        "source": "/huainan/lawdesk", "event_id": "L1", "happened_at": machine_now(),
        "corrects": None, "what": "law", "holds_from": day, "law_source": "某法§2", "affected": [],
    }  # fmt: skip
    async with database.transaction() as tx:
        await tx.insert(CATALOGUE_VERSIONS, [version])
        await tx.insert(LAW_CHANGES, [change])
    return {"version_id": "V1", "unit": UNIT}


async def _plant_review(database: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for plant in (_plant_reviewers, _plant_papers, _plant_reminder, _plant_catalogue):
        found |= await plant(database)
    return found


PLANTED = {
    "review": _plant_review,
    "recording": _plant_recording,
    "disclosure": _plant_disclosure,
    "gateway": _plant_gateway,
}
