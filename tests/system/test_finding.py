"""What is looked for is taken apart as the database takes apart what is indexed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingjing_shared.finding import parts_asked

NUMBERS = st.text(st.sampled_from("田公（网）2026-0号ab\n"), min_size=2, max_size=40)


@pytest.fixture
async def database(world):
    return await world.database("disclosure")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("田", []),
        ("田公", ["田公"]),
        ("田公安", ["田公安"]),
        ("0087", ["0087"]),
        ("00871", ["0087", "0871"]),
        ("2026-00871", ["2026", "-008", "0871"]),
        ("00000", ["0000"]),
    ],
)
def test_two_signs_are_looked_for_as_they_are_longer_by_fours(text, parts):
    assert parts_asked(text) == sorted(parts)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(whole=NUMBERS, data=st.data())
async def test_whatever_holds_a_text_has_all_its_parts(database, whole, data):
    begin = data.draw(st.integers(0, len(whole) - 2))
    end = data.draw(st.integers(begin + 2, len(whole)))
    [row] = await database.all(
        "SELECT parts_of(CAST(:whole AS text)) @> CAST(:parts AS text[]) AS has",
        whole=whole,
        parts=parts_asked(whole[begin:end]),
    )
    assert row.has
