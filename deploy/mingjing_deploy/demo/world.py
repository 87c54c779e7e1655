"""What happens beside the cases: devices, windows, training, tasks, citizens, and trouble."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from mingjing_deploy.demo import lawyers
from mingjing_deploy.demo.happenings import Act, Damaged, Happening, Told
from mingjing_deploy.demo.plots import catalogue
from mingjing_deploy.demo.units import UNITS
from mingjing_shared.clock import SHANGHAI

_SAID = (
    ("opinion", "网上公示查询方便，建议增加手机版字号选项。"),
    ("correction", "公示页面中一处标点重复，请核对。"),
    ("privacy", "担心公示内容可以看出住址，请核查。"),
    ("opinion", "希望说明罚款缴纳的期限和方式。"),
    ("correction", "办理单位名称似乎不是最新的全称。"),
    ("opinion", "咨询：不服处罚决定向哪里申请复议？"),
)
LETTERS = "letters"
_ANSWERED = 3
_VERIFIED, _CLAIMED, _DOING = 2, 4, 8


@dataclass
class World:
    """A month beside its cases; ``month`` makes its numbers its own.

    ``evidence`` is the digest of a file that is brought in it, which proves what units report.
    """

    rng: Random
    first: date
    month: int
    evidence: str
    _told: int = 0

    def happenings(self) -> Iterator[Happening]:
        """Everything, in no order."""
        yield from self._recorders()
        yield from self._offices()
        yield from self._legal_department()
        yield from self._trouble()
        yield from self._tasks()
        yield from self._citizens()
        yield from catalogue.happenings(self.first, self.month)

    def _at(self, day: int, clock: str) -> str:
        moment = time.fromisoformat(clock)
        return datetime.combine(self.first + timedelta(days=day), moment, SHANGHAI).isoformat()

    def _on(self, day: int) -> str:
        return (self.first + timedelta(days=day)).isoformat()

    def _tell(
        self, publisher: str, day: int, kind: str, clock: str, data: Mapping[str, Any]
    ) -> Told:
        self._told += 1
        event = {
            "specversion": "1.0",
            "id": f"demo-month{self.month}-{self._told}",
            "source": f"/huainan/{publisher}",
            "type": f"cn.mingjing.{kind}",
            "time": self._at(day, clock),
            "data": data,
        }
        return Told(day, publisher, event)

    def _recorders(self) -> Iterator[Happening]:
        for unit in UNITS:
            serial = f"REC-{unit.handlers[0]}"
            about = {"serial": serial, "unit": unit.code, "model": "DSJ-5",
                     "registered_at": self._at(0, "07:30")}  # fmt: skip
            yield self._tell("recorders", 0, "device.registered", "07:30", about)
            day = self.rng.randrange(1, 34)
            docked = {"serial": serial, "docked_at": self._at(day, "17:00"),
                      "device_clock_at": self._at(day, "17:00"),
                      "battery": self.rng.randrange(5, 100)}  # fmt: skip
            yield self._tell("recorders", day, "device.docked", "17:00", docked)
        for number, day in enumerate((6, 17, 33), start=1):  # recordings that belong to nothing
            unit = self.rng.choice(UNITS)
            stray = {
                "footage_id": f"F-stray-{self.month}-{number}",
                "serial": f"REC-{unit.handlers[0]}",
                "officer": unit.handlers[0],
                "started_at": self._at(day, "12:10"),
                "ended_at": self._at(day, "12:16"),
            }
            yield self._tell("recorders", day, "footage.captured", "12:20", stray)
        fault = {"serial": f"REC-{UNITS[1].handlers[0]}", "at": self._at(9, "08:00"),
                 "fault": "无法开机"}  # fmt: skip
        yield self._tell("recorders", 9, "device.faulted", "08:00", fault)
        for day in range(0, 35, 3):
            beat = {"system": "case-area", "last_synced_at": self._at(day, "07:00"),
                    "lag_seconds": self.rng.randrange(0, 90)}  # fmt: skip
            yield self._tell("recorders", day, "connector.heartbeat", "07:00", beat)

    def _offices(self) -> Iterator[Happening]:
        for day in range(2, 34, 4):
            served = {"item": "hotel-permit", "channel": "window", "days": self.rng.randrange(1, 9)}
            yield self._tell("licensing", day, "window.served", "16:00", served)
        listed = {"item": "hotel-permit", "online": True, "days_promised": 7}
        yield self._tell("licensing", 2, "service_item.listed", "08:00", listed)
        for number, unit in enumerate(UNITS):
            amount = f"{self.rng.randrange(10, 500) * 100}.00"
            swept = {"unit": unit.code, "amount": amount, "on": self._on(20 + number)}
            yield self._tell("finance", 20 + number, "income.swept", "17:00", swept)
        training = {"unit": UNITS[0].code, "topic": "执法记录规范", "on": self._on(11), "hours": 4,
                    "attended": list(UNITS[0].handlers)}  # fmt: skip
        yield self._tell("personnel", 11, "training.held", "17:00", training)

    def _legal_department(self) -> Iterator[Happening]:
        for day, exam in lawyers.exams(self.first):
            yield self._tell("personnel", day, "exam.passed", "17:10", exam)
        for day, engaged in lawyers.advisers(self.first):
            yield self._tell("personnel", day, "adviser.engaged", "08:30", engaged)
        yield lawyers.absence(self.first)

    def _trouble(self) -> Iterator[Happening]:
        """Records that cannot be taken: each is put aside, and what comes after goes on."""
        publisher = "casework-direct"
        for number, day in ((1, 5), (2, 12), (3, 21)):
            told = self._tell(
                publisher, day, "enforcement.ended", "10:00",
                {"case_number": f"坏消息-{self.month}-{number}", "ended_on": "昨天"},
            )  # fmt: skip
            yield told
        yield Damaged(8, publisher, f"poison-{self.month}", "{这不是 JSON")
        foreign = self._tell(
            publisher, 15, "enforcement.ended", "10:00",
            {"case_number": f"冒名-{self.month}", "ended_on": self._on(15), "reason": "executed"},
        )  # fmt: skip
        yield Told(15, publisher, {**foreign.event, "source": "/huainan/somebody-else"})
        mended = {"case_number": f"坏消息-{self.month}-1", "ended_on": self._on(5),
                  "reason": "executed"}  # fmt: skip
        first, second = f"坏消息-{self.month}-1", f"坏消息-{self.month}-2"
        yield Act(10, "operator", "mend_letters", LETTERS, {"case_number": first, "data": mended})
        yield Act(16, "operator", "discard_letters", LETTERS, {"case_number": second})
        about = {"kind": "dead_letters", "case_number": None}
        yield Act(23, "operator", "take_warning", LETTERS, about)

    def _tasks(self) -> Iterator[Happening]:
        """Units say how far they are with the 43 tasks; some claim to be done; some are checked."""
        numbers = self.rng.sample([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18, 19, 20],
                                  _DOING)  # fmt: skip
        for place, number in enumerate(numbers):
            thread, day = f"task {number}", 3 + 2 * place
            yield Act(day, "unit_head", "accept_task", thread, {"number": number})
            done = place < _CLAIMED
            report = {"number": number, "words": "已制定方案并组织落实，附材料。",
                      "share": 100 if done else self.rng.randrange(20, 90),
                      "evidence": self.evidence if done else "", "done": done}  # fmt: skip
            yield Act(day + 2, "unit_head", "report_task", thread, report)
            if place < _VERIFIED:
                found = {"number": number, "passed": "yes", "finding": "材料属实。"}
                yield Act(day + 4, "inspector", "verify_task", thread, found)
        given = {"taker": "034100", "from_on": self._on(14), "until_on": self._on(24),
                 "why": "外出培训"}  # fmt: skip
        yield Act(13, "034200", "delegate", "delegation", given)

    def _citizens(self) -> Iterator[Happening]:
        for place, (kind, text) in enumerate(_SAID):
            words = f"{text}（第 {self.month} 月第 {place + 1} 条）"
            day, thread = 9 + 4 * place, f"feedback {place}"
            yield Act(day, "citizen", "write", thread, {"kind": kind, "text": words})
            if place < _ANSWERED:
                settled = {"text": words, "outcome": "explained", "answer": "已核查并说明。"}
                yield Act(day + 1, "disclosure_editor", "answer", thread, settled)
        for day in (20, 34):
            given = {"words": "网络" if day == 20 else "决定"}
            yield Act(day, "citizen", "search", f"reading {day}", given)
