"""Cases planted by chance, with what an independent count of them must find.

Knows nothing of the rules that it tests: what is in time and what is not is decided here.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tasks.given import (
    a_bypass,
    a_case,
    a_decision,
    cleared,
    not_required,
    of_disclosure,
    of_recording,
    of_review,
)

from mingjing_shared.events.disclosure import (
    DisclosureDue,
    DisclosurePublished,
    DisclosureWithheld,
)
from mingjing_shared.events.recording import CasefileArchived, CasefileDue
from mingjing_shared.events.review import ReviewRequired
from support.events import A_TIME
from support.officers import ELSEWHERE, STATION

UNITS = (STATION, ELSEWHERE)
MODES = ["live", "live", "live", "backfill", "synthetic"]
RESULTS = {"open": None, "in_time": True, "late": False}


@dataclass
class Planter:
    """Plants one case after another; ``counts`` holds counted and met, by kind and unit."""

    dice: Random
    today: object
    events: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)

    def plant(self, n):
        self.number, self.unit = f"田公（网）2026-{n:05}", self.dice.choice(UNITS)
        self.day = self.today + timedelta(days=self.dice.randint(-200, 30))
        self.about = {"mode": self.dice.choice(MODES)}
        self.decision = f"D{n}"
        self.events.append(a_case(self.number, unit=self.unit))
        made = {"decision_id": self.decision, "unit": self.unit, "made_on": str(self.day)}
        self.events.append(a_decision(self.number, about=self.about, **made))
        self.publication(f"I{n}")
        self.casefile()
        self.review()

    def publication(self, item):
        what = self.dice.choice([*RESULTS, "withheld", "provisional"])
        ids = {"item_id": item, "decision_id": self.decision, "about": self.about}
        due = {"due_on": str(self.day), "provisional": what == "provisional", "revision": 1}
        self.events.append(of_disclosure(DisclosureDue, self.number, **ids, **due))
        if what in ("in_time", "late"):
            told = {**ids, "on_time": what == "in_time"}
            self.events.append(of_disclosure(DisclosurePublished, self.number, **told))
        if what == "withheld":
            self.events.append(of_disclosure(DisclosureWithheld, self.number, **ids))
        if what in RESULTS:
            self.count("publication", RESULTS[what])

    def casefile(self):
        what = self.dice.choice([*RESULTS, "no_clock"])
        day = None if what == "no_clock" else str(self.day)
        due = {"about": self.about, "breach_on": day, "warn_on": day}
        self.events.append(of_recording(CasefileDue, self.number, **due))
        if what in ("in_time", "late"):
            done = self.day + timedelta(days=-1 if what == "in_time" else 1)
            about = {**self.about, "time": A_TIME + (done - A_TIME.date())}
            self.events.append(of_recording(CasefileArchived, self.number, about=about))
        if what in RESULTS:
            self.count("casefile", RESULTS[what])

    def review(self):
        what = self.dice.choice(["cleared", "bypassed", "not_required", "required", "nothing"])
        about = {"about": self.about, "decision_id": self.decision}
        if what in ("cleared", "bypassed", "required"):
            self.events.append(of_review(ReviewRequired, self.number, **about))
        last = {**about, "about": {"time": A_TIME + timedelta(days=3), **self.about}}
        say = {"cleared": cleared, "bypassed": a_bypass, "not_required": not_required}.get(what)
        if say:
            self.events.append(say(self.number, **last))
        if what in ("cleared", "bypassed", "required"):
            self.count("review", {"cleared": True, "bypassed": False}.get(what))

    def count(self, kind, met):
        ahead = met is None and self.day >= self.today
        if self.about["mode"] == "live" and self.day.year == self.today.year and not ahead:
            counted, good = self.counts.get((kind, self.unit), (0, 0))
            self.counts[kind, self.unit] = (counted + 1, good + (met is True))


def planted(seed, today, many=60):
    """Events in an order of chance, and what they count to."""
    planter = Planter(Random(seed), today)
    for n in range(many):
        planter.plant(n)
    planter.dice.shuffle(planter.events)
    return planter.events, planter.counts
