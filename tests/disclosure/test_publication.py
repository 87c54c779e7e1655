"""Decisions become items with a day, or with the reason why not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from disclosure.given import (
    ADULT,
    a_case,
    a_classified_case,
    a_decision,
    an_end,
    correcting,
)

from mingjing_disclosure.handlers import HANDLERS
from support.people import ADDRESS, NAME, PERSONAL, PHONE, RESIDENT_ID

MINOR = {"kind": "person", "name": "测试乙", "resident_id": "110105201001010037", "role": "suspect"}


async def test_a_decision_waits_for_its_case_and_says_nothing_until_then(disclosure):
    await disclosure.apply(a_decision())
    assert await disclosure.items() == [("D1", "waiting_case", None, None, 1)]
    assert await disclosure.said() == []
    await disclosure.apply(a_case())
    assert await disclosure.items() == [("D1", "to_mask", date(2026, 9, 29), None, 2)]
    assert await disclosure.said() == [("due", "2026-09-29", 2)]


async def test_a_decision_of_before_the_rules_is_listed_without_a_clock_with_the_reason(disclosure):
    await disclosure.apply(a_case(), a_decision(made_on="2018-12-04"))
    [(state, says, due_on)] = await disclosure.items("state", "says", "due_on")
    assert (state, due_on) == ("no_clock", None)
    assert "2018-12-04" in says
    assert await disclosure.said() == []
    assert await disclosure.all("SELECT 1 FROM clocks") == []


async def test_a_decision_and_its_announcement_commit_together(disclosure):
    await disclosure.apply(a_case())
    async with disclosure.database.transaction() as tx:
        decision = a_decision()
        await HANDLERS[type(decision.event)]([decision], tx)
        assert len(tx.outgoing) == 1
    assert await disclosure.items() == [("D1", "to_mask", date(2026, 9, 29), None, 1)]
    rows = await disclosure.all("SELECT key, topic, attributes FROM outbox")
    assert [(row.key, row.topic) for row in rows] == [("田公(网)2026-01183", "disclosure")]
    assert rows[0].attributes["causationid"] == decision.envelope.id
    assert rows[0].attributes["correlationid"].startswith("c_")


@pytest.mark.parametrize(
    ("parties", "own", "reason"),
    [
        ([MINOR], [], "minor"),  # by the birth date in the resident id
        ([{**MINOR, "resident_id": ..., "birth_date": "2010-01-01"}], [], "minor"),
        ([{**MINOR, "resident_id": "不是证件号"}], [], "age_unknown"),
        ([{**MINOR, "resident_id": ...}], [], "age_unknown"),
        ([{**MINOR, "kind": "organisation", "resident_id": ...}], [], None),
        ([MINOR], [ADULT], None),  # the decision's own parties come before the case's
        ([ADULT], [MINOR], "minor"),
        ([], [], "age_unknown"),  # nobody is named at all
    ],
)
async def test_minors_are_withheld_by_the_parties_of_decision_or_case(
    disclosure, parties, own, reason
):
    parties, own = ([{k: v for k, v in p.items() if v is not ...} for p in ps] for ps in
                    (parties, own))  # fmt: skip
    await disclosure.apply(a_case(parties=parties), a_decision(parties=own))
    assert await disclosure.items("state", "reason_code") == [
        ("withheld" if reason else "to_mask", reason)
    ]
    assert [said[0] for said in await disclosure.said()] == ["withheld" if reason else "due"]


@pytest.mark.parametrize(
    ("made_on", "state"),
    [("2025-12-31", "to_mask"), ("2026-01-01", "withheld"), ("2026-01-02", "withheld")],
)
async def test_public_security_penalties_are_sealed_from_2026_on(disclosure, made_on, state):
    await disclosure.apply(a_case(kind="public_security"), a_decision(made_on=made_on))
    assert await disclosure.items("state") == [(state,)]


async def test_a_record_of_public_security_is_known_by_the_law_it_names(disclosure):
    basis = [{"law": "中华人民共和国治安管理处罚法", "article": "第七十二条"}]
    await disclosure.apply(a_case(kind="narcotics"), a_decision(basis=basis))
    assert await disclosure.items("state", "reason_code", "releasable") == [
        ("withheld", "sealed_public_security", False)
    ]


async def test_where_nobody_is_named_a_person_may_decide(disclosure):
    await disclosure.apply(a_case(parties=[]), a_decision())
    assert await disclosure.items("reason_code", "releasable") == [("age_unknown", True)]


async def test_what_is_withheld_names_its_law_and_who_decided(disclosure):
    await disclosure.apply(a_case(kind="public_security"), a_decision())
    [row] = await disclosure.all("SELECT convert_from(value, 'UTF8')::jsonb AS data FROM outbox")
    assert row.data["decided_by"] == "rule:disclosure.sealed_public_security"
    assert row.data["basis"]["article"] == "治安管理处罚法（2025年修订）§136"
    assert await disclosure.all("SELECT 1 FROM clocks") == []


async def test_a_correction_is_announced_anew_with_a_higher_revision(disclosure):
    decision = a_decision()
    await disclosure.apply(a_case(), decision)
    await disclosure.apply(a_decision(about=correcting(decision), made_on="2026-09-21"))
    assert await disclosure.items() == [("D1", "to_mask", date(2026, 10, 8), None, 2)]
    assert await disclosure.said() == [("due", "2026-09-29", 1), ("due", "2026-10-08", 2)]


async def test_a_correction_of_an_age_withholds_what_was_due(disclosure):
    case = a_case()
    await disclosure.apply(case, a_decision())
    await disclosure.apply(a_case(about=correcting(case), parties=[MINOR]))
    assert await disclosure.items("state", "revision") == [("withheld", 2)]
    assert [said[0] for said in await disclosure.said()] == ["due", "withheld"]
    assert await disclosure.all("SELECT 1 FROM clocks") == []


async def test_what_changes_nothing_says_nothing(disclosure):
    decision = a_decision()
    await disclosure.apply(a_case(), decision)
    await disclosure.apply(
        decision,  # the same again
        a_decision(about={"time": decision.envelope.time}, facts="别的说法"),  # other prose
        a_case(place="别处"),  # another word on the case
        an_end(),
    )
    assert await disclosure.items("revision") == [(1,)]
    assert len(await disclosure.said()) == 1


async def test_an_older_fact_that_comes_late_changes_nothing(disclosure):
    decision = a_decision()
    earlier = {"time": decision.envelope.time - timedelta(days=1)}
    await disclosure.apply(a_case(), decision, a_decision(about=earlier, made_on="2026-09-01"))
    assert await disclosure.items("due_on", "revision") == [(date(2026, 9, 29), 1)]


async def test_a_correction_in_the_same_batch_that_gives_another_id_leaves_only_that_one(
    disclosure,
):
    other = "潘公（交）2026-00042"
    await disclosure.apply(a_case(), a_case(other))
    decision = a_decision()
    await disclosure.batch(
        decision, a_decision(other, about=correcting(decision), decision_id="D2")
    )
    assert await disclosure.items("decision_id") == [("D2",)]


async def test_an_item_that_is_taken_away_takes_its_clock_with_it(disclosure):
    decision = a_decision()
    await disclosure.apply(a_case(), decision)
    await disclosure.apply(a_decision(about=correcting(decision), decision_id="D2"))
    rows = await disclosure.all("SELECT subject FROM clocks")
    assert [row.subject for row in rows] == ["D2@2026-09-29"]


async def test_of_a_classified_case_everything_is_forgotten_and_counted(disclosure):
    await disclosure.apply(a_case(), a_decision(), an_end())
    await disclosure.apply(a_classified_case())
    await disclosure.apply(a_decision(decision_id="D2"), an_end())
    assert await disclosure.items() == []
    for table in ("decision_facts", "ended_facts", "clocks"):
        assert await disclosure.all(f"SELECT 1 FROM {table}") == []
    [counted] = await disclosure.all("SELECT case_key, events FROM classified_counts")
    assert tuple(counted) == ("田公(网)2026-01183", 4)
    kept = await disclosure.all("SELECT parties::text AS parties FROM case_facts")
    assert {row.parties for row in kept} == {"[]"}


async def test_a_decision_that_a_classified_case_claims_too_stays_with_the_other(disclosure):
    other = "潘公（交）2026-00042"
    await disclosure.apply(a_case(other), a_decision(), a_decision(other))
    assert await disclosure.items("case_number") == [(other,)]
    await disclosure.apply(a_classified_case())
    assert await disclosure.items("case_number", "state") == [(other, "to_mask")]


async def test_the_day_after_the_last_it_is_overdue_and_not_before(disclosure, legal_clock):
    await disclosure.apply(a_case(), a_decision())
    legal_clock(datetime(2026, 9, 29, 15, 59, tzinfo=UTC))  # 23:59 in Shanghai
    assert await disclosure.fire_clocks() == 0
    assert await disclosure.items("overdue_at") == [(None,)]
    legal_clock(datetime(2026, 9, 29, 16, 1, tzinfo=UTC))
    assert await disclosure.fire_clocks() == 1
    [(overdue_at,)] = await disclosure.items("overdue_at")
    assert overdue_at is not None
    assert await disclosure.fire_clocks() == 0


async def test_a_provisional_day_sets_no_clock_and_is_never_overdue(disclosure, legal_clock):
    await disclosure.apply(a_case(), a_decision(made_on="2026-12-25"))
    assert await disclosure.items("state", "provisional") == [("to_mask", True)]
    [row] = await disclosure.all("SELECT convert_from(value, 'UTF8')::jsonb AS data FROM outbox")
    assert row.data["provisional"] is True
    legal_clock(datetime(2027, 6, 1, tzinfo=UTC))
    assert await disclosure.fire_clocks() == 0
    assert await disclosure.items("overdue_at") == [(None,)]


async def test_a_day_that_was_moved_after_it_passed_runs_anew(disclosure, legal_clock):
    decision = a_decision()
    await disclosure.apply(a_case(), decision)
    legal_clock(datetime(2026, 9, 30, tzinfo=UTC))
    await disclosure.fire_clocks()
    await disclosure.apply(a_decision(about=correcting(decision), made_on="2026-09-28"))
    legal_clock(datetime(2026, 11, 1, tzinfo=UTC))
    assert await disclosure.fire_clocks() == 1


async def test_no_name_number_address_or_phone_lies_readable_in_any_table(disclosure):
    planted = {**ADULT, "name": NAME, "resident_id": RESIDENT_ID, "address": ADDRESS,
               "phone": PHONE}  # fmt: skip
    await disclosure.apply(
        a_case(parties=[planted], place=ADDRESS, source_of_case=NAME),
        a_decision(parties=[planted], facts=f"{NAME}，{PHONE}", text=f"{NAME}住{ADDRESS}"),
        an_end(),
    )
    tables = await disclosure.all(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    assert len(tables) > 8
    for row in tables:
        for found in await disclosure.all(f'SELECT t::text AS row FROM "{row.table_name}" AS t'):
            assert not [word for word in PERSONAL if word in found.row], row.table_name
            hexes = [word.encode().hex() for word in PERSONAL]
            assert not [word for word in hexes if word in found.row], row.table_name


async def test_a_document_number_is_kept_as_sent_and_shown_with_the_right_brackets(disclosure):
    sent = "秦山公（消）行罚决字（2018）0015号"
    await disclosure.apply(a_case(), a_decision(document_number=sent))
    [fact] = await disclosure.all("SELECT document_number FROM decision_facts")
    assert fact.document_number == sent
    assert await disclosure.items("document_number") == [("秦山公(消)行罚决字〔2018〕0015号",)]
