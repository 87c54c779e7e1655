"""What a file is follows from its bytes; what of it is asked for, from the header."""

import pytest

from mingjing_recording.errors import OutOfRange
from mingjing_recording.rules.byte_range import range_asked
from mingjing_recording.rules.media import DOCUMENTS, FOOTAGE, SUFFIXES, media_type_of
from support.video import a_video


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><script>",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"PK\x03\x04 word/document.xml",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"plain text",
        b" %PDF-1.7",
    ],
)
def test_what_is_not_on_the_list_is_nothing(head):
    assert media_type_of(head) is None


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"PK\x03\x04\x14\x00 OFD.xml", "application/ofd"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (a_video(1), "video/webm"),
        (a_video(1, kind="mp4"), "video/mp4"),
        (a_video(1, kind="avi"), "video/x-msvideo"),
    ],
)
def test_a_file_is_what_it_begins_with(head, media_type):
    assert media_type_of(head) == media_type


def test_every_type_that_is_taken_has_a_suffix():
    assert FOOTAGE.keys() | DOCUMENTS.keys() <= SUFFIXES.keys()


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=4711-"])
def test_a_range_behind_the_end_is_refused(header):
    with pytest.raises(OutOfRange):
        range_asked(header, 100)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-3",
        "lines=1-2",
        "bytes=0-1,4-5",
        "bytes=٣-",
    ],
)
def test_what_is_no_single_range_asks_for_the_whole(header):
    assert range_asked(header, 100) is None


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-999", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-999", (0, 100)),
        ("bytes=99-", (99, 100)),
    ],
)
def test_a_range_is_read_as_the_rfc_says(header, wanted):
    assert range_asked(header, 100) == wanted
