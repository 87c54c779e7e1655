"""Whether kept bytes are still what they were."""

from typing import ClassVar

from mingjing_shared.events.base import Event
from mingjing_shared.events.values import Instant, Sha256


class FixityChecked(Event, frozen=True, kw_only=True):
    """Kept bytes were read again and are what they were.

    Sent by recording; key: sha256. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.fixity.checked"
    label: ClassVar[str] = "完好性校验"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    key: ClassVar[str] = "sha256"
    subject_field: ClassVar[str] = "sha256"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    sha256: Sha256
    checked_at: Instant | None = None


class FixityFailed(Event, frozen=True, kw_only=True):
    """Kept bytes are not what they were.

    Sent by recording; key: sha256. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.fixity.failed"
    label: ClassVar[str] = "完好性校验失败"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    key: ClassVar[str] = "sha256"
    subject_field: ClassVar[str] = "sha256"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    sha256: Sha256
    found_sha256: Sha256 | None = None
    checked_at: Instant | None = None
