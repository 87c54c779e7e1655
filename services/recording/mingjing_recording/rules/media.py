"""What a file is, by what it begins with. Its name and what the sender says never count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD_BYTES = 4096  # as much of a file as is looked at

FOOTAGE: Mapping[str, str] = {
    "video/mp4": "MP4",
    "video/quicktime": "MOV",
    "video/webm": "WebM",
    "video/x-matroska": "MKV",
    "video/x-msvideo": "AVI",
    "audio/mp4": "M4A",
    "audio/mpeg": "MP3",
    "audio/wav": "WAV",
}
DOCUMENTS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "application/ofd": "OFD",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
}
SUFFIXES: Mapping[str, str] = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "application/zip": "zip",
    "image/jpeg": "jpg",
    "image/png": "png",
}
PLAYED_BY_BROWSERS = frozenset({"video/mp4", "video/webm", "audio/mp4", "audio/mpeg", "audio/wav"})
SHOWN_BY_BROWSERS = frozenset({"application/pdf", "image/jpeg", "image/png"})

_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
)


def media_type_of(head: bytes) -> str | None:
    """The media type of a file that begins so; nothing when it is none that is taken."""
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head.startswith(b"RIFF"):
        return {b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}.get(head[8:12])
    if head.startswith(b"PK\x03\x04") and b"OFD.xml" in head:
        return "application/ofd"
    return None


def _of_brand(brand: bytes) -> str:
    if brand.startswith(b"qt"):
        return "video/quicktime"
    return "audio/mp4" if brand.startswith(b"M4A") else "video/mp4"
