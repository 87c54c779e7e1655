"""One case before the web process of each service, and how each address is asked so that the
right decides: with ids of what is there, and a form in which nothing else is wrong.
"""

from __future__ import annotations

import base64
import itertools
import re
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from portal.given import a_log, an_entry, an_item
from web.planting import (
    HANDLER,
    NEXT_PASSWORD,
    PASSWORD,
    PLANTED,
    REVIEWER,
    SHA,
    STRANGER,
    TARGET,
    UNIT,
    number_of,
)
from web.rights import ROLE

from mingjing_portal.app import build as build_portal
from mingjing_review.rules.checks import CODES
from mingjing_review.settings import ReviewSettings
from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.noting import note_units
from mingjing_shared.events.casework import EnforcementEnded
from mingjing_shared.events.directory import UnitDescribed
from mingjing_shared.events.recorders import FootageCaptured
from mingjing_shared.messaging.relay import sequence
from mingjing_shared.publicity.bundle import FIRST_BEFORE, file_name, make_bundle, origin_of
from mingjing_shared.trust.desk import log_of
from support.door import STRUCTURED, cloud_event
from support.events import received
from support.officers import CITY, CSRF, an_officer
from support.people import NUMBER, a_bypass, a_case, a_decision, a_proposal, an_act, an_end, apply
from support.publishing import Paths

NOTICE = Path(__file__).parents[1] / "tasks" / "notice.txt"
_codes, _places = itertools.count(1), itertools.count(1)


def officer_with(letter: str) -> Any:
    """An officer with one role: for the station where the case is, else for the city."""
    unit = UNIT if letter in "HU" else CITY
    return an_officer((ROLE[letter], unit), number=number_of(letter), unit=unit)


@dataclass
class Place:
    """A service's web process, and what its addresses are filled with."""

    app: Any
    client: Any
    names: dict[str, str] = field(default_factory=dict)
    by_officer: dict[str, dict[str, str]] = field(default_factory=dict)

    def shows(self, route: str, text: str) -> bool:
        """Whether the case is in an answer; in a bell, whether anything waits."""
        if route.endswith("/bell"):
            return text.strip() != "0"
        marks = [NUMBER, "/review/cases/D1", "/recording/actions/A1"]
        marks += [self.names[one] for one in ("item_id", "warning_id") if one in self.names]
        marks += [f'data-entry="{self.names.get("entry_id")}"']
        return any(mark in text for mark in marks)

    async def ask(self, route: str, headers: dict[str, str], letter: str = "") -> Any:
        """Ask for a route as it should be asked for."""
        method, _, path = route.partition(" ")
        names = {**self.names, **self.by_officer.get(letter, {})}
        path = re.sub(r"\{(\w+)(:path)?\}", lambda found: names[found[1]], path)
        given = self._given(method, route, letter)
        # Each from a place of its own: the limit on tries at signing in is another test's.
        place = {"x-forwarded-for": f"10.0.0.{next(_places)}"}
        kind = {"content-type": STRUCTURED} if route.startswith("POST /intake/") else {}
        return await self.client.request(
            method, path, headers={**headers, **place, **kind}, **given
        )

    def _given(self, method: str, route: str, letter: str) -> dict[str, Any]:
        if method == "GET":
            return {"params": {key: self.names[key] for key in QUERIES.get(route, ())}}
        if route in JSON:
            return {"json": JSON[route]}
        if route.startswith("POST /intake/"):
            return {"json": cloud_event(EnforcementEnded, "/huainan/casework")}
        form = FORMS.get(route, {})
        fields = form(letter) if callable(form) else form
        sent: dict[str, Any] = {"data": {"csrf": CSRF, **fields}}
        if route == "POST /recording/upload":
            sent["files"] = {"file": ("a.mp4", b"no film at all", "video/mp4")}
        return sent


DEPARTMENTS = ("review", "recording", "disclosure", "tasks")
QUERIES = {f"GET /{service}/fragments/{name}": ("case_ref",) for service in DEPARTMENTS
           for name in ("case", "receipts")}  # fmt: skip
