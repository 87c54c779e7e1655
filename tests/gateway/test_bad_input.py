"""What cannot be taken as it is: refused in clear words, nothing half done, no stack trace."""

import re

import orjson
import pytest

from mingjing_shared.events import example
from mingjing_shared.events.casework import CaseAccepted, DecisionMade, EnforcementEnded
from support.door import BATCH, STRUCTURED

_CHINESE = re.compile("[\u4e00-\u9fff]")
DEEP = b"[" * 10_000 + b"]" * 10_000
A_NAME = "贾宝玉"
PARTY = {"kind": "person", "name": A_NAME, "role": "suspect"}


def structured(casework, data=b"{}", **about):
    """The bytes of an event whose data are these bytes, whatever they are."""
    event = casework.event(EnforcementEnded, data={}, **about)
    del event["data"]
    return orjson.dumps(event)[:-1] + b',"data":' + data + b"}"


async def refused(house, casework, response, status, *words):
    assert response.status_code == status, response.text
    body = response.json()
    assert _CHINESE.search(body["detail"])
    assert body["way_out"]
    assert "Traceback" not in response.text
    assert 'File "' not in response.text
    for word in words:
        assert word in response.text, response.text
    return body


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'{"case_number":"A\x00"}', "NUL"),
        (b'{"case_number":"A\\u0000"}', "NUL"),
        (b'{"case_number":"\\ud800"}', "代理字符"),
        (b'{"case_number":"A1","case_number":"A2"}', "两次"),
        (DEEP, "嵌套超过 32 层"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "嵌套超过 32 层"),
        (b'{"count":9007199254740993}', "2^53"),
        (b'{"case_number":"\xff"}', "UTF-8"),
        (b'{"case_number":', "JSON"),
        (b"NaN", "JSON"),
    ],
)
async def test_json_that_two_readers_read_two_ways_is_refused(house, casework, data, word):
    raw = structured(casework, data, id="malformed")
    await refused(house, casework, await casework.send(raw, STRUCTURED), 400, word)
    headers = {
        "ce-specversion": "1.0",
        "ce-id": "malformed",
        "ce-source": casework.source,
        "ce-type": EnforcementEnded.type,
        "ce-time": "2026-09-18T09:30:00+08:00",
    }
    binary = await casework.send(data, "application/json", **headers)
    await refused(house, casework, binary, 400, word)
    batch = await casework.send(b"[" + raw + b"]", BATCH)
    assert batch.status_code in (207, 400)
    assert word in batch.text
    assert await house.state_of(casework.source, "malformed") is None


async def test_ten_megabytes_are_refused_before_they_are_read(house, casework):
    sent = 0

    async def body():
        nonlocal sent
        for _ in range(160):
            sent += 65_536
            yield b" " * 65_536

    response = await casework.send(body(), STRUCTURED)
    await refused(house, casework, response, 413, "4 MiB")
    response = await casework.send(b" " * 10_485_760, STRUCTURED)
    await refused(house, casework, response, 413, "4 MiB")


async def test_an_event_of_more_than_a_mebibyte_is_refused_alone(house, casework):
    large = example(EnforcementEnded) | {"more": "大" * 400_000}
    events = [casework.event(EnforcementEnded, data=large), casework.event(EnforcementEnded)]
    assert (await casework.one(events[0])).status_code == 413
    answers = (await casework.batch(events)).json()
    assert [a["status"] for a in answers] == [413, 202]
    assert "1 MiB" in answers[0]["problem"]["detail"]


async def test_an_event_of_nearly_a_mebibyte_is_taken(house, casework):
    large = example(EnforcementEnded) | {"more": "x" * 1_000_000}
    response = await casework.one(casework.event(EnforcementEnded, data=large))
    assert response.status_code == 202, response.text


