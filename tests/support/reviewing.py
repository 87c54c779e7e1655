"""People at work on one review, spoken to as their browsers would; and the clock of the law."""

from __future__ import annotations

import json
from datetime import datetime

from mingjing_review.handlers import ALARMS
from mingjing_review.rules.checks import CODES
from mingjing_shared.clock import SHANGHAI, machine_now
from mingjing_shared.events.directory import OfficerDescribed, UnitDescribed
from mingjing_shared.messaging.clocks import fire_due
from support.events import received
from support.officers import CITY, COUNTY, CSRF, ELSEWHERE, STATION, an_officer, signed_in
from support.review import FINE_IN_CATALOGUE, PERSON, a_case, a_proposal

HANDLER, SECOND = "034211", "034388"
REVIEWER, CHIEF = "034017", "034002"
NAME = PERSON["name"]
DRAFT = f"行政处罚决定书（草案）\n被处罚人{NAME}在龙湖路损坏他人财物。\n决定罚款四千元。"
FACTS = f"现查明：{NAME}损坏他人财物，有现场笔录证实。"
SHA = "ab" * 32
MATERIALS = [
    {"kind": "inspection_record", "sha256": SHA, "title": f"{NAME}现场检查笔录"},
    {"kind": "notice_record", "title": "行政处罚告知笔录"},
]
PROPOSED = {
    "outcome": FINE_IN_CATALOGUE,
    "proposed_by": HANDLER,
    "unit": STATION,
    "draft_text": DRAFT,
    "facts": FACTS,
    "materials": MATERIALS,
    "parties": [PERSON],
    "basis": [{"law": "治安管理处罚法", "article": "第五十九条"}],
    "crime_suspected": False,
}
MET = {
    "on": "2026-09-21",
    "people": "034211、034017",
    "unit_says": "程序没有问题",
    "reviewers_say": "没有告知",
}
UNITS = [
    (CITY, "测试市公安局", "city_bureau", None, CHIEF),
    (COUNTY, "测试分局", "district_branch", CITY, None),
    (STATION, "测试派出所", "police_station", COUNTY, None),
    (ELSEWHERE, "别处分局", "district_branch", CITY, None),
]
QUALIFIED = {
    "enforcement_certificate": "皖公执001",
    "qualification_level": "basic",
    "legal_qualification": True,
}
KNOWN = (HANDLER, SECOND, REVIEWER, CHIEF, "034005", "034018", "034019", "034020")

the_handler = an_officer("case_handler", number=HANDLER)
the_second = an_officer("case_handler", number=SECOND)
a_stranger = an_officer("case_handler", number="039999")
the_head = an_officer("unit_head", number="034300")
the_reviewer = an_officer("legal_reviewer", number=REVIEWER, unit=COUNTY)
another_reviewer = an_officer("legal_reviewer", number="034018", unit=COUNTY)
a_reviewer_elsewhere = an_officer("legal_reviewer", number="034019", unit=ELSEWHERE)
a_reviewer_who_handles = an_officer("legal_reviewer", number=HANDLER, unit=COUNTY)
a_stand_in = an_officer(("legal_reviewer", COUNTY, SECOND), number="034020", unit=COUNTY)
a_leader = an_officer("bureau_leader", number="034001", unit=CITY)
the_manager = an_officer("case_manager", number="034005", unit=CITY)
an_editor = an_officer("disclosure_editor", number="034400", unit=CITY)
an_inspector = an_officer("inspector", number="034500", unit=CITY)


def a_case_at_work(**changes):
    given = {"handlers": [HANDLER, SECOND], "unit": STATION, "procedure": "ordinary"}
    return a_case(**{**given, **changes})


def a_text(**changes):
    return a_proposal(**{**PROPOSED, **changes})


def the_directory():
    units = [
        received(
            UnitDescribed,
            code=code,
            versions=[
                {
                    "valid_from": "2018-01-01",
                    "name": name,
                    "level": level,
                    **({"parent": parent} if parent else {}),
                    **({"head": head} if head else {}),
                }
            ],
        )
        for code, name, level, parent, head in UNITS
    ]
    officers = [
        received(
            OfficerDescribed,
            police_number=number,
            versions=[
                {
                    "valid_from": "2018-01-01",
                    "name": f"民警{number[-2:]}",
                    "unit": STATION,
                    "posts": ["民警"],
                    **QUALIFIED,
                }
            ],
        )
        for number in KNOWN
    ]
    return [*units, *officers]


class LawClock:
    """The legal clock of a test, moved by its file."""

    def __init__(self, file):
        self.file = file

    def move_to(self, text):
        """To an instant in Asia/Shanghai, such as ``2026-09-21 10:00``."""
        wanted = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
        offset = (wanted - machine_now()).total_seconds()
        self.file.write_text(json.dumps({"offset_seconds": offset}))


