"""Counting by state: what is no figure does not count, and nobody counts further than is read."""

import pytest

from mingjing_shared.database import literal
from mingjing_shared.web.counting import counted, in_states

TABLE = (
    "(VALUES ('a', 'live'), ('a', 'live'), ('a', 'replay'), ('b', 'synthetic'), ('c', 'backfill'))"
    " AS rows(state, mode)"
)


@pytest.fixture
async def database(world):
    return await world.database("review")


async def test_synthetic_and_replayed_rows_do_not_count_and_nought_is_left_out(database):
    found = await counted(database, TABLE, in_states("abcd"), ("true", {}))
    assert found == {"a": 2, "c": 1}


async def test_what_is_beyond_reach_does_not_count(database):
    within = ("state = ANY(CAST(:mine AS text[]))", {"mine": ["c"]})
    assert await counted(database, TABLE, in_states("abcd"), within) == {"c": 1}


async def test_counting_stops_where_more_would_tell_nobody_more(database):
    assert await counted(database, TABLE, in_states("a"), ("true", {}), most=1) == {"a": 1}


@pytest.mark.parametrize(
    ("typed", "there", "hits"),
    [
        ("%", "a", False),
        ("_", "a", False),
        ("\\", "a", False),
        ("\\%", "%", False),
        ("%", "100%", True),
        ("a_b", "xa_by", True),
        ("a\\b", "a\\b", True),
    ],
)
async def test_what_is_typed_means_itself_in_a_search(database, typed, there, hits):
    rows = await database.all(
        "SELECT CAST(:there AS text) LIKE :pattern AS hits",
        there=there,
        pattern=f"%{literal(typed)}%",
    )
    assert rows[0].hits is hits
