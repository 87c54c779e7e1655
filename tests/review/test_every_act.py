"""Whatever officers do on the real pages, in any order, a text is cleared by an opinion alone.

The same promise as ``test_every_way.py``, kept by the acts themselves: pages, forms, database.
"""

import asyncio
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from support.officers import CSRF, signed_in
from support.review import PERSON
from support.reviewing import (
    PROPOSED,
    a_leader,
    a_text,
    another_reviewer,
    the_handler,
    the_head,
    the_manager,
    the_reviewer,
)

FINES = ("4000.00", "5000.00")
UNIT = (the_handler, the_head)
REVIEWERS = (the_reviewer, another_reviewer, the_manager)
LEADERS = (a_leader, the_manager)
WHO = {
    "submit": UNIT,
    "disagree": UNIT,
    **dict.fromkeys(
        ("accept", "hand_back", "speak", "ask_extension", "re_review", "coordinate"), REVIEWERS
    ),
    "answer_extension": LEADERS,
    "discuss": LEADERS,
}
OPINIONS = ("speak agree", "speak correct", "speak transfer")
EXTENSION = ("ask_extension", "answer_extension granted", "answer_extension refused")
NEXT = {
    "review_required": ("submit",),
    "submitted": ("accept", "accept", "hand_back"),
    "incomplete": ("submit",),
    "in_review": (*OPINIONS, *OPINIONS, *EXTENSION, "hand_back"),
    "returned": ("submit",),
    "opinion_given": ("submit", "disagree", "disagree"),
    "resubmitted": (*OPINIONS, *EXTENSION),
    "coordinating": (
        "re_review maintained",
        "re_review maintained",
        "re_review reopened",
        "coordinate unit_yields",
        "coordinate reopened",
        "coordinate not_agreed",
    ),
    "discussion": ("discuss opinion_stands", "discuss reopened"),
    "transferred": ("submit", "disagree"),
    "cleared": ("submit", "disagree", "speak correct"),
}
EVERY = sorted({name for names in NEXT.values() for name in names})
PICK = st.integers(0, 999)
OFFICERS = st.permutations([*UNIT, *REVIEWERS, a_leader])
ANSWERED = {303, 400, 403, 409, 428}  # the last: who hands in out of turn says why he looks
MINUTES = 60


@pytest.fixture
async def here(bench):
    return bench, asyncio.get_running_loop()


class Acts(RuleBasedStateMachine):
    """What casework and officers may do; what happened is counted in ``met``."""

    bench = loop = met = None

    def run(self, waiting):
        return self.loop.run_until_complete(waiting)

    def act(self, waiting):
        before = self.run(self.bench.steps())
        answer = self.run(waiting)
        assert answer.status_code in ANSWERED, answer.text[-2000:]
        grown = len(self.run(self.bench.steps())) - len(before)
        assert grown == (answer.status_code == 303), "a step is taken once or not at all"
        self.met[answer.status_code] += 1

    @initialize()
    def begin(self):
        self.run(self.bench.review.forget_all())
        self.bench.clock.move_to("2026-09-21 10:00")
        self.proposed = 0
        self.run(self.bench.propose())

    @rule(kind=st.integers(0, 19), pick=PICK, officers=OFFICERS)
    def something_happens(self, kind, pick, officers):
        """Mostly an act that may follow; now and then any other, a new text, a month."""
        if kind == 0:
            self.a_month_passes()
        elif kind == 1:
            self.propose(FINES[pick % len(FINES)])
        elif kind < 6:
            self.take(EVERY[pick % len(EVERY)], officers)
        else:
            names = NEXT.get(self.run(self.bench.review.state()), EVERY)
            self.take(names[pick % len(names)], officers)

    def propose(self, fine):
        self.proposed += 1
        at = f"2026-09-21T09:{self.proposed % MINUTES:02}:00+08:00"
        outcome = {"kinds": ["fine"], "fine": fine}
        self.run(self.bench.review.apply(a_text(proposed_at=at, outcome=outcome)))

    def a_month_passes(self):
        self.bench.clock.move_to("2026-10-26 10:00")
        self.run(self.bench.fire())

    def take(self, name, officers):
        """One act by the first of these officers who has to do with it."""
        act, _, what = name.partition(" ")
        fitting = [one for one in officers if one in WHO[act]] or [WHO[act][0]]
        given = [what] if what else []
        self.act(getattr(self.bench, act)(*given, officer=fitting[0]))

    @invariant()
    def the_gate_opens_for_a_text_that_was_agreed_to_and_for_no_other(self):
        agreed = self.run(agreed_to(self.bench))
        for fine in FINES:
            answer = self.run(ask_gate(self.bench, fine))
            if answer.status_code == 200:
                assert answer.json()["draft_sha256"] in agreed
                self.met["open"] += 1
            else:
                assert answer.status_code == 409

    @invariant()
    def what_is_shown_as_cleared_was_agreed_to(self):
        row = self.run(self.bench.review.review())
        if row.state == "cleared":
            assert row.proposed_sha256 in self.run(agreed_to(self.bench))
        given = {
            sha for _, kind, sha in self.run(self.bench.review.clearances()) if kind == "cleared"
        }
        assert given <= self.run(agreed_to(self.bench))


async def agreed_to(bench):
    rows = await bench.review.database.all(
        "SELECT draft_sha256 FROM review_steps WHERE kind = 'opinion' AND opinion = 'agree'"
    )
    return {row.draft_sha256 for row in rows}


async def ask_gate(bench, fine):
    draft = {
        "kind": "penalty",
        "parties": [PERSON],
        "basis": PROPOSED["basis"],
        "outcome": {"kinds": ["fine"], "fine": fine},
    }
    return await bench.client.post(
        "/review/api/gate",
        headers={**signed_in(a_leader), "X-CSRF": CSRF},
        json={"decision_id": "D1", "draft": draft},
    )


def test_no_way_of_acts_clears_a_text_without_an_opinion_on_it(here):
    bench, loop = here
    met = Counter()
    run_state_machine_as_test(
        type("ActsHere", (Acts,), {"bench": bench, "loop": loop, "met": met}),
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # a way of twenty acts is read as it is: shrinking takes long
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert met[303] > 100, met
    assert met["open"], "some text was cleared"
