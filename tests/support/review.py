"""Cases, proposals and decisions for review's tests, and review as they find it."""

from mingjing_review.handlers import HANDLERS
from mingjing_shared.events.casework import CaseAccepted, DecisionMade, DecisionProposed
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.strict_json import canonical
from support.events import envelope, received

CASE = "田公（网）2026-01183"
PERSON = {
    "kind": "person",
    "name": "测试甲",
    "resident_id": "11010519491231002X",
    "role": "suspect",
}
FINE_IN_CATALOGUE = {"kinds": ["fine"], "fine": "4000.00"}
SMALL_FINE = {"kinds": ["fine"], "fine": "500.00"}


STATE = (
    "reviews", "clearances", "classified_counts", "hearings", "case_limits", "transfers", "terms",
)  # fmt: skip
FACTS = (
    "case_facts",
    "case_details",
    "proposal_facts",
    "decision_facts",
    "ended_facts",
    "told_events",
    "told_officers",
    "case_findings",
    "gap_facts",
    "exam_facts",
    "adviser_facts",
    "directory_officers",
    "directory_units",
    "transferred_facts",
    "law_changes",
)
RECORDS = (
    "proposal_words",
    "review_steps",
    "gate_answers",
    "clocks",
    "papers",
    "paper_numbers",
    "finding_judgements",
    "assignments",
    "absences",
    "earlier_reviewers",
    "engagements",
    "staffing_measurements",
    "hearing_steps",
    "case_steps",
    "reminders",
    "catalogue_versions",
    "catalogue_steps",
    "catalogue_checks",
)


def a_case(**changes):
    given = {"case_number": CASE, "kind": "public_security", "parties": [PERSON]}
    return received(CaseAccepted, **{**given, **changes})


def a_classified_case(case_number=CASE, **about):
    data = {
        "case_number": case_number,
        "unit": "340403510000",
        "accepted_at": "2026-09-10T22:30:00+08:00",
        "classified": True,
    }
    return to_received(CaseAccepted, envelope(CaseAccepted, **about), data, canonical(data), None)


def a_proposal(**changes):
    given = {
        "case_number": CASE,
        "decision_id": "D1",
        "proposed_at": "2026-09-18T09:30:00+08:00",
        "outcome": SMALL_FINE,
    }
    return received(DecisionProposed, **{**given, **changes})


def a_decision(**changes):
    given = {
        "case_number": CASE,
        "decision_id": "D1",
        "made_on": "2026-09-21",
        "outcome": SMALL_FINE,
    }
    return received(DecisionMade, **{**given, **changes})


class Review:
    """Review's handlers on its database."""

    def __init__(self, database):
        self.database = database

    async def forget_all(self):
        """An empty database: a test starts from nothing."""
        async with self.database.transaction() as tx:
            for table in (*STATE, *FACTS, *RECORDS, "inbox", "outbox"):
                await tx.execute(f"DELETE FROM {table}")

    async def apply(self, *events):
        """Each event in a transaction of its own."""
        for event in events:
            async with self.database.transaction() as tx:
                await HANDLERS[type(event.event)]([event], tx)

    async def review(self, decision_id="D1"):
        rows = await self.database.all(
            "SELECT * FROM reviews WHERE decision_id = :id", id=decision_id
        )
        return rows[0] if rows else None

    async def state(self, decision_id="D1"):
        row = await self.review(decision_id)
        return None if row is None else row.state

    async def clearances(self):
        rows = await self.database.all("SELECT * FROM clearances ORDER BY clearance_id")
        return [(row.decision_id, row.kind, row.draft_sha256) for row in rows]

    async def told(self):
        """Short names of what was emitted, in order."""
        rows = await self.database.all(
            "SELECT attributes->>'type' AS type FROM outbox ORDER BY attributes->>'time', id"
        )
        return [row.type.removeprefix("cn.mingjing.") for row in rows]

    async def last_told(self):
        rows = await self.database.all(
            "SELECT attributes, convert_from(value, 'UTF8')::jsonb AS data FROM outbox"
            " ORDER BY attributes->>'time' DESC, id LIMIT 1"
        )
        return rows[0]
