"""The legal department enters a change of law, and says of a catalogue that it stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid_utils

from mingjing_review.errors import NoCatalogue, NotNow
from mingjing_review.rules.law_change import DUTY_NAMES, Duty, Settled, duties
from mingjing_review.store import law_change as store
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import InvalidInput
from mingjing_shared.events.legislation import LawChanged
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import About
from mingjing_shared.web.reach import reaches

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import Officer

ENTER = "review.law_change"
CHECK = "review.catalogue_draft"


@dataclass(frozen=True, slots=True)
class Entered:
    """A change of law as it was written down."""

    what: str
    holds_from: date
    law_source: str
    affected: tuple[str, ...]


async def enter_change(desk: Desk, said: Entered) -> None:
    """Tell every department that a law changes; a term begins for every catalogue.

    Raises:
        NotAllowed: none of the officer's roles enters changes of law.
    """
    await desk.permit(ENTER, Subject("law", said.what), About(None))
    event = LawChanged(
        what=said.what,
        from_=said.holds_from,
        source=said.law_source,
        affected_items=said.affected,
    )
    outgoing = Outgoing(event, at=legal_now())
    told = outbox.add_own(desk.tx, outgoing)
    row = {
        "source": desk.tx.installation.source,
        "event_id": told,
        "happened_at": outgoing.at,
        "corrects": None,
        "what": said.what,
        "holds_from": said.holds_from,
        "law_source": said.law_source,
        "affected": list(said.affected),
    }
    await store.keep_changes(desk.tx, [row])


async def keep_as_it_is(desk: Desk, unit: str, change: tuple[str, str], words: str) -> None:
    """Say that a unit's catalogue was checked after a change of law and stays as it is.

    Raises:
        NotAllowed: none of the officer's roles drafts for this unit.
        NoCatalogue: there is no such change, or the unit has no catalogue of its own.
        NotNow: it was adjusted or checked before.
        InvalidInput: no reason is given.
    """
    await desk.tx.lock([f"catalogue/{unit}"])
    await desk.permit(CHECK, Subject("catalogue", unit), About(unit))
    owed = await duties_now(desk.tx, await desk.tree())
    mine = [one for one in owed if one.unit == unit and one.change.key == change]
    if not mine:
        raise NoCatalogue(
            "没有这项法律变更，或者本单位没有自己的目录清单。", "请从目录清单页面打开。"
        )
    if mine[0].settled_on is not None:
        raise NotNow(
            f"这项法律变更已于 {mine[0].settled_on} 办结（{DUTY_NAMES[mine[0].state]}）。",
            "不需要再次办理。",
        )
    if not words:
        raise InvalidInput("没有写明为什么不需要调整。", "请逐项写明核对了哪些条目、结论和理由。")
    row = {
        "check_id": str(uuid_utils.uuid7()),
        "unit": unit,
        "source": change[0],
        "event_id": change[1],
        "at": legal_now(),
        "officer": desk.officer.number,
    }
    await store.add_check(desk.tx, row, words)


async def duties_now(source: Transaction | Database, tree: UnitTree) -> list[Duty]:
    """What every unit with a catalogue owes after every change of law, or how it was settled.

    The topmost units have one in any case: the first catalogue is theirs.
    """
    changes = await store.changes_that_stand(source)
    if not changes:
        return []
    published = await store.publication_days(source)
    top = {code for code, unit in tree.units.items() if unit.parent not in tree.units}
    checked = [store.as_rule(check) for check in await store.checks(source)]
    units = sorted({*published, *top})
    settled = Settled(published, checked)
    return duties(units, changes, settled, published_calendar(), legal_today())


async def overdue_for(source: Transaction | Database, officer: Officer) -> list[Duty]:
    """The overdue duties of the units whose catalogue the officer drafts; of all for the city."""
    reached = (await reaches(source, officer, [CHECK]))[CHECK]
    if reached.is_nothing:
        return []
    tree = await unit_tree(source, legal_today())
    return [
        duty
        for duty in await duties_now(source, tree)
        if duty.state == "overdue" and (reached.everything or duty.unit in reached.units)
    ]
