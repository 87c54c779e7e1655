"""The long memory: whole, sealed where it must be, and never changed."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.exc import DBAPIError
from tasks.given import KEY, NUMBER, a_case, a_classified_case, a_decision, apply, full

from mingjing_shared.events import with_case_number
from mingjing_shared.events.casework import CaseAccepted, DecisionMade, DecisionProposed
from mingjing_shared.events.recorders import CaseAreaEntered
from mingjing_shared.messaging.envelope import read_attributes
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.strict_json import canonical
from mingjing_shared.privacy.fields import CannotOpen
from mingjing_tasks.store.archive import original_of
from support.events import received

PLANTED = ("张三丰", "340403199001011234", "龙湖路十二号", "殴打他人的经过", "13800001111")


def planted(event_class):
    """A complete event with the planted values wherever a person or prose may stand."""
    name, number, address, prose, phone = PLANTED
    party = {
        "kind": "person",
        "name": name,
        "resident_id": number,
        "address": address,
        "phone": phone,
        "role": "penalised",
    }
    wanted = {
        CaseAccepted: {"parties": [party], "place": address, "source_of_case": prose},
        DecisionMade: {"parties": [party], "facts": prose, "text": prose, "adopted_opinion": prose},
        DecisionProposed: {"parties": [party], "facts": prose, "draft_text": prose},
    }.get(event_class, {})
    return full(event_class, about={"extensions": {"remark": prose}}, unknown=name, **wanted)


async def rows_of(database):
    return await database.all("SELECT * FROM event_archive ORDER BY recorded_at, event_id")


async def test_an_archived_event_cannot_be_changed(tasks):
    await apply(tasks, a_decision())
    with pytest.raises(DBAPIError, match="permission denied"):
        async with tasks.transaction() as tx:
            await tx.execute("UPDATE event_archive SET type = 'x'")


async def test_a_partition_cannot_be_changed_behind_the_archive(tasks):
    with pytest.raises(DBAPIError, match="permission denied"):
        async with tasks.transaction() as tx:
            await tx.execute("UPDATE event_archive_other SET type = 'x'")


async def test_nothing_is_archived_of_a_classified_case_but_that_it_is_one(tasks):
    case = a_case()
    await apply(tasks, case, a_decision())
    await apply(tasks, a_classified_case())
    await apply(tasks, a_decision(decision_id="D2"), a_case())
    rows = await tasks.all("SELECT type, data FROM event_archive")
    assert [(r.type, r.data.keys()) for r in rows] == [
        ("cn.mingjing.case.accepted", {"case_number", "unit", "accepted_at", "classified"})
    ]
    assert await tasks.all("SELECT type FROM timeline") == []
    assert await tasks.all("SELECT decision_id FROM decision_facts") == []
    counts = await tasks.all("SELECT case_key, events FROM classified_counts")
    assert [tuple(row) for row in counts] == [(KEY, 4)]


async def test_a_sealed_part_does_not_open_under_another_event(tasks):
    await apply(tasks, planted(DecisionMade), planted(CaseAccepted))
    first, other = await rows_of(tasks)
    moved = {**first._mapping, "personal": other.personal}
    keys = tasks.installation.keys
    with pytest.raises(CannotOpen):
        original_of(type("Row", (), moved)(), keys)


async def test_every_type_that_was_taken_in_comes_out_as_it_was(tasks):
    items = {cls.type: planted(cls) for cls in with_case_number()}
    await apply(tasks, *items.values())
    for row in await rows_of(tasks):
        item = items.pop(row.type)
        attributes, data = original_of(row, tasks.installation.keys)
        envelope = read_attributes(attributes)
        assert data == item.content
        assert envelope == item.envelope
        again = to_received(type(item.event), envelope, data, canonical(data), None)
        assert again.digest == item.digest == bytes(row.digest)
    assert items == {}


async def test_no_planted_name_or_prose_of_any_type_stands_in_the_clear(tasks):
    await apply(tasks, *(planted(cls) for cls in with_case_number()))
    archive = await tasks.all("SELECT data::text || attributes::text AS shown FROM event_archive")
    timeline = await tasks.all("SELECT timeline::text AS shown FROM timeline")
    shown = "".join(row.shown for row in (*archive, *timeline))
    assert [value for value in PLANTED if value in shown] == []
    assert "ACT-2026-0917-01" in shown
    sealed = await tasks.all("SELECT personal FROM event_archive")
    whole = b"".join(bytes(row.personal) for row in sealed)
    assert [value for value in PLANTED if value.encode() in whole] == []


_NUMBERS = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.floats(-1e9, 1e9))
_TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(unknown=_JSON, detention_days=st.integers(0, 2**53 - 1), inner=_JSON)
async def test_fields_that_nobody_knows_come_out_as_they_were(
    tasks, unknown, detention_days, inner
):
    outcome = {"kinds": [], "detention_days": detention_days, "noted": inner}
    item = a_decision(unknown=unknown, outcome=outcome)
    await apply(tasks, item)
    rows = await tasks.all("SELECT * FROM event_archive WHERE event_id = :id", id=item.envelope.id)
    _attributes, data = original_of(rows[0], tasks.installation.keys)
    assert canonical(data) == canonical(item.content)


async def test_an_event_that_could_name_a_case_and_does_not_is_archived_without_one(tasks):
    supervision = next(c for c in with_case_number() if c.type.endswith("supervision.ordered"))
    await apply(tasks, received(supervision))
    assert [row.case_key for row in await rows_of(tasks)] == [None]
    assert await tasks.all("SELECT type FROM timeline") == []


async def test_the_archive_lies_in_months_and_nothing_in_the_rest(tasks):
    await apply(tasks, a_decision(), received(CaseAreaEntered, case_number=NUMBER))
    found = await tasks.all("SELECT DISTINCT tableoid::regclass::text AS part FROM event_archive")
    assert len(found) == 1
    assert found[0].part.startswith("event_archive_2")