class Bench:
    """Review's pages and handlers on one database."""

    def __init__(self, client, review, clock):
        self.client = client
        self.review = review
        self.clock = clock

    async def get(self, officer, path, **query):
        return await self.client.get(path, headers=signed_in(officer), params=query or None)

    async def post(self, officer, path, **fields):
        data = {"csrf": CSRF, **fields}
        return await self.client.post(path, headers=signed_in(officer), data=data)

    async def says_why(self, officer, decision_id="D1"):
        """State why the officer reads what lies before review."""
        why = {"purpose": "inspection", "purpose_words": "核查信访反映的问题"}
        answer = await self.post(officer, f"/review/cases/{decision_id}/purpose", **why)
        assert answer.status_code == 303
        return answer

    async def propose(self, **changes):
        """A case of two handlers in the directory, and a text that needs review."""
        await self.review.apply(*the_directory(), a_case_at_work(), a_text(**changes))

    async def steps(self, decision_id="D1"):
        rows = await self.review.database.all(
            "SELECT kind, round, officer FROM review_steps WHERE decision_id = :id ORDER BY place",
            id=decision_id,
        )
        return [(row.kind, row.round, row.officer) for row in rows]

    async def seen(self, decision_id="D1"):
        return (await self.review.review(decision_id)).steps

    async def submit(self, officer=the_handler, **fields):
        seen = await self.seen()
        answers = {f"answer-{code}": "adopted" for code in CODES}
        given = {"answers": "yes", "note": "材料已核对。", "seen": seen, **answers, **fields}
        return await self.post(officer, "/review/cases/D1/submit", **given)

    async def accept(self, officer=the_reviewer, **fields):
        given = {"seen": await self.seen(), **fields}
        return await self.post(officer, "/review/cases/D1/accept", **given)

    async def hand_back(self, officer=the_reviewer, **fields):
        state = await self.review.state()
        step = "incomplete" if state == "submitted" else "returned"
        given = {"step": step, "note": "缺伤情鉴定", "seen": await self.seen(), **fields}
        return await self.post(officer, "/review/cases/D1/return", **given)

    async def speak(self, opinion="agree", officer=the_reviewer, **fields):
        failed = fields.pop("failed", ("procedure",) if opinion == "correct" else ())
        failed = ("crime",) if opinion == "transfer" and not failed else failed
        given = {f"check-{code}": "failed" if code in failed else "passed" for code in CODES}
        given |= {f"note-{code}": "问题在这里" for code in failed}
        if opinion != "agree":
            given["reasons"] = "理由写在这里"
        given |= {"opinion": opinion, "seen": await self.seen(), **fields}
        return await self.post(officer, "/review/cases/D1/opinion", **given)

    async def ask_extension(self, officer=the_reviewer, **fields):
        given = {"step": "ask", "note": "案情复杂，需补充鉴定", "seen": await self.seen(), **fields}
        return await self.post(officer, "/review/cases/D1/extension", **given)

    async def answer_extension(self, answer="granted", officer=a_leader, **fields):
        given = {"step": "answer", "answer": answer, "note": "情况属实", "seen": await self.seen()}
        return await self.post(officer, "/review/cases/D1/extension", **{**given, **fields})

    async def dispute(self, step, officer, **fields):
        given = {"step": step, "note": "理由写在这里", "seen": await self.seen(), **fields}
        return await self.post(officer, "/review/cases/D1/disagreement", **given)

    async def disagree(self, officer=the_handler, **fields):
        return await self.dispute("disagreed", officer, **{"checks": "procedure", **fields})

    async def re_review(self, outcome="maintained", officer=another_reviewer, **fields):
        return await self.dispute("re_reviewed", officer, outcome=outcome, **fields)

    async def coordinate(self, outcome="not_agreed", officer=another_reviewer, **fields):
        given = {"outcome": outcome, **MET, **fields}
        return await self.dispute("coordinated", officer, **given)

    async def discuss(self, outcome="opinion_stands", officer=a_leader, **fields):
        given = {"outcome": outcome, "forum": "collective", **MET, **fields}
        return await self.dispute("discussed", officer, **given)

    async def fire(self):
        async with self.review.database.transaction() as tx:
            return await fire_due(tx, ALARMS)

    async def audit(self):
        rows = await self.review.database.all(
            "SELECT officer, act, outcome, reason, subject, role FROM audit ORDER BY number"
        )
        return [tuple(row) for row in rows]

    async def told_of(self, name):
        rows = await self.review.database.all(
            "SELECT attributes, convert_from(value, 'UTF8')::jsonb AS data FROM outbox"
            " WHERE attributes->>'type' = :type ORDER BY attributes->>'time'",
            type=f"cn.mingjing.{name}",
        )
        return [row.data for row in rows]
