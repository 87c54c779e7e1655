"""Words of the contract that more than one event uses: ids, codes, dates, parties, outcomes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, NewType

import msgspec
from msgspec import Meta

from mingjing_shared.events import codes

PII = Meta(extra_json_schema={"x-pii": True})
"""Marks what says something about a person: travels in ``inbound.*`` only, kept encrypted."""

# ``$(?!\n)``: for Python alone ``$`` would also match before a last line break.
_ID = r"^[A-Za-z0-9_.:-]{1,64}$(?!\n)"
_CODE = r"^[a-z][a-z0-9_]{0,63}$(?!\n)"
_RULE = r"^[a-z][a-z0-9_.:-]{0,99}$(?!\n)"
_MONEY = r"^[0-9]{1,13}(\.[0-9]{1,4})?$(?!\n)"
# No control characters, no invisible or direction marks: two numbers that look alike are alike.
_PLAIN = (
    r"^(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    r"{1,40}$(?!\n)"
)
_DECIDED_BY = r"^([0-9]{6}|rule:[a-z][a-z0-9_.:-]{0,99})$(?!\n)"

_PLANNED = {"x-planned": True}
_BIRTH = {"x-birth": True, "x-pii": True}

Id = Annotated[str, Meta(pattern=_ID, description="1 至 64 个字符的编号：字母、数字和 _ . : -")]
CaseNumber = NewType(
    "CaseNumber",
    Annotated[
        str,
        Meta(pattern=_PLAIN, description="1 至 40 个字符的案件编号，不含控制字符和不可见字符"),
    ],
)
DocumentNumber = NewType(
    "DocumentNumber",
    Annotated[str, Meta(min_length=1, max_length=100, description="文书字号，1 至 100 个字符")],
)
UnitCode = NewType(
    "UnitCode",
    Annotated[
        str, Meta(pattern="^[0-9]{12}$", max_length=12, description="12 位数字的公安机关机构代码")
    ],
)
PoliceNumber = NewType(
    "PoliceNumber",
    Annotated[str, Meta(pattern="^[0-9]{6}$", max_length=6, description="6 位数字的警号")],
)
Sha256 = NewType(
    "Sha256",
    Annotated[
        str,
        Meta(
            pattern="^[0-9a-f]{64}$",
            max_length=64,
            description="SHA-256 摘要，64 位小写十六进制",
        ),
    ],
)
Money = NewType(
    "Money",
    Annotated[
        str, Meta(pattern=_MONEY, description='以元为单位的十进制数，用文字书写，如 "2000.00"')
    ],
)

DecisionId = NewType("DecisionId", Id)
ActionId = NewType("ActionId", Id)
FootageId = NewType("FootageId", Id)
ReviewId = NewType("ReviewId", Id)
ClearanceId = NewType("ClearanceId", Id)
ItemId = NewType("ItemId", Id)
PropertyId = NewType("PropertyId", Id)
WarningId = NewType("WarningId", Id)
TaskId = NewType("TaskId", Id)
DeviceSerial = NewType("DeviceSerial", Id)

Code = Annotated[str, Meta(pattern=_CODE, description="小写英文代码，如 scene_examination")]
RuleId = Annotated[str, Meta(pattern=_RULE, description="规则编号，如 disclosure.penalty")]
DecidedBy = Annotated[
    str, Meta(pattern=_DECIDED_BY, description="作出判断的民警警号，或 rule:<规则编号>")
]
ActionKind = Annotated[
    str,
    Meta(
        pattern=_CODE,
        description="执法行为代码：小写英文，如 seizure；清单之外的行为也收",
        extra_json_schema={"x-known": dict(codes.ACTION_NAMES)},
    ),
]
PublisherName = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}$(?!\n)", description="发布方名称：小写英文、数字和 -")
]
TopicName = Annotated[
    str, Meta(pattern=r"^[a-zA-Z0-9._-]{1,100}$(?!\n)", description="Kafka 主题名称")
]
Source = Annotated[
    str, Meta(pattern=r"^/[A-Za-z0-9._~/-]{1,199}$(?!\n)", description="来源，如 /huainan/casework")
]
EventType = Annotated[
    str,
    Meta(
        pattern=r"^cn\.mingjing\.[a-z0-9_.]{1,100}$(?!\n)",
        description="事件类型全名，如 cn.mingjing.decision.made",
    ),
]
LogName = Annotated[
    str,
    Meta(pattern=r"^[^\s+]{1,200}$(?!\n)", description="存证日志名称，如 huainan/mingjing/review"),
]
Text = Annotated[str, Meta(min_length=1, max_length=500, description="1 至 500 个字符的文字")]
ShortText = Annotated[str, Meta(max_length=64, description="不超过 64 个字符的文字")]
QuietMinutes = Annotated[
    int, Meta(ge=1, le=10080, description="1 至 10080 之间的整数，以分钟计，至多一周")
]
Count = Annotated[int, Meta(ge=0, description="不小于 0 的整数")]

Revision = Annotated[int, Meta(ge=1, description="不小于 1 的整数，大者为准")]

Day = Annotated[date, Meta(description="日期 YYYY-MM-DD（北京时间）")]
PlannedDay = Annotated[
    date,
    Meta(description="日期 YYYY-MM-DD（北京时间），可以在将来", extra_json_schema=_PLANNED),
]
BirthDay = Annotated[date, Meta(description="出生日期 YYYY-MM-DD", extra_json_schema=_BIRTH)]
Instant = Annotated[
    datetime,
    Meta(tz=True, description="带时区的 RFC 3339 时刻，如 2026-09-18T09:30:00+08:00"),
]
PlannedInstant = Annotated[
    datetime,
    Meta(
        tz=True,
        description="带时区的 RFC 3339 时刻，可以在将来",
        extra_json_schema=_PLANNED,
    ),
]

Prose = Annotated[str, Meta(extra_json_schema={"x-pii": True}, description="正文，可能涉及个人")]


def yuan(money: Money) -> Decimal:
    """The amount that the text of a sum states."""
    return Decimal(money)


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A part of an event."""


