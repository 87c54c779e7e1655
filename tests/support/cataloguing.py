"""A unit's catalogue at work: drafted, guided, approved, published, as officers' browsers would."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, time, timedelta

import orjson

from mingjing_shared.clock import SHANGHAI
from support.officers import CITY, COUNTY, STATION, an_officer

the_drafter = an_officer("legal_reviewer", number="034017", unit=COUNTY)
the_colleague = an_officer("legal_reviewer", number="034018", unit=COUNTY)
the_guide = an_officer("case_manager", number="034005", unit=CITY)
the_city_drafter = an_officer("case_manager", number="034006", unit=CITY)
the_county_head = an_officer("unit_head", number="034300", unit=COUNTY)
the_leader = an_officer("bureau_leader", number="034001", unit=CITY)
a_drafting_head = an_officer("unit_head", number="034017", unit=COUNTY)
a_station_reviewer = an_officer("legal_reviewer", number="034077", unit=STATION)
BIG_CONFISCATION = {
    "title": "较大数额没收",
    "source": "本局2026年第3次集体讨论",
    "confiscated": "5000",
}


class Catalogues:
    """The catalogue of one unit, on a bench."""

    def __init__(self, bench, unit=COUNTY):
        self.bench = bench
        self.unit = unit
        self.version_id = None

    @property
    def base(self):
        return f"/review/catalogue/versions/{self.version_id}"

    async def row(self):
        rows = await self.bench.review.database.all(
            "SELECT * FROM catalogue_versions WHERE version_id = :id", id=self.version_id
        )
        return rows[0]

    async def begin(self, officer=the_drafter):
        answer = await self.bench.post(officer, f"/review/catalogue/{self.unit}/draft")
        if answer.status_code == 303:
            self.version_id = re.search(r"versions/([^?]+)", answer.headers["location"])[1]
        return answer

    async def act(self, act, officer, **fields):
        given = {"seen": (await self.row()).steps, **fields}
        return await self.bench.post(officer, f"{self.base}/{act}", **given)

    async def put(self, officer=the_drafter, **fields):
        return await self.act("items", officer, **{**BIG_CONFISCATION, **fields})

    async def shown(self, officer):
        """The digest of the what-if, as the page for approval carries it."""
        page = await self.bench.get(officer, f"{self.base}/what-if")
        assert page.status_code == 200, page.text
        fields = {
            name: re.search(f'name="{name}" value="([^"]+)"', page.text)[1]
            for name in ("since", "until")
        }
        return {**fields, "shown": re.search(r'name="shown" value="([0-9a-f]{64})"', page.text)[1]}

    async def approve(self, officer=the_county_head):
        return await self.act("approve", officer, **await self.shown(officer))

    async def to(self, state, valid_from="2026-09-22"):
        """Drafted by the county, guided by the city, approved by the county's head, published."""
        answers = [await self.begin(), await self.put()]
        if state in {"asked", "guided", "approved", "published"}:
            answers.append(await self.act("ask", the_drafter, words="请指导"))
        if state in {"guided", "approved", "published"}:
            answers.append(await self.act("guide", the_guide, verdict="guided"))
        if state in {"approved", "published"}:
            answers.append(await self.approve())
        if state == "published":
            answers.append(await self.act("publish", the_drafter, valid_from=valid_from))
        assert [answer.status_code for answer in answers] == [303] * len(answers), answers[-1].text
        return self


def a_version(unit, number, day, items, **changes):
    """A version that was published and holds from a day on, as it is kept."""
    return {
        "version_id": f"{unit}-{number}",
        "unit": unit,
        "number": number,
        "based_on": None,
        "items": items,
        "items_sha256": hashlib.sha256(orjson.dumps(items)).hexdigest(),
        "state": "published",
        "steps": 5,
        "drafted_at": datetime.combine(day, time(), SHANGHAI) - timedelta(days=2),
        "drafted_by": "034017",
        "published_on": day,
        "valid_from": day,
        **changes,
    }