async def test_an_envelope_of_endless_extensions_is_refused(house, casework):
    many = {f"ext{number}": "x" * 1000 for number in range(100)}
    response = await casework.one(casework.event(EnforcementEnded, **many))
    await refused(house, casework, response, 413, "16,384")


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"id": None}, ["id", "必填"]),
        ({"source": None}, ["source", "必填"]),
        ({"type": None}, ["type", "必填"]),
        ({"time": None}, ["time", "必填"]),
        ({"specversion": None}, ["specversion", "1.0"]),
        ({"specversion": "0.3"}, ["specversion", "0.3"]),
        ({"type": "cn.mingjing.nothing.done"}, ["type", "未知", "catalogue"]),
        ({"time": "2026-09-18T09:30:00"}, ["time", "时区"]),
        ({"time": "2026-09-18"}, ["time", "时区"]),
        ({"time": "2026-13-18T09:30:00+08:00"}, ["time", "不是存在的时间"]),
        ({"time": "1899-12-31T00:00:00+08:00"}, ["time", "1949"]),
        ({"time": "9999-12-31T00:00:00+08:00"}, ["time", "2100"]),
        ({"time": "2099-01-01T00:00:00+08:00"}, ["time", "24 小时"]),
        ({"subject": "other"}, ["subject", "不符"]),
        ({"partitionkey": "other"}, ["partitionkey", "不符"]),
        ({"dataschema": "/intake/schemas/cn.mingjing.decision.made/1"}, ["dataschema"]),
        ({"datacontenttype": "text/xml"}, ["datacontenttype"]),
        ({"mjmode": "fast"}, ["mjmode"]),
        ({"supersedes": "/huainan/other#1"}, ["supersedes", "同一来源"]),
        ({"data_base64": "e30="}, ["data_base64"]),
        ({"id": "a\nb"}, ["id", "控制字符"]),
    ],
)
async def test_a_bad_envelope_is_refused_by_the_name_of_its_attribute(
    house, casework, about, words
):
    event = casework.event(EnforcementEnded, **about)
    body = await refused(house, casework, await casework.one(event), 400, *words)
    assert body["errors"][0]["in"] == "envelope"


@pytest.mark.parametrize(
    ("cls", "changes", "path"),
    [
        (EnforcementEnded, {"ended_on": "1899-01-01"}, "ended_on"),
        (EnforcementEnded, {"ended_on": "9999-01-01"}, "ended_on"),
        (EnforcementEnded, {"ended_on": 20260918}, "ended_on"),
        (EnforcementEnded, {"case_number": 17}, "case_number"),
        (EnforcementEnded, {"case_number": "A\u202e1"}, "case_number"),
        (EnforcementEnded, {"case_number": "一" * 41}, "case_number"),
        (EnforcementEnded, {"reason": "因为"}, "reason"),
        (CaseAccepted, {"accepted_at": "2026-09-18T09:30:00"}, "accepted_at"),
        (CaseAccepted, {"parties": [{**PARTY, "name": 7}]}, "parties[0].name"),
        (CaseAccepted, {"classified": True}, ""),
        (DecisionMade, {"outcome": {"kinds": ["fine"], "fine": 2000}}, "outcome.fine"),
    ],
)
async def test_bad_data_are_refused_by_the_path_of_the_field(house, casework, cls, changes, path):
    event = casework.event(cls, data=example(cls) | changes)
    body = await refused(house, casework, await casework.one(event), 400)
    assert any(error["path"].startswith(path) for error in body["errors"]), body
    assert all(_CHINESE.search(error["message"]) for error in body["errors"])
    assert await house.state_of(casework.source, event["id"]) is None


async def test_a_list_as_data_is_refused(house, casework):
    event = casework.event(EnforcementEnded, data=[1, 2])
    await refused(house, casework, await casework.one(event), 400, "对象", "列表")


async def test_missing_data_are_refused(house, casework):
    event = casework.event(EnforcementEnded)
    del event["data"]
    await refused(house, casework, await casework.one(event), 400, "对象")


