"""One case as its casework system knows it: numbers, parties, texts, and the events it tells."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from mingjing_deploy.demo.files import document_of
from mingjing_deploy.demo.matters import MATTERS, Matter
from mingjing_deploy.demo.names import company, person
from mingjing_deploy.demo.units import UNITS, Unit
from mingjing_shared.clock import SHANGHAI

EVENING = time(17, 30)
SITE_MINUTES = 12  # how long an act on site takes
_SITE_FIRST, _SITE_SLOT, _SITE_SLOTS = time(8, 45), timedelta(minutes=13), 7  # all before 10:20
SERIAL_FIRST = 30_000
CASES_A_MONTH_MAX = 1000
MINOR_YEARS, ADULT_YEARS = (15, 17), (22, 60)
_SEALS = {"fine": "罚款", "warning": "警告", "licence_revocation": "吊销许可证件",
          "business_suspension": "责令停产停业"}  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """A case that is played in hours: each of its days ends so long after the one before."""

    began: datetime
    step: timedelta

    def ends(self, day: int) -> datetime:
        """When a day of the case is over: then its events are told."""
        return self.began + day * self.step

    def at(self, day: int, clock: time) -> datetime:
        """An hour of such a day, in its place before the day's end."""
        left = (EVENING.hour - clock.hour) * 60 + EVENING.minute - clock.minute
        share = left / (EVENING.hour * 60 + EVENING.minute)
        moment = self.ends(day) - share * self.step
        return moment.astimezone(SHANGHAI).replace(microsecond=0)


@dataclass
class Case:
    """A made-up case. ``first`` is the first day of the month that it lies in."""

    serial: int
    matter: Matter
    unit: Unit
    first: date
    parties: list[dict[str, Any]]
    is_grave: bool
    publisher: str = "casework"
    procedure: str = "ordinary"
    pace: Pace | None = None
    _told: int = field(default=0, repr=False)

    @property
    def number(self) -> str:
        """案件编号."""
        return f"{self.unit.sign}受案字〔{self.first.year}〕{self.serial}号"

    @property
    def decision_id(self) -> str:
        """The id of its decision."""
        return f"D-{self.serial}"

    @property
    def action_id(self) -> str:
        """The id of its act on site."""
        return f"A-{self.serial}"

    @property
    def footage_id(self) -> str:
        """The id of the recording of that act."""
        return f"F-{self.serial}"

    @property
    def document(self) -> str:
        """文书字号 of its decision."""
        what = "许决字" if self.matter.kind == "permit" else "行罚决字"
        return f"{self.unit.sign[:2]}({self.matter.sign}){what}〔{self.first.year}〕{self.serial}号"

    @property
    def record(self) -> str:
        """文书字号 of the record made on site."""
        return f"{self.unit.sign[:2]}({self.matter.sign})检字〔{self.first.year}〕{self.serial}号"

    @property
    def notice(self) -> str:
        """文书字号 of the record in which the party was told."""
        return f"{self.unit.sign[:2]}({self.matter.sign})告字〔{self.first.year}〕{self.serial}号"

    @property
    def record_sha256(self) -> str:
        """What the file of that record will be known by."""
        return hashlib.sha256(document_of(self.record)).hexdigest()

    @property
    def outcome(self) -> Mapping[str, object]:
        """What is decided."""
        return self.matter.grave if self.is_grave else self.matter.plain

    @property
    def basis(self) -> list[dict[str, str]]:
        """What it rests on."""
        law, article = self.matter.law
        return [{"law": law, "article": article}]

    @property
    def site_clock(self) -> tuple[str, str]:
        """When its act on site begins and ends: cases of one day are not all at the same time."""
        begins = datetime.combine(self.first, _SITE_FIRST) + self.serial % _SITE_SLOTS * _SITE_SLOT
        ends = begins + timedelta(minutes=SITE_MINUTES)
        return f"{begins:%H:%M}", f"{ends:%H:%M}"

    def at(self, day: int, clock: str) -> datetime:
        """The instant of a day of the month, by its time of day in Asia/Shanghai."""
        moment = time.fromisoformat(clock)
        if self.pace is not None:
            return self.pace.at(day, moment)
        return datetime.combine(self.first + timedelta(days=day), moment, SHANGHAI)

    def on(self, day: int) -> str:
        """A day of the month as events carry it."""
        if self.pace is not None:
            return self.pace.at(day, time(12)).date().isoformat()
        return (self.first + timedelta(days=day)).isoformat()

    def event(self, kind: str, at: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
        """One event of this case, by the next of its numbers."""
        self._told += 1
        return {
            "specversion": "1.0",
            "id": f"demo-{self.serial}-{self._told}",
            "source": f"/huainan/{self.publisher}",
            "type": f"cn.mingjing.{kind}",
            "time": at.isoformat(timespec="seconds"),
            "data": {"case_number": self.number, **data},
        }

    def text(self, outcome: Mapping[str, object] | None = None) -> str:
        """The decision's text, with everything personal that a real one has."""
        concerned, witness = self.parties[0], self.parties[-1]
        law, article = self.matter.law
        said = "，".join(_SEALS.get(str(kind), str(kind)) for kind in self._kinds(outcome))
        title = "行政许可决定书" if self.matter.kind == "permit" else "行政处罚决定书"
        who = "申请人" if self.matter.kind == "permit" else "被处罚人"
        about = concerned["name"]
        if concerned["kind"] == "person":
            about += f"，公民身份号码{concerned['resident_id']}，住{concerned['address']}"
        seen = ""
        if witness is not concerned:
            seen = (
                f"证人{witness['name']}（公民身份号码{witness['resident_id']}，"
                f"联系电话{witness['phone']}）陈述属实。"
            )
        what = f"决定：{said}。" if said else "决定准予许可。"
        return (
            f"{title}\n{who}：{about}。\n现查明：{self.matter.facts}。{seen}\n"
            f"根据《{law}》{article}之规定，{what}"
        )

    def _kinds(self, outcome: Mapping[str, object] | None) -> list[object]:
        kinds = (outcome or self.outcome).get("kinds", [])
        return list(kinds) if isinstance(kinds, list) else []


def make_case(rng: Random, serial: int, first: date, kind: str, *, grave: bool) -> Case:
    """Make up a case of a kind; of whom it is about, when each was born is known."""
    matter = MATTERS[kind]
    by_code = {unit.code: unit for unit in UNITS}
    unit = by_code[matter.units[serial % len(matter.units)]]
    return Case(
        serial=serial,
        matter=matter,
        unit=unit,
        first=first,
        parties=_parties(rng, matter, first),
        is_grave=grave,
    )


def _parties(rng: Random, matter: Matter, first: date) -> list[dict[str, Any]]:
    role = "applicant" if matter.kind == "permit" else "penalised"
    witness = one_person(rng, first, "witness")
    if matter.of == "person":
        return [one_person(rng, first, role), witness]
    name, code = company(rng)
    party = {"kind": "organisation", "name": name, "social_credit_code": code, "role": role}
    return [party] if matter.kind == "permit" else [party, witness]


def one_person(
    rng: Random, first: date, role: str, years: tuple[int, int] = ADULT_YEARS
) -> dict[str, Any]:
    """A party that is somebody who does not exist."""
    who = person(rng, first, years)
    return {
        "kind": "person",
        "name": who.name,
        "resident_id": who.resident_id,
        "birth_date": who.birth_date.isoformat(),
        "address": who.address,
        "phone": who.phone,
        "role": role,
    }
