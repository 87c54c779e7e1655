"""A log that a witness refuses: the inspectorate is warned until every refusal is taken back."""

from datetime import timedelta
from itertools import permutations

import pytest
from tasks.given import said

from mingjing_shared.events.platform import LogAccepted, LogRefused
from mingjing_tasks.handlers.log import ForeignWord, note_logs
from support.events import A_TIME, received
from support.officers import CITY

LOG = "huainan/mingjing/review"


def a_word(cls, witness, at, log=LOG, source=None):
    more = {"reason_code": "forked", "size_known": 5} if cls is LogRefused else {}
    about = {
        "source": source or f"/mingjing/{witness}",
        "time": A_TIME + timedelta(minutes=at),
        "id": f"{witness}-{at}",
    }
    return received(cls, about=about, log=log, witness=witness, size_shown=4, **more)


async def tell(tasks, *words):
    for word in words:
        async with tasks.transaction() as tx:
            await note_logs([word], tx)
    rows = await tasks.all("SELECT subject, state, owner_unit, owner_role FROM warnings ORDER BY 1")
    return [tuple(row) for row in rows]


RAISED, CLEARED = (LOG, "raised", CITY, "inspector"), (LOG, "cleared", CITY, "inspector")


async def test_a_refusal_warns_and_its_end_clears(tasks, directory):
    assert await tell(tasks, a_word(LogRefused, "tasks", 0)) == [RAISED]
    assert await tell(tasks, a_word(LogRefused, "gateway", 1)) == [RAISED]
    assert await tell(tasks, a_word(LogAccepted, "tasks", 2)) == [RAISED]
    assert await tell(tasks, a_word(LogAccepted, "gateway", 3)) == [CLEARED]
    types = [type_ for type_, _ in await said(tasks)]
    assert types == ["warning.raised", "warning.cleared"]


async def test_the_words_give_the_same_in_any_order(tasks, directory):
    words = [
        (LogRefused, "tasks", 0),
        (LogRefused, "gateway", 1),
        (LogAccepted, "tasks", 2),
        (LogRefused, "tasks", 3),
    ]
    for number, order in enumerate(permutations(words)):
        log = f"huainan/mingjing/log-{number}"
        named = [a_word(cls, witness, at + number * 10, log) for cls, witness, at in order]
        assert (log, "raised", CITY, "inspector") in await tell(tasks, *named)
    rows = await tasks.all("SELECT caused_by, since - min(since) OVER () AS after FROM warnings")
    assert {row.caused_by.rpartition("-")[0] for row in rows} == {"/mingjing/gateway#gateway"}


async def test_a_log_that_is_accepted_and_was_never_refused_warns_nobody(tasks, directory):
    assert await tell(tasks, a_word(LogAccepted, "tasks", 0)) == []


async def test_nobody_speaks_for_another_witness(tasks, directory):
    with pytest.raises(ForeignWord):
        await tell(tasks, a_word(LogRefused, "tasks", 0, source="/mingjing/review"))
