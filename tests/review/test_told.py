"""What was told of a case is kept, without prose, and read back as the record of the case."""

import msgspec
import pytest
from review.told_case import OTHER, act, at, film, lawful, made, officer, on, paper

from mingjing_review.rules.contradiction.every import contradictions
from mingjing_review.store.told import record_of_case
from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.events.personnel import OfficerChanged
from mingjing_shared.events.recorders import FootageCaptured
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.case_number import case_key
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.strict_json import canonical
from support.events import envelope
from support.review import a_classified_case

CASE = lawful()["accepted"].event.case_number
KEY = case_key(CASE)
CALENDAR = published_calendar()
NAME, PROSE = "查无此人甲", "当事人在某处殴打他人"


def told(fact, **about):
    """A fact as the inbox gives it."""
    kind, data = type(fact.event), msgspec.json.decode(msgspec.json.encode(fact.event))
    return to_received(kind, envelope(kind, id=fact.id, **about), data, canonical(data), None)


@pytest.fixture
async def of_case(review):
    """Tell facts, have the directory know the officers, and find what contradicts."""

    async def find(*facts):
        people = [fact for fact in facts if isinstance(fact.event, OfficerChanged)]
        async with review.database.transaction() as tx:
            await tx.execute("DELETE FROM directory_officers")
            for one in people:
                version = msgspec.to_builtins(one.event)
                number = version.pop("police_number")
                await tx.execute(
                    "INSERT INTO directory_officers (police_number, versions, session_epoch,"
                    " told_at, told_by) VALUES (:number, CAST(:versions AS jsonb), 0, now(), 'x')",
                    number=number,
                    versions=msgspec.json.encode([version]).decode(),
                )
        await review.apply(*(told(fact) for fact in facts if fact not in people))
        record = await record_of_case(review.database, KEY)
        return {
            (one.kind, tuple(fact.rpartition("#")[2] for fact in one.facts))
            for one in contradictions(record, CALENDAR)
        }

    return find


async def test_a_lawful_case_is_read_back_without_a_contradiction(of_case):
    assert await of_case(*lawful().values()) == set()


async def test_what_the_case_s_officers_did_elsewhere_at_that_time_is_read_too(of_case):
    beside = act("b", "search", at(3, "09:30"), case_number=OTHER, place_kind="on_site")
    later = act("c", "search", at(3, "10:00"), case_number=OTHER, place_kind="on_site")
    found = await of_case(*lawful().values(), beside, later)
    assert found == {("officer_twice", ("act", "b"))}


async def test_a_recording_that_names_no_case_proves_that_one_officer_was_recorded(of_case):
    facts = {**lawful(), "act": act(officers=("010001",))}
    assert await of_case(*facts.values()) == {("one_officer_unrecorded", ("act",))}


async def test_a_recording_without_a_case_is_kept(of_case, review):
    alone = film()
    data = {k: v for k, v in msgspec.to_builtins(alone.event).items() if k != "case_number"}
    facts = {**lawful(), "act": act(officers=("010001",))}
    without_case = type(alone)("film", msgspec.convert(data, FootageCaptured))
    assert await of_case(*facts.values(), without_case) == set()


async def test_of_an_event_that_was_corrected_the_correction_holds(of_case, review):
    facts = {**lawful(), "made": made(made_on=on(8))}  # before the notice of the 9th
    found = await of_case(*facts.values())
    assert {kind for kind, _ in found} == {"notice_after", "served_late"}
    right, corrects = made(), "/huainan/casework#made"
    await review.apply(told(type(right)("made-2", right.event), supersedes=corrects))
    record = await record_of_case(review.database, KEY)
    assert contradictions(record, CALENDAR) == ()


async def test_neither_names_nor_prose_lie_open_and_prose_is_not_kept_at_all(of_case, review):
    one = lawful()["accepted"]
    data = msgspec.to_builtins(one.event) | {"place": PROSE, "source_of_case": PROSE}
    data["parties"] = [{"kind": "person", "name": NAME, "role": "penalised"}]
    facts = {**lawful(), "accepted": type(one)("accepted", msgspec.convert(data, CaseAccepted))}
    facts["paper"] = paper("paper", "告知", at(9), title=NAME)
    await of_case(*facts.values())
    rows = await review.database.all("SELECT data::text AS data, personal FROM told_events")
    assert not [row for row in rows if NAME in row.data or PROSE in row.data]
    record = await record_of_case(review.database, KEY)
    assert record.cases[KEY].event.parties[0].name == NAME
    assert record.cases[KEY].event.place is None


async def test_of_a_classified_case_nothing_is_kept(of_case, review):
    await of_case(*lawful().values())
    await review.apply(a_classified_case(case_number=CASE), told(act("late")))
    assert await review.database.all("SELECT 1 FROM told_events WHERE case_key = :k", k=KEY) == []
    assert await review.database.all("SELECT 1 FROM told_officers") == []


async def test_an_officer_whom_the_directory_does_not_know_is_named_unqualified(of_case):
    facts = {name: one for name, one in lawful().items() if name != "o-010001"}
    assert await of_case(*facts.values()) == {
        ("unqualified", ("act",)),
        ("unqualified", ("notice",)),
    }
    lawful_again = await of_case(officer("010001"), officer("010002"))
    assert lawful_again == set()
