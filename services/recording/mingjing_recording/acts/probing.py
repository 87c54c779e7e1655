"""Looking into a recording: whether it plays, and for how long. What its name says is ignored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import av
from av.error import FFmpegError

from mingjing_recording.errors import NotTaken
from mingjing_recording.rules.media import DOCUMENTS, FOOTAGE, media_type_of

if TYPE_CHECKING:
    from io import BufferedReader

    from mingjing_recording.acts.keeping import Held

_SECOND_MS = 1000
_FIRST_YEAR = 2010  # before that there were no recorders to speak of


@dataclass(frozen=True, slots=True)
class Probed:
    """What a file is, how long it plays, and when it says that it was begun."""

    media_type: str
    duration_ms: int | None = None
    started_at: datetime | None = None


def look_into_footage(held: Held) -> Probed:
    """What a recording is; its first picture or sound has been decoded.

    Raises:
        NotTaken: it is no recording of a kind that is taken, is damaged, or has no length.
    """
    media_type = media_type_of(held.head)
    if media_type is None or media_type not in FOOTAGE:
        raise NotTaken(
            "按内容判断，这不是可以接收的音视频文件，没有保存。",
            f"可接收：{'、'.join(FOOTAGE.values())}。文件名和扩展名不作依据。",
        )
    try:
        duration_ms, begun = _played(held.plain())
    except (FFmpegError, OverflowError) as error:
        raise _damaged() from error
    if not duration_ms:
        raise _damaged()
    return Probed(media_type, duration_ms, _instant(begun))


def look_into_document(held: Held) -> Probed:
    """What a document is.

    Raises:
        NotTaken: it is of no kind that is taken.
    """
    media_type = media_type_of(held.head)
    if media_type is None or media_type not in DOCUMENTS:
        raise NotTaken(
            "按内容判断，这不是可以接收的文书文件，没有保存。",
            f"可接收：{'、'.join(DOCUMENTS.values())}。文件名和扩展名不作依据。",
        )
    return Probed(media_type)


def _played(file: BufferedReader) -> tuple[int, str | None]:
    with av.open(file, mode="r", metadata_errors="replace") as container:
        begun = container.metadata.get("creation_time")
        streams = [s for s in container.streams if s.type in {"video", "audio"}]
        if not streams:
            return 0, begun
        next(container.decode(streams[0]), None)
        if container.duration:
            return round(container.duration * _SECOND_MS / av.time_base), begun
        container.seek(0)
        ends = [
            (packet.pts + (packet.duration or 0)) * packet.time_base
            for packet in container.demux(streams)
            if packet.pts is not None and packet.time_base is not None
        ]
        return round(max(ends, default=0) * _SECOND_MS), begun


def _instant(text: str | None) -> datetime | None:
    """When a file says that it was begun; a recorder whose clock was never set says nothing."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo and found.year >= _FIRST_YEAR else None


def _damaged() -> NotTaken:
    return NotTaken("这个音视频文件打不开或者没有内容，没有保存。", "请确认文件完整后重新上传。")
