"""Whatever is killed, nothing is lost and nothing is applied twice (the capped, seeded run)."""

import os

import pytest
from guarantees.storm import KINDS, run_storm


async def test_a_storm_loses_nothing_and_applies_nothing_twice():
    seed = os.environ.get("STORM_SEED")
    lines = []

    def say(line):
        lines.append(line)
        print(line)

    found = await run_storm(20_000, 2, int(seed) if seed else None, say)
    assert found.sent >= 19_000
    assert found.is_clean, found
    assert all(f"'{kind}': 2" in lines[-2] for kind in KINDS), lines[-2]


@pytest.mark.full
async def test_the_whole_storm_loses_nothing_and_applies_nothing_twice():
    seed = os.environ.get("STORM_SEED")
    found = await run_storm(20_000, 20, int(seed) if seed else None)
    assert found.is_clean, found
