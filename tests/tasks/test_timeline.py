"""The timeline of a case: what happened, in the order of the world."""

from datetime import timedelta

import pytest
from tasks.given import (
    KEY,
    a_bypass,
    a_case,
    a_classified_case,
    a_decision,
    apply,
    correcting,
    full,
)

from mingjing_shared.events import with_case_number
from mingjing_shared.events.casework import (
    ActionPerformed,
    DecisionMade,
    DecisionRevoked,
    DocumentMade,
)
from mingjing_shared.events.recorders import CaseAreaEntered
from mingjing_shared.events.shape import shape_of
from mingjing_tasks.rules.timeline import codes_of
from mingjing_tasks.store.page import events_of_case
from support.events import A_TIME


@pytest.mark.parametrize(
    ("event_class", "hidden"),
    [
        (ActionPerformed, {"officers", "auxiliaries", "documents"}),
        (DecisionMade, {"approved_by", "facts", "text", "parties", "document_number"}),
        (DecisionRevoked, {"reason", "by"}),
        (DocumentMade, {"kind", "title"}),
        (CaseAreaEntered, {"person_ref", "room"}),
    ],
)
def test_persons_and_anything_that_may_be_prose_are_not_shown(event_class, hidden):
    shown = codes_of(event_class, dict(full(event_class).content))
    assert shown.keys() & hidden == set()


@pytest.mark.parametrize("event_class", with_case_number(), ids=lambda c: c.type[12:])
def test_what_is_shown_is_short_and_flat(event_class):
    shown = codes_of(event_class, dict(full(event_class).content))
    fields = shape_of(event_class)
    assert all(isinstance(value, str | int | bool) for value in shown.values())
    assert all(len(str(value)) <= 64 for value in shown.values())
    assert not any(fields[name].personal for name in shown)


def test_an_act_shows_its_id_kind_place_and_times():
    assert codes_of(ActionPerformed, dict(full(ActionPerformed).content)) == {
        "action_id": "ACT-2026-0917-01",
        "kind": "seizure",
        "place_kind": "on_site",
        "started_at": "2026-09-10T22:30:00+08:00",
        "ended_at": "2026-09-10T22:30:00+08:00",
    }


async def test_a_classified_case_has_no_timeline(tasks):
    await apply(tasks, a_classified_case(), a_decision())
    assert await events_of_case(tasks, KEY) == []


async def test_what_happened_first_comes_first_whenever_it_came(tasks):
    late = a_decision(about={"time": A_TIME + timedelta(days=3)})
    early = a_case(about={"time": A_TIME})
    await apply(tasks, late)
    await apply(tasks, early)
    entries = await events_of_case(tasks, KEY)
    assert [row.type for row in entries] == [
        "cn.mingjing.case.accepted",
        "cn.mingjing.decision.made",
    ]


async def test_an_entry_names_its_cause_and_whether_it_was_corrected(tasks):
    first = a_decision()
    await apply(tasks, first, a_decision(about=correcting(first)))
    await apply(tasks, a_bypass(about={"causationid": first.envelope.id}))
    entries = await events_of_case(tasks, KEY)
    assert [row.is_corrected for row in entries] == [True, False, False]
    assert entries[2].causation_id == first.envelope.id
