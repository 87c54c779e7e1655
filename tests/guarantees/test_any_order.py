"""The same facts in any order, repeated, in any batches: four departments end in the same state.

Generated facts of an ordinary case, another one, and one that may turn out to be classified;
each department takes them, and what the others say of them, in an order that chance decides.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DecisionProposed,
    EnforcementEnded,
)
from support.country import country_of
from support.events import A_TIME, received

ONE, OTHER, SECRET = "田公（网）2026-01183", "潘公（交）2026-00042", "田公（密）2026-00007"
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # each example is many transactions
EXAMPLES = 30
EXAMPLES_FULL = int(os.environ.get("ANY_ORDER_EXAMPLES", "400"))
SPARE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
LEFT_OUT_WHEN_CLASSIFIED = dict.fromkeys(("kind", "cause", "procedure", "handlers"), ...)

ADULT = {"kind": "person", "name": "甲", "resident_id": "11010519491231002X", "role": "penalised"}
MINOR = {"kind": "person", "name": "乙", "birth_date": "2010-05-01", "role": "penalised"}
NO_AGE = {"kind": "person", "name": "丙", "role": "suspect"}
COMPANY = {"kind": "organisation", "name": "丁", "social_credit_code": "91350100M000100Y43"}
PARTIES = st.sampled_from([[ADULT], [COMPANY], [], [MINOR], [NO_AGE], [ADULT, COMPANY]])
UNITS = st.sampled_from(["340403510000", "340403520000"])
OUTCOMES = st.sampled_from(
    [
        {"kinds": ["fine"], "fine": "500"},
        {"kinds": ["fine"], "fine": "4000.00"},
        {"kinds": ["closure"]},
    ]
)
DECISIONS = st.sampled_from(["D1", "D2", "D3"])
KINDS_OF_DECISION = st.sampled_from(["penalty", "penalty", "permit", "coercion"])
MADE_ON = ["2026-09-18", "2026-09-18", "2026-09-16", "2026-12-25", "2017-03-01"]


@dataclass(frozen=True)
class Told:
    """One fact before it has an identity; ``corrects`` counts back among its own kind."""

    event_class: type
    case_number: str
    hours: int
    corrects: int | None = None
    source: str = "/huainan/casework"
    changes: dict[str, Any] = field(default_factory=dict)


def told(event_class, cases, **changes):
    return st.builds(
        Told,
        event_class=st.just(event_class),
        case_number=st.sampled_from(cases),
        hours=st.integers(0, 4),
        corrects=st.sampled_from([None, None, 1, 2]),
        source=st.sampled_from(["/huainan/casework"] * 4 + ["/huainan/casework-direct"]),
        changes=st.fixed_dictionaries(changes),
    )


def kinds_of_facts(cases):
    accepted = told(
        CaseAccepted,
        cases,
        kind=st.sampled_from(["traffic", "permit", "public_security"]),
        unit=UNITS,
        parties=PARTIES,
        accepted_at=st.sampled_from(["2026-09-01T08:00:00+08:00", "2026-09-02T08:00:00+08:00"]),
    )
    performed = told(
        ActionPerformed,
        cases,
        action_id=st.sampled_from(["A1", "A2"]),
        kind=st.sampled_from(["seizure", "questioning", "hearing", "service_mail"]),
        place_kind=st.sampled_from(["on_site", "case_area", "window"]),
        started_at=st.just("2026-09-10T22:30:00+08:00"),
        ended_at=st.sampled_from(["2026-09-10T23:30:00+08:00", "2026-09-11T01:30:00+08:00"]),
    )
    proposed = told(
        DecisionProposed,
        cases,
        decision_id=DECISIONS,
        kind=KINDS_OF_DECISION,
        proposed_at=st.sampled_from(["2026-09-15T09:00:00+08:00", "2026-09-17T09:00:00+08:00"]),
        outcome=OUTCOMES,
        unit=UNITS,
        parties=st.sampled_from([[], [ADULT]]),
        social_risk=st.sampled_from([None, None, True]),
    )
    made = told(
        DecisionMade,
        cases,
        decision_id=DECISIONS,
        kind=KINDS_OF_DECISION,
        made_on=st.sampled_from(MADE_ON),
        outcome=OUTCOMES,
        unit=UNITS,
        parties=st.just([]) | PARTIES,
        offence_from=st.sampled_from([None, "2026-08-01"]),
    )
    ended = told(
        EnforcementEnded,
        cases,
        ended_on=st.sampled_from(["2017-03-03", "2026-09-20", "2026-12-28"]),
        reason=st.just("executed"),
    )
    return accepted, performed, proposed, made, ended


def some(cases, least, most):
    """Facts about these cases: at least and at most so many of each kind."""
    lists = [
        st.lists(kind, min_size=low, max_size=high)
        for kind, low, high in zip(kinds_of_facts(cases), least, most, strict=True)
    ]
    return st.tuples(*lists).map(lambda drawn: [fact for facts in drawn for fact in facts])


class History(list[Any]):
    """Facts, shown short when an example fails."""

    def __repr__(self) -> str:
        return "\n".join(
            f"{e.envelope.id} {e.envelope.time:%H} {e.envelope.source} {e.key}"
            f" corrects={e.envelope.superseded_id} {_short(e.event)}"
            for e in self
        )


def _short(event):
    shown = ("decision_id", "action_id", "kind", "made_on", "proposed_at", "ended_on", "unit")
    said = {name: getattr(event, name) for name in shown if getattr(event, name, None) is not None}
    return f"{type(event).__name__} {said} {getattr(event, 'classified', None) or ''}"


@st.composite
def histories(draw):
    """Facts as casework would tell them, with identities and corrections."""
    known = draw(some([ONE], (1, 0, 0, 0, 0), (1, 0, 0, 0, 0)))
    facts = known + draw(some([ONE, ONE, OTHER], (1, 1, 2, 3, 1), (3, 3, 5, 6, 2)))
    secret = draw(some([SECRET], (0, 0, 0, 1, 0), (1, 1, 1, 2, 1)))
    events = History([*_events(facts, "e"), *_events(secret, "s")])
    if draw(st.booleans()):
        about = {"id": "classified", "time": A_TIME + timedelta(hours=2)}
        events.append(
            received(
                CaseAccepted,
                case_number=SECRET,
                classified=True,
                about=about,
                **LEFT_OUT_WHEN_CLASSIFIED,
            )
        )
    return events


def _events(facts, letter):
    events = []
    for number, fact in enumerate(facts):
        before = [
            event
            for event, earlier in zip(events, facts, strict=False)
            if (earlier.event_class, earlier.source) == (fact.event_class, fact.source)
        ]
        about = {
            "id": f"{letter}{number}",
            "source": fact.source,
            "time": A_TIME + timedelta(hours=fact.hours),
        }
        if fact.corrects is not None and fact.corrects <= len(before):
            about["supersedes"] = f"{fact.source}#{before[-fact.corrects].envelope.id}"
        changes = {k: ... if v is None else v for k, v in fact.changes.items()}
        events.append(
            received(fact.event_class, about=about, case_number=fact.case_number, **changes)
        )
    return events


@pytest.fixture
async def country(world):
    return await country_of(world)


async def hold_in_any_order(country, facts, seed):
    await country.forget_all()
    await country.tell(facts)
    wanted = await country.state()
    await country.forget_all()
    await country.tell(facts, Random(seed))
    found = await country.state()
    for department, tables in wanted.items():
        for table, rows in tables.items():
            assert found[department][table] == rows, f"{department}.{table}"


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=PHASES,
    report_multiple_bugs=False,
    suppress_health_check=SPARE,
)
@given(facts=histories(), seed=st.integers(0, 2**32))
async def test_four_departments_end_in_the_same_state_in_any_order(country, facts, seed):
    await hold_in_any_order(country, facts, seed)


@pytest.mark.full
@settings(max_examples=EXAMPLES_FULL, deadline=None, phases=PHASES, suppress_health_check=SPARE)
@given(facts=histories(), seed=st.integers(0, 2**32))
async def test_four_departments_end_in_the_same_state_in_very_many_orders(country, facts, seed):
    await hold_in_any_order(country, facts, seed)
