"""One case told day by day: each method is something that happens in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mingjing_deploy.demo.case import SITE_MINUTES, Case
from mingjing_deploy.demo.happenings import Act, Happening, Told

_END_REASONS = {"permit": "not_executable", "criminal": "turned_criminal"}
_SHADES = 200
_NOTICE = "告知笔录"
PROPERTY_SILENT_AFTER = 18


@dataclass
class Thread:
    """What happens in a case, in order; the acts of one day follow its events."""

    case: Case
    rng: Random
    happened: list[Happening] = field(default_factory=list)

    def tell(self, day: int, kind: str, clock: str, data: Mapping[str, Any]) -> None:
        """The case's own publisher tells an event of it."""
        event = self.case.event(kind, self.case.at(day, clock), data)
        self.happened.append(Told(day, self.case.publisher, event))

    def tell_by(
        self, publisher: str, day: int, kind: str, clock: str, data: Mapping[str, Any]
    ) -> None:
        """Another system tells an event of the case."""
        event = self.case.event(kind, self.case.at(day, clock), data)
        event["source"] = f"/huainan/{publisher}"
        self.happened.append(Told(day, publisher, event))

    def last(self, kind: str) -> Mapping[str, Any]:
        """The last event of this kind that was told."""
        told = [one.event for one in self.happened if isinstance(one, Told)]
        return next(one for one in reversed(told) if one["type"] == f"cn.mingjing.{kind}")

    def corrects(self, day: int, event: Mapping[str, Any]) -> None:
        """The case's own publisher says an event again, in the place of what it said before."""
        again = {**event, "id": f"{event['id']}-again"}
        again["supersedes"] = f"{event['source']}#{event['id']}"
        self.happened.append(Told(day, self.case.publisher, again))

    def act(self, day: int, who: str, what: str, **given: Any) -> None:
        """Somebody does something about the case."""
        self.happened.append(Act(day, who, what, self.case.number, given))

    @property
    def handler(self) -> str:
        """The handler who has an account."""
        return self.case.unit.handlers[0]

    def accepted(self, day: int, **changes: Any) -> None:
        """受案."""
        case = self.case
        at = case.at(day, "08:40").isoformat()
        data = {
            "kind": case.matter.kind,
            "cause": dict(zip(("code", "name"), case.matter.cause, strict=True)),
            "procedure": case.procedure,
            "unit": case.unit.code,
            "handlers": list(case.unit.handlers),
            "accepted_at": at,
            "parties": case.parties,
        }
        self.tell(day, "case.accepted", "08:40", {**data, **changes})

    def opened(self, day: int) -> None:
        """Accepted, acted on the same day, recorded."""
        self.accepted(day)
        self.acted(day)
        self.filmed(day)

    def acted(self, day: int, kind: str = "inspection", place: str = "on_site") -> None:
        """An act that must be recorded whole."""
        case = self.case
        begun, ended = (case.at(day, clock) for clock in case.site_clock)
        data = {
            "action_id": case.action_id,
            "kind": kind,
            "place_kind": place,
            "started_at": begun.isoformat(),
            "ended_at": ended.isoformat(),
            "officers": list(case.unit.handlers),
            "told": {"certificate_shown": True, "reason": True, "basis": True, "rights": True},
            "uniform": True,
        }
        self.tell(day, "action.performed", case.site_clock[1], data)

    def filmed(self, day: int, on: int | None = None, *, named: bool = True) -> None:
        """The recorder tells of its recording, and the handler brings the file.

        ``named``: the recorder knows the case; else somebody links the recording to the act.
        ``on`` is the day on which both come, when that is not the day of the act.
        """
        case, on = self.case, day if on is None else on
        begun, ended = (case.at(day, clock) for clock in case.site_clock)
        data: dict[str, Any] = {
            "footage_id": case.footage_id,
            "serial": f"REC-{case.unit.handlers[0]}",
            "officer": case.unit.handlers[0],
            "started_at": begun.isoformat(),
            "ended_at": ended.isoformat(),
        }
        event = case.event("footage.captured", case.at(on, "16:00"), data)
        event["source"] = "/huainan/recorders"
        if not named:
            del event["data"]["case_number"]
        self.happened.append(Told(on, "recorders", event))
        self.act(on, self.handler, "upload_footage", footage_id=case.footage_id, **self._film())
        if not named:
            self.act(on, self.handler, "link", footage_id=case.footage_id, action_id=case.action_id)

    def brought(self, day: int, on: int | None = None) -> None:
        """The handler brings the file of the act, of which no recorder told."""
        self.act(
            day if on is None else on,
            self.handler,
            "upload_footage",
            action_id=self.case.action_id,
            started_at=self.case.at(day, self.case.site_clock[0]).strftime("%Y-%m-%dT%H:%M:%S"),
            **self._film(),
        )

    def _film(self) -> dict[str, int]:
        # the serial makes every file another one: the same file twice is refused, and rightly
        seconds = SITE_MINUTES * 60 + 1 + self.case.serial % 50
        return {"seconds": seconds, "shade": 20 + self.rng.randrange(_SHADES)}

    def documented(self, day: int, *, uploaded: bool = True, paper: bool = False) -> None:
        """A record was made on site, and its file brought."""
        case = self.case
        data = {
            "document_number": case.record,
            "kind": "检查笔录",
            "title": "现场检查笔录",
            "made_at": case.at(day, "11:00").isoformat(),
            "on_paper_only": paper,
        }
        self.tell(day, "document.made", "11:00", data)
        if uploaded and not paper:
            self.uploaded(day, case.record)

    def uploaded(self, day: int, document_number: str) -> None:
        """The handler brings the file of a document."""
        self.act(
            day,
            self.handler,
            "upload_document",
            case_number=self.case.number,
            document_number=document_number,
        )

    def notified(self, day: int) -> None:
        """The party was told what is intended, once; on paper, as nobody objected (告知)."""
        case = self.case
        told = [one.event["data"].get("kind") for one in self.happened if isinstance(one, Told)]
        if case.matter.kind == "permit" or _NOTICE in told:
            return
        data = {
            "document_number": case.notice,
            "kind": _NOTICE,
            "title": "行政处罚告知笔录",
            "made_at": case.at(day, "10:10").isoformat(),
            "on_paper_only": True,
        }
        self.tell(day, "document.made", "10:10", data)

    def proposed(self, day: int, clock: str = "10:20", **changes: Any) -> None:
        """拟作决定, after the party was told."""
        case = self.case
        self.notified(day)
        data = {
            "decision_id": case.decision_id,
            "kind": "permit" if case.matter.kind == "permit" else "penalty",
            "proposed_by": case.unit.handlers[0],
            "unit": case.unit.code,
            "proposed_at": case.at(day, clock).isoformat(),
            "facts": f"{case.matter.facts}。",
            "basis": case.basis,
            "outcome": case.outcome,
            "draft_text": case.text(),
            "materials": [
                {"kind": "record", "sha256": case.record_sha256, "title": "现场检查笔录"},
                {"kind": "notice", "title": "行政处罚告知笔录"},
            ],
        }
        self.tell(day, "decision.proposed", clock, {**data, **changes})

    def submitted(self, day: int, note: str = "材料齐备，请审核。") -> None:
        """送审, also again after an opinion, and 补正材料."""
        self.act(day, self.handler, "submit", decision_id=self.case.decision_id, note=note)

    def taken(self, day: int) -> None:
        """受理."""
        self.act(day, "legal_reviewer", "accept", decision_id=self.case.decision_id)

    def handed_back(self, day: int, note: str) -> None:
        """材料不齐 before it was taken, 退回补正 after."""
        self.act(day, "legal_reviewer", "return", decision_id=self.case.decision_id, note=note)

    def judged(self, day: int, opinion: str, failed: str | None = None, reasons: str = "") -> None:
        """审核意见."""
        self.act(
            day,
            "legal_reviewer",
            "opinion",
            decision_id=self.case.decision_id,
            opinion=opinion,
            failed=failed,
            reasons=reasons,
        )

    def reviewed(self, day: int) -> None:
        """Submitted, taken and agreed: the usual way."""
        self.submitted(day)
        self.taken(day)
        self.judged(day + 1, "agree", reasons="事实清楚，程序合法，同意。")

    def gate_asked(self, day: int) -> None:
        """The casework system asks the gate before it seals the decision."""
        case = self.case
        draft = {"kind": "penalty", "parties": case.parties, "basis": case.basis,
                 "outcome": case.outcome}  # fmt: skip
        self.act(day, case.publisher, "gate", decision_id=case.decision_id, draft=draft)

    def made(self, day: int, *, served: bool = True, clock: str = "10:00", **changes: Any) -> None:
        """The decision was made, and served the same day."""
        case = self.case
        data = {
            "decision_id": case.decision_id,
            "document_number": case.document,
            "kind": "permit" if case.matter.kind == "permit" else "penalty",
            "basis": case.basis,
            "outcome": case.outcome,
            "made_on": case.on(day),
            "approved_by": "030002",
            "unit": case.unit.code,
            "offence_from": case.on(-3),
            "facts": f"{case.matter.facts}。",
            "text": case.text(),
        }
        self.tell(day, "decision.made", clock, {**data, **changes})
        if served:
            self.served(day)

    def served(self, day: int) -> None:
        """送达."""
        data = {"decision_id": self.case.decision_id, "served_on": self.case.on(day),
                "method": "direct"}  # fmt: skip
        self.tell(day, "decision.served", "15:00", data)

    def for_item(self, day: int, who: str, what: str, **given: Any) -> None:
        """An act on the publication of the case's decision."""
        self.act(day, who, what, case_number=self.case.number, **given)

    def published(self, day: int) -> None:
        """Masked, checked by a second person, approved: goes to the public."""
        self.for_item(day, "disclosure_editor", "mask")
        self.for_item(day, "disclosure_checker", "check")
        self.for_item(day, "bureau_leader", "approve")

    def ended(self, day: int, reason: str | None = None) -> None:
        """Enforcement ended."""
        reason = reason or _END_REASONS.get(self.case.matter.kind, "executed")
        data = {"ended_on": self.case.on(day), "reason": reason}
        self.tell(day, "enforcement.ended", "16:30", data)

    def archived(self, day: int) -> None:
        """The case file is archived, with a word on what lacks."""
        self.act(
            day,
            self.handler,
            "archive",
            case_number=self.case.number,
            lacking="决定书纸质件随卷移交，电子件待扫描。",
        )

    def paid(self, day: int) -> None:
        """The fine was paid at the bank."""
        fine = self.case.outcome.get("fine")
        if fine:
            data = {"decision_id": self.case.decision_id, "amount": fine,
                    "paid_on": self.case.on(day), "bank_ref": f"BK{self.case.serial}"}  # fmt: skip
            self.tell_by("finance", day, "fine.paid", "14:00", data)

    def kept(self, day: int, what: str = "registered") -> None:
        """Property of the case came into keeping, or left it; one day its system falls silent."""
        if day > PROPERTY_SILENT_AFTER:
            return
        at = self.case.at(day, "13:30").isoformat()
        data = {"property_id": f"P-{self.case.serial}", "at": at, "keeper": "涉案财物管理中心"}
        self.tell_by("property", day, f"property.{what}", "13:30", data)

    def warned(self, day: int, who: str, kind: str, *, explained: str | None = None) -> None:
        """A warning is taken, and explained where somebody has a reason."""
        about = {"kind": kind, "case_number": self.case.number}
        self.act(day, who, "take_warning", **about)
        if explained:
            self.act(
                day, who, "explain_warning", **about, reason=explained,
                words="已查明原因，正在补办，本周内完成。",
            )  # fmt: skip
