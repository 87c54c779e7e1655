"""What every event of the contract has."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import msgspec

from mingjing_shared.events.values import CaseNumber

Stability = Literal["stable", "draft"]

SERVICES = frozenset({"gateway", "disclosure", "recording", "review", "tasks"})
DEPARTMENTS = frozenset({"disclosure", "recording", "review", "tasks"})


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The data of one event type; the envelope travels beside it.

    Fields that the class does not know are taken and ignored. ``null`` in an optional field
    counts as absent.

    Attributes:
        type: the CloudEvents type, ``cn.mingjing.<entity>.<past verb>``.
        label: what officers read for it, in Chinese.
        home: the topic it is written to; ``inbound`` stands for ``inbound.<publisher>``.
        also_home: a second topic on which the same fact may come.
        sender: who sends it, in words.
        key: the data field that gives ``partitionkey`` (a case number in its keyed form).
        subject_field: the data field that gives ``subject``, as sent.
        stability: stable ones only grow by optional fields; draft ones may change.
        takers: the services that have a handler for it (draft: that will have one).
        major: the version in the address of its schema.
        also_schema: JSON Schema keywords for what the fields alone cannot say.
    """

    type: ClassVar[str]
    label: ClassVar[str]
    home: ClassVar[str]
    also_home: ClassVar[str | None] = None
    sender: ClassVar[str]
    key: ClassVar[str]
    subject_field: ClassVar[str]
    stability: ClassVar[Stability] = "draft"
    takers: ClassVar[frozenset[str]] = frozenset()
    major: ClassVar[int] = 1
    also_schema: ClassVar[Mapping[str, Any]] = {}

    @classmethod
    def obeyed_by(cls, data: Mapping[str, Any]) -> bool:
        """Whether data whose fields are right also keep what ``also_schema`` says."""
        del data
        return True


class CaseEvent(Event, frozen=True, kw_only=True):
    """An event about a case: it names the case and keeps the case's order."""

    key: ClassVar[str] = "case_number"
    subject_field: ClassVar[str] = "case_number"

    case_number: CaseNumber
