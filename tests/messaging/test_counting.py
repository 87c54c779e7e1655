"""What is counted is there at zero before it happens: else the first time raises no alarm."""

from __future__ import annotations

import pytest
from prometheus_client import REGISTRY

from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.counting import begin_at_zero
from mingjing_shared.messaging.refusals import Reason
from mingjing_shared.messaging.trouble import Trouble

SERVICE, TYPE, CLOCK = "counted", "cn.mingjing.case.accepted", "some_term"


@pytest.fixture(scope="module", autouse=True)
def begun():
    begin_at_zero(SERVICE, [TYPE], [CLOCK])


@pytest.mark.parametrize(
    ("counter", "labels"),
    [
        ("mj_inbox_events_total", {"event_type": TYPE, "outcome": "applied"}),
        ("mj_inbox_events_total", {"event_type": "any", "outcome": "duplicate"}),
        *(("mj_dead_letters_total", {"reason": reason}) for reason in Reason),
        *(("mj_event_retries_total", {"kind": trouble.value}) for trouble in Trouble),
        ("mj_clocks_fired_total", {"kind": CLOCK}),
        ("mj_outbox_published_total", {}),
        ("mj_outbox_publish_latency_seconds_count", {}),
        ("mj_consumer_rebalances_total", {}),
        ("mj_breaker_open", {}),
    ],
)
def test_a_counter_stands_at_zero_before_anything_happened(counter, labels):
    assert REGISTRY.get_sample_value(counter, {"service": SERVICE, **labels}) == 0


@pytest.mark.parametrize("origin", ["tasks", "probe"])
def test_the_silence_of_a_way_counts_from_the_start(origin):
    since = REGISTRY.get_sample_value(
        "mj_canary_last_success_timestamp_seconds", {"path": f"{origin}-{SERVICE}"}
    )
    assert machine_now().timestamp() - since < 300
