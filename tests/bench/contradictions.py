"""The contradictions of a case beside loading its events, and judging beside decoding.

    python tests/bench/contradictions.py [--cases 200] [--proposals 5000]

Cases are the made-up ones of the tests, told through review's handlers into a real database.
*load*: the events of a case, of its officers elsewhere, and of the directory, out of the database.
*pass*: all rules over what was loaded. *judge*: whether so many proposed decisions need review,
over their decoded events; *decode*: decoding the same JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
from review import contradictions_generated

from bench.machine import machine_facts
from mingjing_review.rules.catalogue import flags_of, judge, kinds_against
from mingjing_review.rules.contradiction.every import contradictions
from mingjing_review.rules.contradiction.record import day_of
from mingjing_review.store.told import record_of_case
from mingjing_shared.events import decode, event_class
from mingjing_shared.events.casework import CaseAccepted, DecisionProposed
from mingjing_shared.events.decoding import to_data
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.case_number import case_key
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.strict_json import canonical
from support.events import envelope
from support.review import Review, a_case, a_proposal
from support.stack import Stack

NOT_TAKEN = {"cn.mingjing.officer.changed", "cn.mingjing.unit.changed"}


async def tell(review: Review, case: dict) -> str:
    """Tell a case's events; its key."""
    key = ""
    for one in case["events"]:
        kind = event_class(one["type"])
        if one["type"] in NOT_TAKEN:
            continue
        told = envelope(kind, id=one["id"])
        item = to_received(kind, told, one["data"], canonical(one["data"]), None)
        await review.apply(item)
        key = case_key(one["data"]["case_number"]) if kind is CaseAccepted else key
    return key


async def of_cases(count: int) -> tuple[list[float], list[float]]:
    """Seconds of loading and of the pass, a case."""
    loads, passes, calendar = [], [], published_calendar()
    with tempfile.TemporaryDirectory() as home:
        stack = Stack(Path(home))
        world = await stack.world()
        review = Review(await world.database("review"))
        keys = [await tell(review, case) for case in contradictions_generated.cases()[:count]]
        for key in keys:
            began = perf_counter()
            record = await record_of_case(review.database, key)
            loads.append(perf_counter() - began)
            began = perf_counter()
            contradictions(record, calendar)
            passes.append(perf_counter() - began)
        await world.close()
        stack.stop()
    return loads, passes


def of_proposals(count: int) -> tuple[float, float]:
    """Seconds of decoding so many proposals, and of judging them."""
    parties = a_case().event.parties
    texts = []
    for number in range(count):
        fine = {"kinds": ["fine"], "fine": str(100 + number)}
        event = a_proposal(decision_id=f"D{number}", outcome=fine).event
        texts.append(msgspec.json.encode(to_data(event)))
    began = perf_counter()
    events = [decode(DecisionProposed, msgspec.json.decode(text)) for text in texts]
    decoding = perf_counter() - began
    kinds = kinds_against({"kind": one.kind, "role": one.role} for one in parties)
    began = perf_counter()
    for event in events:
        judge(
            case_kind="public_security",
            party_kinds=kinds,
            outcome=event.outcome,
            flags=flags_of(event),
            on=day_of(event.proposed_at),
        )
    return decoding, perf_counter() - began


def main(cases: int, proposals: int) -> None:
    """Print both ratios."""
    loads, passes = asyncio.run(of_cases(cases))
    load, passed = statistics.median(loads), statistics.median(passes)
    decoding, judging = min(of_proposals(proposals) for _ in range(3))
    sys.stdout.write(
        f"{machine_facts()}\n{cases} cases: load {load * 1e3:.2f} ms, pass {passed * 1e3:.2f} ms a"
        f" case, ratio {passed / load:.2f} (wanted: at most 3)\n"
        f"{proposals} proposals: decode {decoding * 1e3:.0f} ms, judge {judging * 1e3:.0f} ms,"
        f" ratio {judging / decoding:.2f} (wanted: at most 5)\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--proposals", type=int, default=5000)
    asked = parser.parse_args()
    main(asked.cases, asked.proposals)
