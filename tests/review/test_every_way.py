"""Every way that six actors can take, to depth 9: none leads to a clearance without an opinion.

Casework proposes texts, the unit hands in and disputes, two reviewers work, a leader concludes,
somebody decides, time passes, in every order that the rules allow. Ways that lead to the same
state are walked on once.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from mingjing_review.rules.content import Content
from mingjing_review.rules.opinion import clearance_until
from mingjing_review.rules.progress import MAY_FOLLOW, OUTCOMES, Step, progress_of
from mingjing_review.rules.standing import Clearance, Decision, Given, Proposal, standing_of
from mingjing_review.rules.state import shown
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events.values import Outcome
from mingjing_shared.law.calendar import published_calendar

CALENDAR = published_calendar()
MONDAY = date(2026, 3, 2)
TEXTS = {"a": "a" * 64, "b": "b" * 64}
GRAVE = Outcome(kinds=("licence_revocation",))
REVIEWERS = ("reviewer", "case_manager")
LEADERS = ("case_manager", "bureau_leader")
OPINIONS = ("agree", "correct", "transfer")
DEPTH = 9
LONG = timedelta(days=60)  # longer than any clearance lasts


@dataclass(frozen=True)
class World:
    """Everything that was told and done, and the day that it is."""

    day: date = MONDAY
    proposals: tuple = ()  # newest first
    steps: tuple = ()
    cleared: tuple = ()
    decision: tuple | None = None  # text and day

    @property
    def now(self):
        minutes = len(self.proposals) + len(self.steps) + 1
        at = datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=SHANGHAI)
        return at + timedelta(minutes=minutes)

    @property
    def progress(self):
        return progress_of([step for step, _ in self.steps], CALENDAR)

    @property
    def standing(self):
        opinions = [
            Given(step.draft_sha256, step.opinion, step.at)
            for step, _ in self.steps
            if step.kind == "opinion"
        ]
        decision = self.decision and Decision(content(self.decision[0]), self.decision[1])
        return standing_of(
            "D1",
            [Proposal(content(text), at) for text, at in self.proposals],
            decision,
            self.cleared,
            CALENDAR,
            opinions=opinions,
        )

    @property
    def shown(self):
        return shown(self.standing, self.progress)


def content(text):
    return Content(TEXTS[text], "public_security", frozenset({"person"}), GRAVE)


def propose(world, text):
    if world.proposals and world.proposals[0][0] == text:
        return None
    return replace(world, proposals=((text, world.now), *world.proposals))


def step(world, kind, who, opinion=None, outcome=None):
    """Take a step, if the acts of officers would let it be taken (acts/matter.py …)."""
    now, review = world.progress, world.shown
    if world.decision is not None or not world.proposals:
        return None
    newest = TEXTS[world.proposals[0][0]]
    is_expired = review.state == "cleared" and not any(
        one.fits(newest, world.day) for one in world.cleared
    )
    anew = kind == "resubmitted" and (review.changed or is_expired)
    if not anew and (review.state not in MAY_FOLLOW[kind] or review.changed):
        return None
    if kind == "returned" and now and now.returns:
        return None
    if (kind == "submitted") is bool(world.steps) and kind in {"submitted", "resubmitted"}:
        return None
    if not may(now, kind, who):
        return None
    is_handed_in = kind in {"submitted", "resubmitted"}
    text = newest if is_handed_in or now is None else now.draft_sha256
    round_ = (now.round if now else 0) + (is_handed_in or outcome == "reopened")
    taken = Step(kind, round_, world.now, who, text, opinion, outcome)
    cleared = world.cleared
    if opinion == "agree":
        until = clearance_until(world.day, CALENDAR)
        cleared = (*cleared, Clearance(f"C{len(cleared)}", text, world.now, until, "cleared"))
    return replace(world, steps=(*world.steps, (taken, who)), cleared=cleared)


def may(now, kind, who):
    """What the acts about extensions and disagreements ask for besides."""
    if now is None:
        return True
    fits = {
        "extension_asked": now.extension is None,
        "extended": now.extension == "asked" and now.asked_by != who,
        "extension_refused": now.extension == "asked" and now.asked_by != who,
        "disagreed": not now.concluded,
        "re_reviewed": not now.re_reviewed and now.disputed_by != who,
        "coordinated": now.re_reviewed and now.disputed_by != who,
        "discussed": who not in {now.disputed_by, now.re_reviewed_by},
    }
    return fits.get(kind, True)


def decide(world, text):
    return None if world.decision else replace(world, decision=(text, world.day))


def of_reviewers(world):
    for who in REVIEWERS:
        for kind in ("accepted", "incomplete", "returned", "extension_asked"):
            yield f"{who} {kind}", step(world, kind, who)
        for kind in ("re_reviewed", "coordinated"):
            for outcome in OUTCOMES[kind]:
                yield f"{who} {kind} {outcome}", step(world, kind, who, outcome=outcome)
        for opinion in OPINIONS:
            yield f"{who} {opinion}", step(world, "opinion", who, opinion)


def of_leaders(world):
    for who in LEADERS:
        for kind in ("extended", "extension_refused"):
            yield f"{who} {kind}", step(world, kind, who)
        for outcome in OUTCOMES["discussed"]:
            yield f"{who} discussed {outcome}", step(world, "discussed", who, outcome=outcome)


def ways(world):
    """What each actor may do now, by name."""
    for text in TEXTS:
        yield f"propose {text}", propose(world, text)
        yield f"decide {text}", decide(world, text)
    for kind in ("submitted", "resubmitted", "supplemented", "disagreed"):
        yield kind, step(world, kind, "unit")
    yield from of_reviewers(world)
    yield from of_leaders(world)
    yield "time passes", replace(world, day=world.day + LONG)


def key(world):
    """What the future of a world depends on."""
    now = world.progress
    where = now and (now.state, now.round, now.draft_sha256, now.returns)
    about = now and (
        now.extension, now.asked_by, now.disputed, now.disputed_by, now.re_reviewed_by,
        now.concluded,
    )  # fmt: skip
    last = {}
    for taken, _ in world.steps:
        if taken.kind == "opinion":
            last[taken.draft_sha256] = (taken.opinion, taken.at.date() == world.day)
    alive = frozenset((one.draft_sha256, one.valid_until >= world.day) for one in world.cleared)
    proposed = tuple((text, at.date() == world.day) for text, at in world.proposals)
    decided = world.decision and world.decision[0]
    return where, about, frozenset(last.items()), alive, proposed, decided


def agreed_to(world, digest):
    """Whether somebody agreed to this very text."""
    return any(
        taken.opinion == "agree" and taken.draft_sha256 == digest for taken, _ in world.steps
    )


@pytest.fixture(scope="module")
def reached():
    """Every world within the depth, with one way that leads to it."""
    found = {key(World()): (World(), ())}
    edge = list(found.values())
    for _ in range(DEPTH):
        further = []
        for world, way in edge:
            for name, then in ways(world):
                if then is not None and (mark := key(then)) not in found:
                    found[mark] = (then, (*way, name))
                    further.append(found[mark])
        edge = further
    return list(found.values())


def test_the_search_reaches_every_state_of_a_review(reached):
    states = {world.shown.state for world, _ in reached}
    assert states >= {
        "review_required", "submitted", "incomplete", "in_review", "returned", "opinion_given",
        "resubmitted", "coordinating", "discussion", "transferred", "cleared", "bypassed",
    }  # fmt: skip
    assert len(reached) > 1_000


def test_nothing_is_cleared_without_an_opinion_on_that_very_text(reached):
    for world, way in reached:
        if "cleared" in {world.standing.state, world.shown.state}:
            text = world.decision[0] if world.decision else world.proposals[0][0]
            assert agreed_to(world, TEXTS[text]), way


def test_no_conclusion_of_leaders_clears_a_text(reached):
    for world, way in reached:
        for taken, _ in world.steps:
            if taken.kind in {"re_reviewed", "coordinated", "discussed", "extended"}:
                assert taken.opinion is None, way
        assert len(world.cleared) == sum(s.opinion == "agree" for s, _ in world.steps), way


def test_a_decision_without_a_clearance_that_lasts_is_told_as_bypassing_review(reached):
    for world, way in reached:
        if world.decision is None:
            continue
        text, made_on = world.decision
        lawful = any(one.fits(TEXTS[text], made_on) for one in world.cleared)
        assert world.standing.state == ("cleared" if lawful else "bypassed"), way


def test_what_was_decided_against_the_opinion_is_told_so(reached):
    for world, way in reached:
        if world.standing.state != "bypassed":
            continue
        digest = TEXTS[world.decision[0]]
        given = [s for s, _ in world.steps if s.kind == "opinion" and s.draft_sha256 == digest]
        in_time = [one for one in given if one.at.date() <= world.decision[1]]
        if in_time and in_time[-1].opinion != "agree":
            assert world.standing.how == "against", way