JSON = {
    "POST /review/api/gate": {
        "decision_id": "D1",
        "draft": {
            "kind": "penalty",
            "basis": [{"law": "道路交通安全法", "article": "第九十条"}],
            "outcome": {"kinds": ["fine"], "fine": "4000.00"},
        },
    },
    "POST /disclosure/api/query-codes": {"decision_ids": ["D1"]},
}
_CASE_ACT = "POST /review/cases/{decision_id}"
_ITEM_ACT = "POST /disclosure/items/{item_id}"
_ACCOUNT_ACT = "POST /admin/accounts/{number}"
_TASK_ACT, _WARNING_ACT = "POST /tasks/task/{number}", "POST /tasks/warnings/{warning_id}"


def _a_link(_letter: str) -> dict[str, str]:
    code = f"code-{next(_codes)}"
    return {"link": code, "password": NEXT_PASSWORD, "again": NEXT_PASSWORD}


def _a_delegation(letter: str) -> dict[str, str]:
    day = legal_today().isoformat()
    role = f"{ROLE.get(letter, 'unit_head')}@{UNIT if letter in 'HU' else CITY}"
    return {"role": role, "taker": TARGET, "from_on": day, "until_on": day, "why": "出差"}


WHY = {"purpose": "inspection", "purpose_words": "督察交办"}
SEARCH = {"q": NUMBER[-10:]}  # not the whole: what is typed is said back
AUDIT = {"officer": STRANGER, "why": "督察交办"}
HEARING_STEPS = {
    "record": {"step": "requested"},
    "decide": {"step": "accepted"},
    "notice": {
        "step": "noticed", "planned_on": "2026-10-20", "place": "听证室", "chair": "030011",
        "recorder": "030012",
    },
    "hold": {"step": "held", "record": "笔录"},
    "report": {"step": "reported", "conclusion": "as_proposed", "finding": "同意"},
}  # fmt: skip
FORMS: dict[str, Any] = {
    "POST /audit": AUDIT,
    **{f"POST /{service}/fragments/audit": AUDIT for service in (*DEPARTMENTS, "gateway")},
    **{f"POST /{name}/fragments/search": SEARCH for name in ("review", "recording", "tasks")},
    "POST /disclosure/fragments/search": {"q": NUMBER},
    f"{_CASE_ACT}/accept": {"seen": "0"},
    f"{_CASE_ACT}/purpose": WHY,
    f"{_ITEM_ACT}/purpose": WHY,
    "POST /recording/footage/{footage_id}/purpose": WHY,
    "POST /recording/casefiles/{case_ref}/purpose": WHY,
    "POST /recording/footage/{footage_id}/access": WHY,
    "POST /recording/access/{request_id}/decision": {"decision": "approve"},
    f"{_CASE_ACT}/opinion": {
        "opinion": "agree", "seen": "0", **{f"check-{code}": "passed" for code in CODES},
    },
    f"{_CASE_ACT}/submit": {"seen": "0", "answers": "yes", "note": "材料已核对。"},
    f"{_CASE_ACT}/extension": {"seen": "0", "step": "ask", "note": "案情复杂"},
    f"{_CASE_ACT}/disagreement": {
        "seen": "0", "step": "disagreed", "checks": "procedure", "note": "不同意",
    },
    "POST /review/contradictions/{finding_id}": {
        "seen": "0", "verdict": "explained", "note": "补充了说明",
    },
    "POST /review/catalogue/changes": {
        "what": "some_law", "holds_from": "2026-01-01", "law_source": "某法§1",
    },
    "POST /review/catalogue/{unit}/checks": {
        "source": "/huainan/lawdesk", "event_id": "L1", "words": "没有涉及的条目",
    },
    "POST /review/catalogue/versions/{version_id}/guide": {"verdict": "guided", "seen": "5"},
    "POST /review/catalogue/versions/{version_id}/items": {
        "seen": "5", "title": "较大数额没收", "source": "本局规定", "confiscated": "6000",
    },
    f"{_CASE_ACT}/return": {"seen": "0", "step": "incomplete", "note": "缺伤情鉴定"},
    f"{_CASE_ACT}/assign": {"to": STRANGER, "reason": "轮换", "seen": "0", "assigned": "0"},
    f"{_CASE_ACT}/engagements": {"adviser": "n_1", "question": "时效", "asked": "0"},
    f"{_CASE_ACT}/engagements/{{engagement_id}}": {"advice-E1": "other", "answer-E1": "已答复"},
    "POST /review/reviewers/{number}/absences": lambda _letter: {
        "since": legal_today().isoformat(), "reason": "出差",
    },
    "POST /review/earlier-reviewers": {"number": REVIEWER, "why": "见任职文件"},
    **{
        f"POST /review/hearings/{{decision_id}}/{name}": {**fields, "on": "2026-09-21", "seen": "0"}
        for name, fields in HEARING_STEPS.items()
    },
    "POST /review/limits/{case_ref}/ask": {"reason": "案情复杂", "seen": "0"},
    "POST /review/limits/{case_ref}/decide": {
        "decision": "extended", "reason": "同意", "seen": "0",
    },
    "POST /review/transfers/{decision_id}/crime": {"reason": "涉嫌诈骗", "seen": "0"},
    "POST /review/transfers/{decision_id}/decide": {
        "decision": "approved", "reason": "同意", "seen": "1",
    },
    "POST /recording/actions/{action_id}/explanations": {"reason": "battery", "words": "没电"},
    "POST /recording/footage/{footage_id}/links": {"what": "link", "action_id": "A1"},
    "POST /recording/casefiles/{case_ref}/packages": {"lacking": "没有"},
    "POST /recording/upload": {
        "kind": "footage", "action_id": "A1", "started_at": "2026-09-10T22:30:00",
    },
    f"{_ITEM_ACT}/text": {"body": "公开文本"},
    f"{_ITEM_ACT}/check": {"seen": SHA},
    f"{_ITEM_ACT}/return": {"reason": "请修改"},
    f"{_ITEM_ACT}/approve": {"seen": SHA},
    f"{_ITEM_ACT}/withhold": {"withhold_code": "state_secret", "withhold_note": "涉密"},
    f"{_ITEM_ACT}/release": {"release_note": "已核定"},
    f"{_ITEM_ACT}/correct": {"correct_why": "笔误"},
    f"{_ITEM_ACT}/keep": {"keep_note": "已核对，无须更正"},
    f"{_ITEM_ACT}/withdraw": {"withdraw_code": "revoked", "withdraw_note": "已撤销"},
    "POST /disclosure/feedback/{feedback_id}": {"outcome": "unfounded", "answer": "经核查"},
    f"{_TASK_ACT}/accept": {"unit": UNIT},
    f"{_TASK_ACT}/report": {"unit": UNIT, "words": "进行中", "share": "10"},
    f"{_TASK_ACT}/verify": {"passed": "yes", "finding": "属实"},
    f"{_WARNING_ACT}/explain": {"reason": "oversight", "words": "已经补审"},
    f"{_WARNING_ACT}/close": {"closing": "查明"},
    "POST /tasks/import": lambda _letter: {"text": NOTICE.read_text(encoding="utf-8")},
    "POST /search": SEARCH,
    "POST /session/sign-in": {"number": STRANGER, "password": PASSWORD, "next": "/"},
    "POST /session/first-password": _a_link,
    "POST /my/password": {"old": PASSWORD, "password": NEXT_PASSWORD, "again": NEXT_PASSWORD},
    "POST /my/delegations": _a_delegation,
    "POST /admin/new-account": {"number": "030077", "name": "新民警", "unit": CITY},
    f"{_ACCOUNT_ACT}/roles/propose": {
        "role": "operator", "unit": CITY, "what": "grant", "why": "岗位需要",
    },
    "POST /elder/search": SEARCH,
    **{f"POST {face}/feedback": {"kind": "opinion", "text": "建议"} for face in ("", "/elder")},
}  # fmt: skip


