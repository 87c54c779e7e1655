"""Hearings, limits and transfers at review's bench, as officers work them off."""

from __future__ import annotations

from mingjing_shared.events.casework import ActionPerformed, CaseTransferred, DocumentMade
from support.events import received
from support.officers import CITY, COUNTY, an_officer
from support.review import CASE
from support.reviewing import CHIEF, HANDLER, SECOND, the_handler, the_reviewer

CHAIR, RECORDER = "034018", "034019"
the_chair = an_officer("legal_reviewer", number=CHAIR, unit=COUNTY)
the_county_head = an_officer("unit_head", number="034100", unit=COUNTY)
the_leader = an_officer("bureau_leader", number=CHIEF, unit=CITY)
ROUTES = {
    "told": "record", "requested": "record", "waived": "record", "withdrawn": "record",
    "accepted": "decide", "refused": "decide", "noticed": "notice", "held": "hold",
    "no_show": "hold", "reported": "report",
}  # fmt: skip
FIELDS = {
    "refused": {"reason": "不属于可以要求听证的处罚"},
    "noticed": {
        "planned_on": "2026-10-10", "place": "三楼听证室", "chair": CHAIR, "recorder": RECORDER,
        "time": "09:30",
    },
    "held": {"record": "办案民警陈述，申请人申辩。"},
    "no_show": {"reason": "等候三十分钟未到"},
    "reported": {"conclusion": "lighter", "finding": "建议从轻处罚"},
}  # fmt: skip
BY = {"told": the_handler, "requested": the_handler, "waived": the_handler,
      "withdrawn": the_handler, "reported": the_chair}  # fmt: skip


def a_notice_act(**changes):
    given = {
        "case_number": CASE, "action_id": "A7", "kind": "notice", "place_kind": "case_area",
        "started_at": "2026-09-18T10:00:00+08:00", "ended_at": "2026-09-18T10:20:00+08:00",
        "officers": [HANDLER, SECOND],
    }  # fmt: skip
    return received(ActionPerformed, **{**given, **changes})


def a_paper(kind, day, number="鉴聘1"):
    return received(
        DocumentMade,
        case_number=CASE,
        document_number=number,
        kind=kind,
        title=kind,
        made_at=f"{day}T10:00:00+08:00",
    )


def gone_away(day):
    return received(CaseTransferred, case_number=CASE, to="刑侦大队", reason="涉嫌犯罪", on=day)


class Hall:
    """The hearing of D1, step by step; days of the legal clock are moved by the test."""

    def __init__(self, bench):
        self.bench = bench

    async def row(self):
        rows = await self.bench.review.database.all("SELECT * FROM hearings")
        return rows[0] if rows else None

    async def state(self):
        row = await self.row()
        return None if row is None else row.state

    async def kinds(self):
        rows = await self.bench.review.database.all(
            "SELECT kind FROM hearing_steps ORDER BY step_id"
        )
        return [row.kind for row in rows]

    async def term(self, kind="hearing"):
        rows = await self.bench.review.database.all(
            "SELECT * FROM terms WHERE kind = :kind", kind=kind
        )
        return rows[0] if rows else None

    async def take(self, kind, on, officer=None, **fields):
        row = await self.row()
        given = {
            "step": kind, "on": on, "seen": row.steps if row else 0, **FIELDS.get(kind, {}),
            **fields,
        }  # fmt: skip
        officer = officer or BY.get(kind, the_reviewer)
        return await self.bench.post(officer, f"/review/hearings/D1/{ROUTES[kind]}", **given)

    async def go(self, *steps):
        """Each step on its day, with the clock moved to it."""
        for kind, on in steps:
            self.bench.clock.move_to(f"{on} 15:00")
            answer = await self.take(kind, on)
            assert answer.status_code == 303, answer.text[-2500:]
