"""Who takes what: what the classes declare is what the services' handlers really are."""

import importlib

import pytest

from mingjing_shared.events import CATALOGUE, SERVICES, decode


def handled_by(service):
    """The types that a service has a handler for."""
    module = importlib.import_module(f"mingjing_{service}.handlers")
    return set(module.HANDLERS)


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_the_declared_takers_of_stable_types_are_the_real_handlers(service):
    stable = {c for c in CATALOGUE.values() if c.stability == "stable"}
    declared = {c.type for c in stable if service in c.takers}
    assert {c.type for c in handled_by(service) & stable} == declared


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_a_service_handles_nothing_that_it_is_not_declared_to_take(service):
    assert [c.type for c in handled_by(service) if service not in c.takers] == []


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_consumer_reads_every_sample_of_its_types(service, samples):
    taken = handled_by(service)
    read = [decode(s.event_class, s.data) for s in samples if s.event_class in taken]
    assert {type(event) for event in read} == taken
