"""What is planted in a corpus beside what is found, by kind."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mingjing_review.rules.contradiction.every import contradictions
from mingjing_review.rules.contradiction.record import Fact, Record
from mingjing_shared.events import event_class
from mingjing_shared.events.decoding import decode
from mingjing_shared.law.calendar import published_calendar

OUTSIDER = Path(__file__).parent / "contradictions_outsider" / "cases.jsonl"


@dataclass
class Measured:
    """Planted and found findings of a corpus, and those in which the two differ."""

    planted: Counter = field(default_factory=Counter)
    hit: Counter = field(default_factory=Counter)
    missed: list = field(default_factory=list)
    extra: list = field(default_factory=list)

    @property
    def recall(self):
        return self.hit.total() / self.planted.total()

    @property
    def precision(self):
        return self.hit.total() / (self.hit.total() + len(self.extra))

    def table(self):
        """Lines of kind, found of planted, and beside."""
        beside = Counter(kind for _, kind, _ in self.extra)
        lines = [
            f"{kind:24} {self.hit[kind]:4}/{self.planted[kind]:<4} beside {beside[kind]}"
            for kind in sorted(self.planted | beside)
        ]
        return "\n".join([*lines, f"recall {self.recall:.2%} precision {self.precision:.2%}"])


def outsider():
    """The cases of somebody who had not seen the rules."""
    return [json.loads(line) for line in OUTSIDER.read_text(encoding="utf-8").splitlines()]


def record_of(case):
    """A case as the rules read it."""
    told = sorted(case["events"], key=lambda event: event["time"])
    return Record(Fact(one["id"], decode(event_class(one["type"]), one["data"])) for one in told)


def measured(cases):
    """Find everything in every case, and lay it beside what was planted."""
    result, calendar = Measured(), published_calendar()
    for case in cases:
        truth = {(one["kind"], tuple(sorted(one["facts"]))) for one in case["planted"]}
        found = {(one.kind, one.facts) for one in contradictions(record_of(case), calendar)}
        result.planted.update(kind for kind, _ in truth)
        result.hit.update(kind for kind, _ in truth & found)
        result.missed += [(case["id"], *one) for one in sorted(truth - found)]
        result.extra += [(case["id"], *one) for one in sorted(found - truth)]
    return result