class Cause(Value, frozen=True, kw_only=True):
    """案由: what the case is about, by its code in the catalogue of causes."""

    code: Text
    name: Text


class LegalBasis(Value, frozen=True, kw_only=True):
    """One article that something rests on."""

    law: Text
    article: Text


PersonalName = Annotated[str, Meta(min_length=1, max_length=200), PII]
PersonalNumber = Annotated[str, Meta(max_length=32), PII]
PersonalText = Annotated[str, Meta(max_length=500), PII]


class Party(Value, frozen=True, kw_only=True):
    """当事人: a person or organisation of a case. Personal as a whole."""

    kind: codes.PartyKind
    name: PersonalName
    resident_id: PersonalNumber | None = None
    social_credit_code: PersonalNumber | None = None
    passport: PersonalNumber | None = None
    country: PersonalText | None = None
    birth_date: BirthDay | None = None
    role: codes.PartyRole | None = None
    address: PersonalText | None = None
    phone: PersonalNumber | None = None


Parties = Annotated[tuple[Party, ...], PII]


class Outcome(Value, frozen=True, kw_only=True):
    """What was decided, or is proposed: kinds of penalty, sums in yuan, days."""

    kinds: tuple[codes.PenaltyKind, ...] = ()
    fine: Money | None = None
    confiscated: Money | None = None
    detention_days: Count | None = None
    licence_action: ShortText | None = None


class Hearing(Value, frozen=True, kw_only=True):
    """听证: whether one was asked for and whether it was held."""

    held: bool | None = None
    requested: bool | None = None


class Material(Value, frozen=True, kw_only=True):
    """One piece handed in with a proposal; the bytes travel otherwise."""

    kind: Text
    sha256: Sha256 | None = None
    title: Prose | None = None


class Told(Value, frozen=True, kw_only=True):
    """What the officers showed and told the party on the spot."""

    certificate_shown: bool | None = None
    reason: bool | None = None
    basis: bool | None = None
    rights: bool | None = None


class File(Value, frozen=True, kw_only=True):
    """A file by its content; the bytes go to recording."""

    sha256: Sha256
    size: Count
    media_type: Text


class Signatures(Value, frozen=True, kw_only=True):
    """Which electronic signs a document bears."""

    officer_esign: bool | None = None
    party_efingerprint: bool | None = None
    eseal: bool | None = None


class Place(Value, frozen=True, kw_only=True):
    """A point of a track, by a recorder's own clock."""

    at: Instant
    latitude: float
    longitude: float


class ReviewReason(Value, frozen=True, kw_only=True):
    """Why a decision needs legal review: the catalogue's item, the rule, where it is from."""

    catalogue_item: Text
    rule: RuleId
    source: Text


class UnitVersion(Value, frozen=True, kw_only=True):
    """A unit as it was from a day on."""

    valid_from: PlannedDay
    name: Text
    level: Code
    parent: UnitCode | None = None
    head: PoliceNumber | None = None


class OfficerVersion(Value, frozen=True, kw_only=True):
    """An officer's posts and qualifications as they were from a day on."""

    valid_from: PlannedDay
    name: Text
    unit: UnitCode
    posts: tuple[Text, ...]
    enforcement_certificate: Text | None = None
    qualification_level: codes.QualificationLevel | None = None
    qualification_valid_until: PlannedDay | None = None
    legal_qualification: bool | None = None
    active: bool | None = None


class Retention(Value, frozen=True, kw_only=True):
    """How long something is kept."""

    class_: Code = msgspec.field(name="class")
    until: PlannedDay | None = None
