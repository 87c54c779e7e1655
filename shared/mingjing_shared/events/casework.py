"""Cases, acts and decisions, as casework systems tell them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from mingjing_shared.events import codes
from mingjing_shared.events.base import DEPARTMENTS, CaseEvent, Stability
from mingjing_shared.events.values import (
    ActionId,
    ActionKind,
    Cause,
    ClearanceId,
    Code,
    Day,
    DecisionId,
    DocumentNumber,
    File,
    Hearing,
    Id,
    Instant,
    LegalBasis,
    Material,
    Outcome,
    Parties,
    PlannedDay,
    PoliceNumber,
    Prose,
    Signatures,
    Text,
    Told,
    UnitCode,
)

_OF_A_CLASSIFIED_CASE = ("case_number", "unit", "accepted_at", "classified")
_OF_ANY_OTHER_CASE = ("kind", "cause", "procedure", "handlers")


class CaseAccepted(CaseEvent, frozen=True, kw_only=True):
    """A case was accepted (受案).

    Of a classified case nothing is told but number, unit and time: then any other field is
    refused. Of every other case kind, cause, procedure and handlers are required as well.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.case.accepted"
    label: ClassVar[str] = "受理案件"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS
    also_schema: ClassVar[Mapping[str, Any]] = {
        "if": {"properties": {"classified": {"const": True}}, "required": ["classified"]},
        "then": {"propertyNames": {"enum": list(_OF_A_CLASSIFIED_CASE)}},
        "else": {
            "properties": {name: {"not": {"type": "null"}} for name in _OF_ANY_OTHER_CASE},
            "required": list(_OF_ANY_OTHER_CASE),
        },
    }

    unit: UnitCode
    accepted_at: Instant
    kind: codes.CaseKind | None = None
    cause: Cause | None = None
    procedure: codes.Procedure | None = None
    handlers: tuple[PoliceNumber, ...] = ()
    parties: Parties = ()
    source_of_case: Prose | None = None
    sensitive: tuple[codes.Sensitive, ...] = ()
    classified: bool | None = None
    place: Prose | None = None

    @classmethod
    def obeyed_by(cls, data: Mapping[str, Any]) -> bool:
        """Whether exactly the fields are there that a case, classified or not, must have."""
        if data.get("classified") is True:
            return data.keys() <= frozenset(_OF_A_CLASSIFIED_CASE)
        return all(data.get(name) is not None for name in _OF_ANY_OTHER_CASE)


class CaseTransferred(CaseEvent, frozen=True, kw_only=True):
    """A case went to another authority.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.case.transferred"
    label: ClassVar[str] = "案件移送"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    to: Text
    reason: Prose
    on: Day


class ActionPerformed(CaseEvent, frozen=True, kw_only=True):
    """Officers did something in a case: questioned, searched, seized.

    Sent by casework systems; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.action.performed"
    label: ClassVar[str] = "执法行为"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    action_id: ActionId
    kind: ActionKind
    place_kind: codes.PlaceKind
    started_at: Instant
    ended_at: Instant
    officers: tuple[PoliceNumber, ...]
    auxiliaries: tuple[Id, ...] = ()
    told: Told | None = None
    uniform: bool | None = None
    documents: tuple[Text, ...] = ()


class DocumentMade(CaseEvent, frozen=True, kw_only=True):
    """A document of a case was made; its bytes go to recording.

    Sent by casework systems; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.document.made"
    label: ClassVar[str] = "制作文书"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    document_number: DocumentNumber
    kind: Text
    title: Prose
    made_at: Instant
    file: File | None = None
    signatures: Signatures | None = None
    on_paper_only: bool | None = None


class DecisionProposed(CaseEvent, frozen=True, kw_only=True):
    """A decision was drafted and proposed; it is not made yet.

    Sent by casework systems; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.proposed"
    label: ClassVar[str] = "拟作决定"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    decision_id: DecisionId
    kind: codes.DecisionKind
    proposed_by: PoliceNumber
    unit: UnitCode
    proposed_at: Instant
    facts: Prose
    basis: tuple[LegalBasis, ...]
    outcome: Outcome
    hearing: Hearing | None = None
    materials: tuple[Material, ...] = ()
    public_interest: bool | None = None
    social_risk: bool | None = None
    crime_suspected: bool | None = None
    parties: Parties = ()
    offence_from: Day | None = None
    draft_text: Prose | None = None
    major_rights: bool | None = None
    several_relations: bool | None = None
    review_by_law: bool | None = None


class DecisionMade(CaseEvent, frozen=True, kw_only=True):
    """A decision was made.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.made"
    label: ClassVar[str] = "作出决定"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    decision_id: DecisionId
    document_number: DocumentNumber
    kind: codes.DecisionKind
    basis: tuple[LegalBasis, ...]
    outcome: Outcome
    made_on: Day
    approved_by: PoliceNumber
    unit: UnitCode
    effective_on: PlannedDay | None = None
    offence_from: Day | None = None
    clearance_id: ClearanceId | None = None
    facts: Prose | None = None
    text: Prose | None = None
    parties: Parties = ()
    discretion_basis: Text | None = None
    adopted_opinion: Prose | None = None


class DecisionServed(CaseEvent, frozen=True, kw_only=True):
    """A decision was served on its party.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.served"
    label: ClassVar[str] = "送达决定"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    decision_id: DecisionId
    served_on: Day
    method: Code


class DecisionChanged(CaseEvent, frozen=True, kw_only=True):
    """A decision was changed.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.changed"
    label: ClassVar[str] = "变更决定"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    decision_id: DecisionId
    on: Day
    by: Text
    reason: Prose
    replaced_by: DecisionId | None = None


class DecisionRevoked(CaseEvent, frozen=True, kw_only=True):
    """A decision was revoked.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.revoked"
    label: ClassVar[str] = "撤销决定"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    decision_id: DecisionId
    on: Day
    by: Text
    reason: Prose
    replaced_by: DecisionId | None = None


class DecisionFoundIllegal(CaseEvent, frozen=True, kw_only=True):
    """A decision was found illegal.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.found_illegal"
    label: ClassVar[str] = "确认决定违法"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    decision_id: DecisionId
    on: Day
    by: Text
    reason: Prose
    replaced_by: DecisionId | None = None


class DecisionRedoOrdered(CaseEvent, frozen=True, kw_only=True):
    """It was ordered that a decision be made anew.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.decision.redo_ordered"
    label: ClassVar[str] = "责令重作决定"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    decision_id: DecisionId
    on: Day
    by: Text
    reason: Prose
    replaced_by: DecisionId | None = None


class EnforcementEnded(CaseEvent, frozen=True, kw_only=True):
    """Enforcement in a case ended; the clock of its case file starts.

    Sent by casework systems; key: case number. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.enforcement.ended"
    label: ClassVar[str] = "执法办结"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    ended_on: Day
    reason: codes.EndReason


class RemedyRecorded(CaseEvent, frozen=True, kw_only=True):
    """Reconsideration or litigation against a decision was filed, or ended.

    Sent by casework systems; key: case number. Taken by disclosure, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.remedy.recorded"
    label: ClassVar[str] = "救济登记"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "casework systems"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "review", "tasks"})

    decision_id: DecisionId
    kind: codes.RemedyKind
    filed_on: Day
    result: Text | None = None
    result_on: Day | None = None
