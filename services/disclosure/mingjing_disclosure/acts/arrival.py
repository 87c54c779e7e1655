"""Something was seen to have arrived on the public page: the item moves on, and that is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mingjing_disclosure.rules.publication import working_days_between
from mingjing_disclosure.store import item as items
from mingjing_disclosure.store.delivery import (
    claim_unseen,
    forget_earlier,
    settle_earlier,
)
from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.public_log import PublicWord, add_entry, erase_entries
from mingjing_disclosure.store.work import (
    keep_text,
    keep_work,
    note_worker_step,
    text_versions,
    work_of,
)
from mingjing_shared.clock import legal_now, local_date
from mingjing_shared.events.disclosure import (
    DisclosureCorrected,
    DisclosurePublished,
    DisclosureWithdrawn,
)
from mingjing_shared.events.values import CaseNumber, DecisionId, ItemId, LegalBasis, Sha256
from mingjing_shared.facts.store import cause_of
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.publicity.content import Published

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Row

    from mingjing_disclosure.rules.progress import Work
    from mingjing_disclosure.store.delivery import Delivery
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.events import Event


async def settle_arrival(database: Database, delivery: Delivery) -> bool:
    """Note that a delivery was seen on the public page, once; whether it was not noted before."""
    async with database.transaction() as tx:
        await tx.lock([f"decision/{delivery.decision_id}"])
        if not await claim_unseen(tx, delivery.number):
            return False
        work = await work_of(tx, delivery.decision_id)
        now = legal_now()
        if delivery.what == "withdraw":
            await settle_earlier(tx, delivery)
            done = replace(work, stage="withdrawn", details={**work.details, "gone_at": now})
        else:
            done = await _now_public(tx, delivery, work, now)
        await forget_earlier(tx, delivery)
        item_id = items.item_id_of(delivery.decision_id)
        await keep_work(tx, delivery.decision_id, item_id, done)
        await note_worker_step(tx, delivery.decision_id, delivery.version, delivery.what)
        await derive_items(tx, [delivery.decision_id])
        await _tell(tx, delivery, done, now)
        await _say_publicly(tx, delivery)
    return True


async def _say_publicly(tx: Transaction, delivery: Delivery) -> None:
    """The public log says what the public page says, and nothing that it does not.

    Of what the law seals it says no more than that something was taken back, and nobody can
    confirm any more what it had said before.
    """
    content = delivery.content
    if isinstance(content, Published):
        what = "corrected" if delivery.what == "correct" else "published"
        data = {
            "document_number": content.document_number,
            "kind": content.kind,
            "public_sha256": content.text_sha256,
            "published_on": content.published_on.isoformat(),
        }
    else:
        what, data = "withdrawn", {"withdrawn_on": content.withdrawn_on.isoformat()}
        if content.generic:
            await erase_entries(tx, content.item_id)
        else:
            data |= {"reason": content.reason, "basis": content.basis}
    await add_entry(tx, PublicWord(what, content.item_id, content.version, data))


async def _now_public(tx: Transaction, delivery: Delivery, work: Work, now: datetime) -> Work:
    """The version is what the public sees; a withdrawal that is under way goes on."""
    for text in await text_versions(tx, delivery.decision_id):
        if text.version == delivery.version:
            address = f"/items/{delivery.content.item_id}"
            await keep_text(
                tx, delivery.decision_id, replace(text, address=address, seen_public_at=now)
            )
    first = work.details.get("first_public_at") or now
    return replace(
        work,
        stage="public" if work.stage == "approved" else work.stage,
        public_version=delivery.version,
        details={
            **work.details,
            "first_public_at": first,
            "shown_from": delivery.made_from,
        },
    )


async def _tell(tx: Transaction, delivery: Delivery, work: Work, now: datetime) -> None:
    """The word goes out with the decision as its cause, so that it is said once.

    Of what is in sight no more, nothing is said.
    """
    facts = await items.decisions_that_hold(tx, [delivery.decision_id])
    found = await items.items(tx, [delivery.decision_id])
    fact, item = facts.get(delivery.decision_id), found.get(delivery.decision_id)
    if item is None:
        return
    make = {"publish": _published, "correct": _corrected, "withdraw": _withdrawn}[delivery.what]
    event: Event = await make(tx, item, delivery, work, now)
    outbox.add(
        tx,
        [
            Outgoing(
                event, cause_of(fact) if fact else None, f"{delivery.version}/{delivery.number}"
            )
        ],
    )


async def _published(
    tx: Transaction, item: Row[Any], delivery: Delivery, _work: Work, now: datetime
) -> DisclosurePublished:
    digest, masking = await _version(tx, delivery)
    return DisclosurePublished(
        item_id=ItemId(item.item_id),
        case_number=CaseNumber(item.case_number),
        decision_id=DecisionId(item.decision_id),
        public_sha256=digest,
        masking_version=masking,
        address=f"/items/{item.item_id}",
        seen_public_at=now,
        on_time=item.due_on is None or local_date(now) <= item.due_on,
    )


async def _corrected(
    tx: Transaction, item: Row[Any], delivery: Delivery, _work: Work, _now: datetime
) -> DisclosureCorrected:
    digest, masking = await _version(tx, delivery)
    return DisclosureCorrected(
        item_id=ItemId(item.item_id),
        case_number=CaseNumber(item.case_number),
        decision_id=DecisionId(item.decision_id),
        public_sha256=digest,
        masking_version=masking,
    )


async def _withdrawn(
    _tx: Transaction, item: Row[Any], _delivery: Delivery, work: Work, now: datetime
) -> DisclosureWithdrawn:
    assert work.withdrawal is not None
    given = work.withdrawal
    since = date.fromisoformat(given["since"])
    return DisclosureWithdrawn(
        item_id=ItemId(item.item_id),
        case_number=CaseNumber(item.case_number),
        decision_id=DecisionId(item.decision_id),
        reason=given["code"],
        basis=LegalBasis(law=given["law"], article=given["article"]),
        within_days=working_days_between(since, local_date(now), published_calendar()),
    )


async def _version(tx: Transaction, delivery: Delivery) -> tuple[Sha256, str]:
    texts = await text_versions(tx, delivery.decision_id)
    text = next(one for one in texts if one.version == delivery.version)
    return Sha256(text.public_sha256), text.masking_version