async def test_a_name_is_never_repeated_in_an_answer(house, casework):
    party = {**PARTY, "kind": A_NAME, "resident_id": "x" * 40, "birth_date": "1899-01-01"}
    event = casework.event(CaseAccepted, data=example(CaseAccepted) | {"parties": [party]})
    for response in (await casework.one(event), await casework.validate(event)):
        body = await refused(house, casework, response, 400)
        assert body["errors"]
        assert A_NAME not in response.text


@pytest.mark.parametrize(
    ("kind", "headers", "word"),
    [
        ("text/plain", {}, "text/plain"),
        ("application/xml", {}, "application/xml"),
        ("application/cloudevents+xml", {}, "cloudevents+json"),
        ("application/cloudevents+json; charset=gbk", {}, "utf-8"),
        (STRUCTURED, {"Content-Encoding": "gzip"}, "压缩"),
    ],
)
async def test_another_content_type_is_415_and_says_which_are_taken(
    house, casework, kind, headers, word
):
    response = await casework.send(b"{}", kind, **headers)
    await refused(house, casework, response, 415, word)


@pytest.mark.parametrize(
    ("value", "word"),
    [("田公".encode(), "%E7%94%B0"), (b"100%", "%25"), (b"%FF", "UTF-8"), (b"%0A", "控制字符")],
)
async def test_header_values_outside_ascii_must_be_percent_encoded(house, casework, value, word):
    data = example(EnforcementEnded)
    headers = [
        (b"Authorization", f"Bearer {casework.key}".encode()),
        (b"Content-Type", b"application/json"),
        (b"ce-specversion", b"1.0"),
        (b"ce-id", b"h1"),
        (b"ce-source", casework.source.encode()),
        (b"ce-type", EnforcementEnded.type.encode()),
        (b"ce-time", b"2026-09-18T09:30:00Z"),
        (b"ce-subject", value),
    ]
    response = await casework.client.post(
        "/intake/events", content=orjson.dumps(data), headers=headers
    )
    await refused(house, casework, response, 400, "subject", word)


async def test_json_without_event_headers_says_how_to_send_it(house, casework):
    response = await casework.send(b"{}", "application/json")
    await refused(house, casework, response, 400, "ce-specversion", STRUCTURED)


async def test_a_batch_that_is_no_list_is_refused(house, casework):
    await refused(house, casework, await casework.batch({}), 400, "列表", STRUCTURED)
    await refused(house, casework, await casework.send(b"[{", BATCH), 400, "JSON")
    await refused(house, casework, await casework.send(DEEP, BATCH), 400, "嵌套")


# Odd, and taken as it is


async def test_characters_of_four_bytes_and_unknown_fields_are_taken_whole(house, publisher):
    data = example(EnforcementEnded, case_number="𠮷公2026-1") | {"more": {"𠀀": "\u202eabc"}}
    event = publisher.event(EnforcementEnded, data=data, elsewhere="x")
    validated = (await publisher.validate(event)).json()
    assert validated["unknown_fields"] == ["more"]
    assert validated["partitionkey"] == "𠮷公2026-1"
    assert (await publisher.one(event)).status_code == 202
    written = [w for w in await house.written(publisher.topic) if w.identity[1] == event["id"]]
    assert orjson.loads(written[0].value) == data
    assert written[0].attributes["ce_elsewhere"] == "x"


async def test_the_dry_run_stores_and_sends_nothing(house, publisher):
    before = len(await house.written(publisher.topic))
    events = [publisher.event(EnforcementEnded), publisher.event(EnforcementEnded, data={})]
    response = await publisher.validate(events, BATCH)
    assert response.status_code == 207
    assert [a["status"] for a in response.json()] == [200, 400]
    assert (await publisher.validate(events[0])).json()["valid"] is True
    assert await house.state_of(publisher.source, events[0]["id"]) is None
    assert len(await house.written(publisher.topic)) == before
