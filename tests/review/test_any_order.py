"""The same facts in any order, in any batches, repeated: the same state.

Officers acted meanwhile: their steps and the clearances they gave stand there all along.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_review.handlers import HANDLERS
from mingjing_review.tables import CATALOGUE_VERSIONS, CLEARANCES, REVIEW_STEPS
from mingjing_shared.events.casework import (
    CaseAccepted,
    DecisionMade,
    DecisionProposed,
    EnforcementEnded,
)
from mingjing_shared.messaging.settling import Item, Settler
from support.cataloguing import a_version
from support.events import received
from support.review import FACTS, PERSON, STATE, Review, a_classified_case

CLOCKS = ("clocks",)
CASES = ("田公(网)2026-00001", "田公(网)2026-00002", "潘公(交)2026-00003")
NOT_COMPARED = {"revision", "personal"}  # sealed anew each time
START = datetime(2025, 12, 31, 12, 0, tzinfo=UTC)
OTHER = {"kind": "organisation", "name": "测试公司", "role": "penalised"}
PARTIES = st.sampled_from([[PERSON], [OTHER], [PERSON, OTHER]])
OUTCOMES = st.sampled_from(
    [
        {"kinds": ["fine"], "fine": "500"},
        {"kinds": ["fine"], "fine": "3000.00"},
        {"kinds": ["fine"], "fine": "3000"},
        {"kinds": ["closure"]},
    ]
)


@dataclass(frozen=True)
class Told:
    """One fact before it has an identity; ``corrects`` counts back among its own kind."""

    event_class: type
    case_number: str
    hours: int
    changes: dict
    corrects: int | None = None


def told(event_class, **changes):
    return st.builds(
        Told,
        event_class=st.just(event_class),
        case_number=st.sampled_from(CASES),
        hours=st.integers(0, 3).map(lambda days: days * 12),
        changes=st.fixed_dictionaries(changes),
        corrects=st.none() | st.integers(1, 2),
    )


ACCEPTED = told(
    CaseAccepted,
    kind=st.sampled_from(["public_security", "traffic"]),
    parties=PARTIES,
    handlers=st.sampled_from([["034211"], ["034211", "034388"], ["034900"]]),
)
PROPOSED = told(
    DecisionProposed,
    decision_id=st.sampled_from(["D1", "D2", "D3"]),
    proposed_at=st.sampled_from(
        ["2025-12-31T15:59:59Z", "2025-12-31T16:00:00Z", "2026-01-05T00:00:00Z"]
    ),
    outcome=OUTCOMES,
    social_risk=st.sampled_from([True, False, False]),
    parties=st.just([]) | PARTIES,
)
MADE = told(
    DecisionMade,
    decision_id=st.sampled_from(["D1", "D2", "D3"]),
    made_on=st.sampled_from(["2025-12-31", "2026-01-01", "2026-01-04"]),
    outcome=OUTCOMES,
    parties=st.just([]) | PARTIES,
)
ENDED = told(EnforcementEnded, ended_on=st.just("2026-01-06"), reason=st.just("executed"))
CLASSIFIED = st.builds(
    Told,
    event_class=st.none(),
    case_number=st.sampled_from(CASES[1:]),
    hours=st.just(0),
    changes=st.just({}),
)


@st.composite
def histories(draw):
    """Facts as casework would tell them, with their identities and corrections."""
    facts = [
        *draw(st.lists(ACCEPTED, min_size=2, max_size=4)),
        *draw(st.lists(PROPOSED, min_size=1, max_size=5)),
        *draw(st.lists(MADE, min_size=1, max_size=4)),
        *draw(st.lists(ENDED, max_size=1)),
        *draw(st.lists(CLASSIFIED, max_size=1)),
    ]
    events = []
    for number, fact in enumerate(facts):
        before = [
            event
            for event, earlier in zip(events, facts, strict=False)
            if (earlier.event_class, earlier.case_number) == (fact.event_class, fact.case_number)
        ]
        about = {"id": f"e{number}", "time": START + timedelta(hours=fact.hours)}
        if fact.corrects is not None and fact.corrects <= len(before):
            corrected = before[-fact.corrects].envelope
            about["supersedes"] = f"{corrected.source}#{corrected.id}"
        events.append(_event(fact, about))
    return events


def _event(fact, about):
    if fact.event_class is None:
        return a_classified_case(fact.case_number, **about)
    return received(fact.event_class, about=about, case_number=fact.case_number, **fact.changes)


@st.composite
def deliveries(draw, events):
    """The events shuffled, some repeated, in batches."""
    repeated = draw(st.lists(st.sampled_from(events), max_size=4))
    order = draw(st.permutations([*events, *repeated]))
    ends = sorted(draw(st.sets(st.integers(1, len(order)), max_size=4)) | {len(order)})
    starts = [0, *ends[:-1]]
    return [order[start:end] for start, end in zip(starts, ends, strict=True)]


WAYS = st.sampled_from(
    [
        ("submitted",),
        ("submitted", "incomplete"),
        ("submitted", "accepted", "returned"),
        ("submitted", "accepted", "returned", "supplemented"),
        ("submitted", "accepted", "agree"),
        ("submitted", "accepted", "correct"),
        ("submitted", "accepted", "transfer", "resubmitted"),
        ("submitted", "accepted", "correct", "resubmitted", "agree"),
    ]
)


@st.composite
def works(draw, texts):
    """What officers did meanwhile: the steps of some decisions on texts that were proposed."""
    found = []
    for decision_id in draw(st.lists(st.sampled_from(["D1", "D2"]), unique=True)):
        if texts.get(decision_id):
            digest = draw(st.sampled_from(texts[decision_id]))
            found.append((decision_id, digest, draw(WAYS), draw(st.integers(0, 8))))
    return found


def _steps(decision_id, digest, way, days):
    round_, rows, clearances = 1, [], []
    for place, word in enumerate(way, 1):
        kind = "opinion" if word in {"agree", "correct", "transfer"} else word
        round_ += kind == "resubmitted"
        at = START + timedelta(days=days, hours=place)
        rows.append(
            {
                "step_id": f"{decision_id}/{place}",
                "decision_id": decision_id,
                "place": place,
                "case_key": "elsewhere",
                "round": round_,
                "kind": kind,
                "at": at,
                "officer": "034017",
                "role": "legal_reviewer",
                "unit": "340402000000",
                "instead_of": None,
                "text_source": "/huainan/casework",
                "text_event_id": "e0",
                "draft_sha256": digest,
                "opinion": word if kind == "opinion" else None,
                "codes": {},
                "words": None,
                "words_sha256": None,
            }
        )
        if word == "agree":
            clearances.append(
                {
                    "clearance_id": f"{decision_id}/cleared",
                    "decision_id": decision_id,
                    "draft_sha256": digest,
                    "given_at": at,
                    "valid_until": (at + timedelta(days=2)).date(),
                    "kind": "cleared",
                }
            )
    return rows, clearances


UNIT = "340403510000"  # whose the texts are
LOW_FINE = {"code": "low", "title": "低额罚款", "source": "本局规定", "fine_person": "500"}
PUBLISHED = st.sampled_from([(), (a_version(UNIT, 1, date(2026, 1, 1), [LOW_FINE]),)])


async def settled(database, batches, work=(), published=()):
    """The state after these batches were settled as the worker settles them.

    ``published`` are catalogues that stand there all along.
    """
    await Review(database).forget_all()
    async with database.transaction() as tx:
        await tx.insert(CATALOGUE_VERSIONS, published)
        for done in work:
            steps, clearances = _steps(*done)
            await tx.insert(REVIEW_STEPS, steps)
            await tx.insert(CLEARANCES, clearances)
    settler = Settler(database, HANDLERS, "")
    for batch in batches:
        await settler.together([Item(None, event) for event in batch])
    tables = (*STATE, *FACTS, *CLOCKS)
    return {
        table: sorted(_compared(row) for row in await database.all(f"SELECT * FROM {table}"))
        for table in tables
    }


async def proposed_texts(database):
    """The digests of the texts that were proposed for each decision, as they were derived."""
    texts = {}
    for row in await database.all(
        "SELECT decision_id, proposed_sha256, decided_sha256 FROM reviews ORDER BY decision_id"
    ):
        digests = [one for one in (row.proposed_sha256, row.decided_sha256) if one]
        texts.setdefault(row.decision_id, []).extend(dict.fromkeys(digests))
    return texts


def _compared(row):
    columns = row._asdict().items()
    return sorted((name, str(value)) for name, value in columns if name not in NOT_COMPARED)


@given(data=st.data())
@settings(max_examples=40)
async def test_any_order_repeats_and_batches_lead_to_the_same_state(review_database, data):
    events = data.draw(histories())
    published = data.draw(PUBLISHED)
    await settled(review_database, [[event] for event in events], published=published)
    secret = any(event.event.classified for event in events if hasattr(event.event, "classified"))
    # nobody works on what turns out to be classified: it was never shown
    work = [] if secret else data.draw(works(await proposed_texts(review_database)))
    one_by_one = await settled(review_database, [[event] for event in events], work, published)
    for _ in range(2):
        batches = data.draw(deliveries(events))
        assert await settled(review_database, batches, work, published) == one_by_one
        await assert_the_last_word_is_what_holds(review_database)


async def assert_the_last_word_is_what_holds(database):
    """Who only heard the outgoing events, in their order, knows which reviews were bypassed."""
    said = {
        row.data["decision_id"]: row
        for row in await database.all(
            "SELECT attributes->>'type' AS type, convert_from(value, 'UTF8')::jsonb AS data"
            " FROM outbox WHERE attributes->>'type' <> 'cn.mingjing.review.required'"
            " ORDER BY (attributes->>'time')::timestamptz"
        )
    }
    for row in await database.all("SELECT * FROM reviews"):
        last = said.get(row.decision_id)
        if row.state == "bypassed":
            assert last.type == "cn.mingjing.review.bypassed"
            assert (last.data["how"], last.data["draft_sha256"]) == (row.how, row.decided_sha256)
        elif row.state == "not_required":
            assert last.type == "cn.mingjing.review.not_required"
        elif row.state == "cleared" and last is not None:  # the act itself told it first
            assert last.type != "cn.mingjing.review.bypassed"