def _footage() -> Any:
    return received(
        FootageCaptured,
        about={"source": "/huainan/recorders"},
        footage_id="F1",
        case_number=NUMBER,
        action_id="A1",
        serial="ZFY0042",
        officer=HANDLER,
        started_at="2026-09-10T22:30:00+08:00",
        ended_at="2026-09-10T23:30:00+08:00",
    )


def happened(service: str) -> list[Any]:
    """What the departments were told of the case of these tests."""
    case = a_case(unit=UNIT, handlers=[HANDLER])
    return {
        "review": [case, a_proposal(unit=UNIT), an_act(action_id="A2", kind="notice")],
        "recording": [case, an_act(), an_end(), _footage()],
        "disclosure": [case, a_decision(unit=UNIT)],
        "tasks": [case, a_decision(unit=UNIT), a_bypass()],
        "gateway": [],
    }[service]


async def open_place(world: Any, service: str, opened: Any, browsing: Any) -> Place:
    """A service's web process with the case, closed with ``opened``."""
    database = await world.database(service)
    await apply(database, *happened(service))
    names = await PLANTED[service](database) if service in PLANTED else {}
    await _know_units(database)
    async with database.transaction() as tx:
        await note(tx, [_own_entry(number_of(letter)) for letter in ROLE])
        await note(tx, [_own_entry(STRANGER)])
    await _write_log(await _settings(world, service), database)
    app = import_module(f"mingjing_{service}.app").build(await _settings(world, service))
    app.state.stopping.set()  # answers without end come to theirs
    opened.push_async_callback(app.state.database.close)
    client = await opened.enter_async_context(browsing(app))
    place = Place(app, client, {**(await _names(database, service)), **names})
    if service == "gateway":
        rows = await database.all("SELECT giver, delegation_id FROM delegations")
        ids = {row.giver: str(row.delegation_id) for row in rows}
        place.by_officer = {one: {"delegation_id": ids[number_of(one)]} for one in ROLE}
        place.names["delegation_id"] = ids[HANDLER]
    return place


