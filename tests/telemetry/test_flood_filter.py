"""The log while a server is away: the first complaint, and how many more there were."""

import logging

from mingjing_shared.telemetry.logs import FloodFilter


def a_record(line=1, text="no broker at %s", args=("10.0.0.1",), level=logging.WARNING):
    return logging.LogRecord("aiokafka", level, "client.py", line, text, args, None)


def test_a_repeated_complaint_is_let_through_once_whatever_its_text_says():
    quiet = FloodFilter(every_seconds=60)
    records = [a_record(args=(f"10.0.0.{n}",)) for n in range(500)]
    assert [quiet.filter(record) for record in records] == [True] + [False] * 499


def test_another_place_or_another_level_is_let_through():
    quiet = FloodFilter(every_seconds=60)
    assert quiet.filter(a_record(line=1))
    assert quiet.filter(a_record(line=2))
    assert quiet.filter(a_record(line=1, level=logging.ERROR))
    assert not quiet.filter(a_record(line=1))


def test_after_its_interval_it_comes_again_and_says_how_many_did_not():
    quiet = FloodFilter(every_seconds=0)
    place = ("client.py", 1, "WARNING")
    quiet._last[place] = (0.0, 41)
    record = a_record()
    assert quiet.filter(record)
    assert record.getMessage() == "no broker at 10.0.0.1 (and 41 more like it)"
    again = a_record()
    assert quiet.filter(again)
    assert again.getMessage() == "no broker at 10.0.0.1"
