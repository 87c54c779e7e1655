"""Waves: nothing is lost, and of each key the order stays."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.events.casework import CaseAccepted, DecisionMade, EnforcementEnded
from mingjing_shared.messaging.waves import waves
from support.events import received

ITEMS = [
    received(event_class, case_number=f"甲{number}")
    for event_class in (CaseAccepted, DecisionMade, EnforcementEnded)
    for number in range(4)
    for _ in range(3)
]


@given(st.lists(st.sampled_from(ITEMS), max_size=40))
def test_every_event_is_in_one_wave_and_a_key_keeps_its_order(batch):
    found = list(waves(batch))
    order = defaultdict(list)
    for wave in found:
        keys = [item.key for group in wave.values() for item in group]
        assert len(keys) == len(set(keys))
        for event_class, group in wave.items():
            for item in group:
                assert type(item.event) is event_class
                order[item.key].append(item)
    wanted = defaultdict(list)
    for item in batch:
        wanted[item.key].append(item)
    assert order == wanted
    assert len(found) == max((len(items) for items in wanted.values()), default=0)


def test_a_batch_of_different_cases_is_one_wave_set_based_by_type():
    batch = [received(CaseAccepted, case_number=f"乙{n}") for n in range(5)]
    batch += [received(EnforcementEnded, case_number=f"丙{n}") for n in range(5)]
    [wave] = waves(batch)
    assert {event_class: len(group) for event_class, group in wave.items()} == {
        CaseAccepted: 5,
        EnforcementEnded: 5,
    }
