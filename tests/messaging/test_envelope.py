"""The envelope in both modes: everything odd is refused by name, nothing is invented."""

from datetime import UTC, datetime

import orjson
import pytest

from mingjing_shared.messaging.envelope import (
    ATTRIBUTE_CHARS_MAX,
    RECORD_BYTES_MAX,
    STRUCTURED,
    BadEnvelope,
    content_digest,
    instant,
    read_record,
    read_structured,
    to_headers,
)
from mingjing_shared.messaging.strict_json import MalformedJson, canonical

GOOD = {
    "specversion": "1.0",
    "id": "e1",
    "source": "/huainan/casework",
    "type": "cn.mingjing.case.accepted",
    "time": "2026-09-18T09:30:00+08:00",
}
DATA = {"case_number": "田公（网）2026-01183", "unit": "340403510000"}


def binary(data=DATA, /, **changes):
    attributes = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return read_record(to_headers(attributes), orjson.dumps(data))


def structured(data=DATA, /, **changes):
    members = {name: value for name, value in {**GOOD, **changes}.items() if value is not ...}
    return read_structured(orjson.dumps({**members, "data": data}))


def digest(found):
    envelope, _data, plain = found
    return content_digest(envelope, "甲1", plain)


@pytest.mark.parametrize("mode", [binary, structured])
@pytest.mark.parametrize(
    ("changes", "attribute"),
    [
        ({"specversion": ""}, "specversion"),
        ({"specversion": "0.3"}, "specversion"),
        ({"specversion": "1"}, "specversion"),
        ({"id": ""}, "id"),
        ({"source": ""}, "source"),
        ({"type": ""}, "type"),
        ({"time": ""}, "time"),
        ({"time": "2026-09-18T09:30:00"}, "time"),
        ({"time": "2026-09-18"}, "time"),
        ({"time": "2026-09-18 09:30:00+08:00"}, "time"),
        ({"time": "2026-02-30T09:30:00Z"}, "time"),
        ({"time": "2026-09-18T24:30:00Z"}, "time"),
        ({"time": "0001-01-01T00:00:00+08:00"}, "time"),
        ({"time": "1758159000"}, "time"),
        ({"time": "２０２６-09-18T09:30:00Z"}, "time"),
        ({"datacontenttype": "text/xml"}, "datacontenttype"),
        ({"mjmode": "demo"}, "mjmode"),
        ({"supersedes": "e0"}, "supersedes"),
        ({"supersedes": "/huainan/casework#"}, "supersedes"),
        ({"supersedes": "/huainan/other#e0"}, "supersedes"),
        ({"id": "e\x001"}, "id"),
        ({"id": "e\n1"}, "id"),
        ({"subject": "x" * (ATTRIBUTE_CHARS_MAX + 1)}, "subject"),
        ({"extra": "\x85"}, "extra"),
    ],
)
def test_an_odd_attribute_is_refused_by_its_name(mode, changes, attribute):
    with pytest.raises((BadEnvelope, MalformedJson)) as refused:
        mode(**changes)
    if isinstance(refused.value, BadEnvelope):
        assert refused.value.attribute == attribute
        assert refused.value.reason
    else:
        assert "NUL" in refused.value.reason


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "time"])
def test_a_missing_attribute_is_refused_and_never_invented(name):
    with pytest.raises(BadEnvelope) as refused:
        binary(**{name: None})
    assert refused.value.attribute == name
    with pytest.raises(BadEnvelope) as refused:
        structured(**{name: ...})
    assert refused.value.attribute == name


@pytest.mark.parametrize(
    "members",
    [[], [GOOD], "text", 1, None, {**GOOD, "data_base64": "e30="}, {**GOOD, "extra": {"a": 1}},
     {**GOOD, "extra": [1]}, {**GOOD, "extra": 1.5}],
)  # fmt: skip
def test_a_structured_event_of_another_form_is_refused(members):
    with pytest.raises(BadEnvelope):
        read_structured(orjson.dumps(members))


def test_a_header_that_is_not_utf8_is_refused_by_name():
    headers = [*to_headers(GOOD), ("ce_subject", b"\xff\xfe")]
    with pytest.raises(BadEnvelope, match="ce_subject"):
        read_record(headers, b"{}")


def test_a_record_without_content_or_beyond_one_mebibyte_is_refused():
    with pytest.raises(MalformedJson, match="没有内容"):
        read_record(to_headers(GOOD), None)
    with pytest.raises(MalformedJson, match="1 MiB"):
        read_record(to_headers(GOOD), b'"' + b"x" * RECORD_BYTES_MAX + b'"')


def test_both_modes_say_the_same():
    given = {
        "subject": "甲1", "partitionkey": "甲1", "supersedes": "/huainan/casework#e0",
        "mjmode": "backfill", "causationid": "e0", "correlationid": "c_1",
        "traceparent": f"00-{'a' * 32}-{'b' * 16}-01", "tracestate": "x=y", "myext": "其他",
    }  # fmt: skip
    headers = to_headers({**GOOD, **given})
    one = read_record(headers, orjson.dumps(DATA))
    two = read_record(
        [("content-type", f"{STRUCTURED}; charset=utf-8".encode())],
        orjson.dumps({**GOOD, **given, "data": DATA}),
    )
    assert one == two
    envelope = one[0]
    assert envelope.identity == ("/huainan/casework", "e1")
    assert envelope.superseded_id == "e0"
    assert envelope.mode == "backfill"
    assert envelope.extensions == {"myext": "其他"}


def test_the_plain_trace_header_of_kafka_clients_counts_when_there_is_no_other():
    headers = [*to_headers(GOOD), ("traceparent", b"plain")]
    assert read_record(headers, b"{}")[0].traceparent == "plain"
    both = [*to_headers({**GOOD, "traceparent": "named"}), ("traceparent", b"plain")]
    assert read_record(both, b"{}")[0].traceparent == "named"


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2026-09-18T01:30:00Z", 0),
        ("2026-09-18t01:30:00z", 0),
        ("2026-09-18T09:30:00.5+08:00", 500_000),
        ("2026-09-18T01:30:00.123456789Z", 123_456),
        ("2026-09-17T19:30:00.000001-06:00", 1),
    ],
)
def test_an_instant_is_read_whatever_its_zone_and_digits(text, microsecond):
    assert instant(text) == datetime(2026, 9, 18, 1, 30, 0, microsecond, tzinfo=UTC)


def test_content_is_the_same_whatever_the_mode_key_order_zone_and_trace():
    turned = dict(reversed(DATA.items()))
    same = {
        digest(binary()),
        digest(structured()),
        digest(binary(turned)),
        digest(binary(time="2026-09-18T01:30:00Z")),
        digest(binary(time="2026-09-18T01:30:00.000000000Z")),
        digest(binary(mjmode="replay")),
        digest(binary(traceparent=f"00-{'a' * 32}-{'b' * 16}-01", correlationid="c_2")),
    }
    assert len(same) == 1


@pytest.mark.parametrize(
    "changes",
    [{"id": "e2"}, {"source": "/huainan/other"}, {"type": "cn.mingjing.case.transferred"},
     {"time": "2026-09-18T09:30:01+08:00"}],
)  # fmt: skip
def test_content_differs_with_identity_type_and_time(changes):
    assert digest(binary(**changes)) != digest(binary())


def test_content_differs_with_the_data_and_with_the_subject():
    envelope, _data, plain = binary()
    assert digest(binary({**DATA, "unit": "340403520000"})) != digest(binary())
    assert content_digest(envelope, "甲2", plain) != content_digest(envelope, "甲1", plain)
    assert plain == canonical(DATA)