async def _write_log(settings: Any, database: Any) -> None:
    """What was emitted and noted is in the service's log, and signed; no witness is there."""
    async with database.transaction() as tx:
        await sequence(tx)
    log = log_of(settings, database)
    await log.work()
    await log.close()


async def _settings(world: Any, service: str) -> Any:
    shared = await world.settings(service)
    if service != "review":
        return shared
    key = base64.b64encode(b"the key that signs clearances   ").decode()
    file = world.stack.secret_file("clearance-key", key)
    return ReviewSettings(**shared.model_dump(), clearance_key_file=file)


async def open_portal(world: Any, home: Path, opened: Any, browsing: Any) -> Place:
    """The portal, which is told of nobody."""
    paths = Paths(home)
    paths.bundles.mkdir()
    app = build_portal(await world.settings("portal"), paths.outside())
    opened.push_async_callback(app.state.database.close)
    client = await opened.enter_async_context(browsing(app))
    item = an_item("I1")
    contents = [item, *a_log([an_entry(0, public_sha256=item.text_sha256)])]
    raw, _digest = make_bundle(paths.signing, origin_of("test"), 1, FIRST_BEFORE, contents)
    (paths.bundles / file_name(1)).write_bytes(raw)
    await app.state.importer.take_all()
    names = {
        "item_id": "I1",
        "name": "a-search-of-long-ago",
        "path": "tile/entries/000.p/1",
        "start": item.text_sha256[:16],
    }
    return Place(app, client, names)


async def _know_units(database: Any) -> None:
    levels = [(CITY, "city", CITY), (UNIT, "station", CITY)]
    units = [
        received(
            UnitDescribed,
            code=code,
            versions=[{"valid_from": "2020-01-01", "name": code, "level": level, "parent": parent}],
            about={"source": "/mingjing/gateway"},
        )
        for code, level, parent in levels
    ]
    async with database.transaction() as tx:
        await note_units(units, tx)


def _own_entry(number: str) -> Entry:
    return Entry(number, "gateway.own_account", "done", Subject("account", f"own-{number}"))


async def _names(database: Any, service: str) -> dict[str, str]:
    names = {
        "decision_id": "D1",
        "action_id": "A1",
        "footage_id": "F1",
        "sha256": SHA,
        "feedback_id": "FB1",
        "case_ref": database.installation.references.case(NUMBER),
        "number": "6",
        "code": "publication_on_time",
        "event_type": EnforcementEnded.type,
        "major": "1",
        "paper": "told",
    }
    names["path"] = "tile/entries/000.p/1"
    [entry] = await database.all(
        "SELECT id FROM (SELECT 1 AS kind, id FROM outbox"
        " WHERE attributes->>'correlationid' = :ref UNION ALL"
        " SELECT 2, id FROM audit WHERE officer = :stranger) AS known ORDER BY kind LIMIT 1",
        ref=names["case_ref"],
        stranger=STRANGER,
    )
    names["entry_id"] = str(entry.id)
    tables = (("items", "item_id", "disclosure"), ("warnings", "warning_id", "tasks"))
    for table, column, owner in tables:
        if service == owner:
            [row] = await database.all(f"SELECT {column} AS id FROM {table}")
            names[column] = row.id
    return names
