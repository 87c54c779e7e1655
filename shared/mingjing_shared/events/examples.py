"""An example of every event, made from its class: for schemas, for people, for tests."""

from typing import Any

from msgspec import inspect

from mingjing_shared.events.base import Event
from mingjing_shared.events.shape import FieldShape, Shape, shape_of

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

# What a field of this name holds, wherever it is met.
_BY_NAME: dict[str, Any] = {
    "case_number": "A3404035100002026090017",
    "decision_id": "D-2026-0917",
    "action_id": "ACT-2026-0917-01",
    "document_number": "淮公(田)行罚决字〔2026〕00123号",
    "unit": "340403510000",
    "owner_unit": "340403510000",
    "to_unit": "340400000000",
    "parent": "340403000000",
    "code": "340403510000",
    "name": "田家庵分局龙泉派出所",
    "handlers": "012345",
    "officers": "012345",
    "auxiliaries": "FJ-0042",
    "approved_by": "010007",
    "facts": "2026年9月10日22时许，在龙湖路某店内发生争执并损坏物品。",
    "text": "行政处罚决定书全文。",
    "draft_text": "行政处罚决定书（草稿）。",
    "basis": "《中华人民共和国治安管理处罚法》第五十九条",
    "law": "中华人民共和国治安管理处罚法",
    "article": "第五十九条",
    "fine": "500.00",
    "confiscated": "0.00",
    "amount": "500.00",
    "detention_days": 5,
    "licence_action": "none",
    "place": "龙湖路12号",
    "source_of_case": "群众报案",
    "title": "询问笔录",
    "discretion_basis": "治安管理处罚裁量基准第五十九条",
    "adopted_opinion": "yes",
    "documents": "证据保全清单",
    "media_type": "application/pdf",
    "resident_id": "11010519491231002X",
    "social_credit_code": "91350100M000100Y43",
    "passport": "E00000000",
    "country": "CN",
    "birth_date": "1949-12-31",
    "address": "龙湖路12号",
    "phone": "13800000000",
    "decided_by": "rule:disclosure.sealed_public_security",
    "linked_by": "rule:recording.link",
    "rule": "disclosure.penalty",
    "catalogue_item": "较大数额罚款",
    "source": "行政处罚法第五十八条",
    "probe_id": "01998f6e-2d10-7cc3-98c4-dc0c0c07398f",
    "types": "cn.mingjing.case.accepted",
    "topic": "执法规范用语",
    "reason": "依法处理",
    "longitude": 117.0,
    "latitude": 32.6,
}
# The same where the name alone does not say enough.
_BY_CLASS: dict[str, dict[str, Any]] = {
    "Cause": {"code": "040101", "name": "故意损毁财物"},
    "Outcome": {"kinds": "fine"},
    "Party": {"name": "张伟"},
    "Material": {"kind": "interview_record"},
    "DocumentMade": {"kind": "询问笔录"},
    "ActionPerformed": {"kind": "seizure"},
    "OfficerChanged": {"name": "李警官"},
    "OfficerVersion": {"name": "李警官"},
    "PublisherRegistered": {
        "name": "casework",
        "topic": "inbound.casework",
        "source": "/huainan/casework",
    },
    "DisclosureWithdrawn": {"reason": "decision_revoked"},
    "DisclosurePublished": {"address": "/items/2026-0917"},
    "RecordingRequired": {"rule": "recording.matrix.seizure"},
    "ReviewReason": {"rule": "review.fine_at_hearing_threshold"},
    "WindowClosed": {
        "service": "disclosure",
        "stream": "outbox",
        "origins": ["/mingjing/disclosure"],
        "types": ["cn.mingjing.disclosure.due"],
        "events": ["0 0 5f2c8a0e4d6b1937 01998f6e-0000-7000-8000-000000000001"],
    },
}

_BY_PATTERN = {"{64}": _SHA256, "{12}": "340403510000", "^[0-9]{6}$": "012345"}
_BY_TYPE: dict[type[inspect.Type], Any] = {
    inspect.DateType: "2026-09-17",
    inspect.IntType: 1,
    inspect.FloatType: 0.5,
}


def example(event_class: type[Event], *, full: bool = False, **changes: Any) -> dict[str, Any]:
    """Data that the class takes: the required fields, or with ``full`` all of them.

    ``changes`` are put in last; a change to ``...`` leaves the field out.
    """
    needed = frozenset(event_class.also_schema.get("else", {}).get("required", ()))
    data = _object(event_class.__name__, shape_of(event_class), needed=needed, full=full)
    if full and needed:
        data.pop("classified", None)
    data |= changes
    return {name: value for name, value in data.items() if value is not ...}


def _object(owner: str, shape: Shape, *, needed: frozenset[str], full: bool) -> dict[str, Any]:
    known = _BY_CLASS.get(owner, {})
    data: dict[str, Any] = {}
    for name, field in shape.items():
        if not (full or field.required or name in needed):
            continue
        value = known[name] if name in known else _value(field, full=full)
        data[name] = [value] if field.many and not isinstance(value, list) else value
    return data


def _value(field: FieldShape, *, full: bool) -> Any:
    kind = field.kind
    if isinstance(kind, inspect.StructType):
        return _object(kind.cls.__name__, shape_of(kind.cls), needed=frozenset(), full=full)
    if isinstance(kind, inspect.LiteralType):
        return next(iter(field.marks["x-names"]))
    if isinstance(kind, inspect.BoolType):
        return True
    if field.temporal == "instant":
        return "2026-09-10T22:30:00+08:00"
    known = _BY_NAME.get(field.name)
    is_text = isinstance(kind, inspect.StrType | inspect.DateType)
    fits = known is not None and isinstance(known, str) == is_text
    return known if fits else _by_type(field.name, kind)


def _by_type(name: str, kind: inspect.Type) -> Any:
    if isinstance(kind, inspect.StrType):
        pattern = kind.pattern or ""
        known = (text for mark, text in _BY_PATTERN.items() if mark in pattern)
        return next(known, name if pattern else "示例")
    return next(value for type_, value in _BY_TYPE.items() if isinstance(kind, type_))
