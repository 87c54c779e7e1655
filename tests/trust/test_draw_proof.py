"""The file of a draw: what was done as it was committed to is proved, whatever else is named."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from portal.given import a_log, an_entry
from trust.test_draw import VALUES, a_plan
from trust.test_merkle import hashes_of

from mingjing_shared.messaging.commitment import canonical_note, commitment
from mingjing_shared.trust.draw import BadDraw, Source, drawn
from mingjing_shared.trust.draw_proof import proved_draw
from mingjing_shared.trust.keys import keys_of, public_lines
from mingjing_shared.trust.merkle import inclusion_proof, leaf_hash
from mingjing_shared.trust.note import note_of
from mingjing_shared.trust.receipt import Receipt, entry_of
from support.stack import LOG_KEYS

KEYS = keys_of(public_lines("test", LOG_KEYS))
COSIGNED = datetime.fromtimestamp(1_795_000_000, UTC)  # see portal.given
SOURCES = tuple(
    Source(f"来源 {place}", COSIGNED.replace(year=2027), len(values))
    for place, values in enumerate(VALUES)
)
PLAN = a_plan(sources=SOURCES)


def receipt(entries, index, **changes):
    """The receipt of an entry in the log of these entries."""
    note = note_of(a_log(entries, **changes)[-1].note.encode())
    leaves = [leaf_hash(lines) for _, lines in entries]
    proof = inclusion_proof(index, len(leaves), hashes_of(leaves))
    part = entries[index][0]
    whole = Receipt(bytes.fromhex(part.salt), part.said.encode(), index, tuple(proof), note)
    return whole.raw.decode()


def an_event(index, what, time, **data):
    part, _ = an_entry(index, "DR1", index + 1, what, **data)
    told = {**json.loads(part.said), "time": time.isoformat()}
    said, salt = canonical_note(told), bytes.fromhex(part.salt)
    lines = entry_of(told["id"], told["type"], told["time"], commitment(salt, said))
    return type(part)(
        index=index, item_id="DR1", version=index + 1, salt=part.salt, said=said.decode()
    ), lines


def a_file(plan=PLAN, told_plan=None, result=None, swapped=False, witnesses=4, **changes):
    """A draw as it is handed out; ``plan`` was committed to, ``told_plan`` is in the file."""
    found = list(drawn(plan, VALUES))
    events = [
        an_event(0, "draw_committed", COSIGNED, plan_sha256=plan.digest),
        an_event(
            1,
            "drawn",
            SOURCES[0].at.replace(month=12),
            plan_sha256=plan.digest,
            result=result or found,
        ),
    ]
    if swapped:
        events = [an_event(0, "drawn", SOURCES[0].at, plan_sha256=plan.digest, result=found),
                  an_event(1, "draw_committed", COSIGNED, plan_sha256=plan.digest)]  # fmt: skip
    places = (1, 0) if swapped else (0, 1)
    return {
        "plan": (told_plan or plan).told,
        "commitment_receipt": receipt(events, places[0], witnesses=witnesses),
        "result_receipt": receipt(events, places[1], witnesses=witnesses),
        "sources": [{"values": values, "cited": f"公告 {n}"} for n, values in enumerate(VALUES)],
        "withdrawn": {},
        "result": found,
        **changes,
    }


def test_a_draw_that_was_done_as_it_was_committed_to_is_proved():
    found = proved_draw(a_file(), KEYS.logs, KEYS.witnesses)
    assert list(found.result) == list(drawn(PLAN, VALUES))
    assert found.committed.index < found.told.index
    assert found.citations == ("公告 0", "公告 1", "公告 2")


LATE = replace(PLAN, sources=tuple(replace(one, at=COSIGNED.replace(year=2020)) for one in SOURCES))


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (lambda: a_file(told_plan=replace(PLAN, pool=PLAN.pool[::-1])), "与事先存证的不同"),
        (lambda: a_file(told_plan=replace(PLAN, excused={"Lee": "回避"})), "与事先存证的不同"),
        (lambda: a_file(LATE), "存证太晚"),
        (lambda: a_file(swapped=True), "没有在结果之前"),
        (lambda: a_file(witnesses=0), "没有见证"),
        (lambda: a_file(result=["John"]), "结果不同"),
        (lambda: {**a_file(), "result": ["John"]}, "结果不同"),
        (lambda: {**a_file(), "withdrawn": {"Lee": "生病"}}, "结果不同"),
        (lambda: {**a_file(), "sources": [{"values": [1], "cited": "x"}] * 3}, "个数"),
        (lambda: a_file(replace(PLAN, number=2)), "重抽"),
        (lambda: {**a_file(), "result_receipt": a_file()["commitment_receipt"]}, "不是抽取的凭证"),
        (lambda: {**a_file(), "commitment_receipt": "x"}, "不完整"),
        (lambda: {**a_file(), "plan": None}, "缺少 plan"),
        (list, "缺少 plan"),
    ],
)
def test_whatever_is_not_as_it_was_committed_to_is_named(file, why):
    with pytest.raises(BadDraw, match=why):
        proved_draw(file(), KEYS.logs, KEYS.witnesses)


def test_a_second_draw_that_says_why_is_proved_as_the_second():
    again = {**a_file(replace(PLAN, number=2)), "drawn_again_because": "系统故障"}
    assert proved_draw(again, KEYS.logs, KEYS.witnesses).plan.number == 2
