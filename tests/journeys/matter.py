"""One case as a casework system tells it, and the small files that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mingjing_shared.clock import SHANGHAI, machine_now

UNIT = "340403250000"
WITNESS, RESIDENT_ID = "王建国", "11010519491231002X"
PHONE, ADDRESS = "13800550000", "田家庵区朝阳中路18号3栋402室"
COMPANY = "淮南市清河信息技术有限公司"
PERSONAL = (WITNESS, RESIDENT_ID, PHONE, ADDRESS)
BASIS = [{"law": "网络安全法", "article": "59"}]
OUTCOME = {"kinds": ["fine"], "fine": "30000.00"}
TEXT = (
    "行政处罚决定书\n"
    f"被处罚单位：{COMPANY}。\n"
    f"现查明：我局民警李勇（034211）等在检查中发现该单位未按规定留存网络日志，证人{WITNESS}"
    f"（公民身份号码{RESIDENT_ID}，住{ADDRESS}，联系电话{PHONE}）陈述属实。\n"
    "根据《网络安全法》第五十九条之规定，决定给予罚款三万元的行政处罚。"
)
PARTIES = [
    {"kind": "organisation", "name": COMPANY, "role": "penalised"},
    {
        "kind": "person",
        "name": WITNESS,
        "resident_id": RESIDENT_ID,
        "phone": PHONE,
        "address": ADDRESS,
        "role": "witness",
    },
]


def ago(**span: float) -> str:
    """An instant so long before now, as events carry it."""
    return (machine_now() - timedelta(**span)).isoformat(timespec="seconds")


@dataclass
class Matter:
    """A case of the network police, told step by step."""

    number: str
    kind: str = "cyber"
    _told: int = 0

    @property
    def case(self) -> str:
        return f"田公（网）2026-{self.number}"

    @property
    def decision(self) -> str:
        return f"D-{self.number}"

    @property
    def action(self) -> str:
        return f"A-{self.number}"

    @property
    def document(self) -> str:
        return f"田公(网)行罚决字〔2026〕{self.number}号"

    def _event(self, kind: str, data: dict[str, Any], at: str) -> dict[str, Any]:
        self._told += 1
        return {
            "specversion": "1.0",
            "id": f"{self.number}-{self._told}",
            "source": "/huainan/casework",
            "type": f"cn.mingjing.{kind}",
            "time": at,
            "data": {"case_number": self.case, **data},
        }

    def accepted(self, **changes: Any) -> dict[str, Any]:
        """The case was accepted."""
        at = ago(days=9)
        data = {
            "kind": self.kind,
            "cause": {"code": "330100", "name": "未履行网络安全保护义务"},
            "procedure": "ordinary",
            "unit": UNIT,
            "handlers": ["034211", "034388"],
            "accepted_at": at,
            "parties": PARTIES,
        }
        return self._event("case.accepted", {**data, **changes}, at)

    def acted(self, started_at: str, ended_at: str) -> dict[str, Any]:
        """A seizure on site."""
        data = {
            "action_id": self.action,
            "kind": "seizure",
            "place_kind": "on_site",
            "started_at": started_at,
            "ended_at": ended_at,
            "officers": ["034211", "034388"],
        }
        return self._event("action.performed", data, ended_at)

    def proposed(self, fine: str = "30000.00") -> dict[str, Any]:
        """A decision was proposed."""
        at = ago(hours=30)
        data = {
            "decision_id": self.decision,
            "kind": "penalty",
            "proposed_by": "034211",
            "unit": UNIT,
            "proposed_at": at,
            "facts": "该单位未按规定留存网络日志不少于六个月。",
            "basis": BASIS,
            "outcome": {**OUTCOME, "fine": fine},
            "draft_text": TEXT,
            "materials": [
                {"kind": "record", "sha256": "a" * 64, "title": "现场检查笔录"},
                {"kind": "notice", "sha256": "b" * 64, "title": "行政处罚告知笔录"},
            ],
        }
        return self._event("decision.proposed", data, at)

    def made(self, **changes: Any) -> dict[str, Any]:
        """The decision was made."""
        at = ago(minutes=5)
        data = {
            "decision_id": self.decision,
            "document_number": self.document,
            "kind": "penalty",
            "basis": BASIS,
            "outcome": OUTCOME,
            "made_on": _local_day(at),
            "approved_by": "030002",
            "unit": UNIT,
            "text": TEXT,
            "facts": "该单位未按规定留存网络日志不少于六个月。",
        }
        return self._event("decision.made", {**data, **changes}, at)

    def served(self) -> dict[str, Any]:
        """The decision was handed over."""
        at = ago(minutes=4)
        data = {"decision_id": self.decision, "served_on": _local_day(at), "method": "direct"}
        return self._event("decision.served", data, at)

    def revoked(self) -> dict[str, Any]:
        """The decision was revoked by the court."""
        at = ago(minutes=1)
        data = {
            "decision_id": self.decision, "on": _local_day(at), "by": "法院", "reason": "court",
        }  # fmt: skip
        return self._event("decision.revoked", data, at)

    def ended(self) -> dict[str, Any]:
        """Enforcement ended."""
        at = ago(minutes=3)
        data = {"ended_on": _local_day(at), "reason": "executed"}
        return self._event("enforcement.ended", data, at)

    def draft(self) -> dict[str, Any]:
        """The draft as the gate is asked about it."""
        return {"kind": "penalty", "parties": PARTIES, "basis": BASIS, "outcome": OUTCOME}


def _local_day(at: str) -> str:
    return (datetime.fromisoformat(at) + timedelta(hours=8)).date().isoformat()


def local_time(at: str) -> str:
    """An instant as somebody reads it off a recording, in Asia/Shanghai."""
    return datetime.fromisoformat(at).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")
