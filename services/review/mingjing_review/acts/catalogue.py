"""A unit's catalogue is drafted, guided, approved and published (起草、指导、审批、公布)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import uuid_utils

from mingjing_review.acts.what_if import refuse_unless_shown
from mingjing_review.errors import NoCatalogue, NotNow, Overtaken, OwnDraft
from mingjing_review.rules.catalogue import first_catalogue
from mingjing_review.rules.versions import (
    AFTER,
    MAY_FOLLOW,
    STATE_NAMES,
    STEP_NAMES,
    differences,
    national_missing,
)
from mingjing_review.store import catalogue as store
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.errors import InvalidInput, NotAllowed
from mingjing_shared.events.review import CataloguePublished
from mingjing_shared.events.values import Sha256, UnitCode
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import Clock, set_clocks
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingjing_review.rules.item import Item
    from mingjing_review.store.catalogue import CatalogueStep, Version
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole

ITEMS_MAX = 100
DRAFT, GUIDE = "review.catalogue_draft", "review.catalogue_guide"
APPROVE, PUBLISH = "review.catalogue_approve", "review.catalogue_publish"


@dataclass(frozen=True, slots=True)
class Held:
    """A version as an act finds it, its unit locked, with the role by which the officer acts."""

    version: Version
    role: HeldRole


async def begin(desk: Desk, unit: str) -> str:
    """Draft a version from the newest one, or from the one that holds for the unit; its id.

    Raises:
        NotAllowed: none of the officer's roles drafts for this unit.
        NotNow: another draft of the unit is not published yet.
        InvalidInput: the directory knows no such unit.
    """
    await desk.tx.lock([f"catalogue/{unit}"])
    role = await desk.permit(DRAFT, Subject("catalogue", unit), About(unit))
    if unit not in (await desk.tree()).units:
        raise InvalidInput("没有这个单位。", "请从目录清单页面选择单位。")
    known = await store.versions_of(desk.tx, unit)
    if known and known[0].state != "published":
        raise NotNow(
            f"第 {known[0].number} 版尚未公布（{STATE_NAMES[known[0].state]}），不能另行起草。",
            "请继续办理该版，或在该版上修改。",
        )
    based_on, items = await _newest(desk, unit, known)
    version_id = str(uuid_utils.uuid7())
    now = legal_now()
    row = {
        "version_id": version_id,
        "unit": unit,
        "number": known[0].number + 1 if known else 1,
        "based_on": based_on,
        "items": msgspec.to_builtins(items),
        "items_sha256": store.digest_of(items),
        "state": "drafted",
        "steps": 0,
        "drafted_at": now,
        "drafted_by": desk.officer.number,
        "published_on": None,
        "valid_from": None,
    }
    await store.add_version(desk.tx, row)
    held = Held(await _known(desk, version_id), role)
    await _step(desk, held, "drafted", {"items": len(items)})
    return version_id


async def _newest(
    desk: Desk, unit: str, known: Sequence[Version]
) -> tuple[str | None, Sequence[Item]]:
    if known:
        return known[0].version_id, known[0].items
    today = legal_today()
    found = (await store.catalogues_in(desk.tx)).version_for(unit, today)
    if found is not None:
        return found.version_id, found.items
    return None, first_catalogue(today).items


async def put_item(desk: Desk, version_id: str, item: Item, seen: int) -> None:
    """Add an item, or change the one with its code.

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        InvalidInput: a national document names the item for everybody, or there are too many.
    """
    held = await _take(desk, DRAFT, version_id)
    _refuse_unless(held, "changed", seen)
    before = {one.code: one for one in held.version.items}
    _refuse_national(before.get(item.code))
    after = {**before, item.code: _own(item)}
    if len(after) > ITEMS_MAX:
        raise InvalidInput(f"一份目录最多 {ITEMS_MAX} 项。", "请合并条目。")
    await _put(desk, held, tuple(after.values()))


async def strike_item(desk: Desk, version_id: str, code: str, seen: int) -> None:
    """Strike an item.

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        InvalidInput: there is no such item, or a national document names it for everybody.
    """
    held = await _take(desk, DRAFT, version_id)
    _refuse_unless(held, "changed", seen)
    before = {one.code: one for one in held.version.items}
    if code not in before:
        raise InvalidInput("目录中没有这一项。", "请刷新页面，查看最新的条目。")
    _refuse_national(before[code])
    del before[code]
    await _put(desk, held, tuple(before.values()))


def _own(item: Item) -> Item:
    """An item of a unit's own is never a national one, whatever a form says."""
    return msgspec.structs.replace(item, national=False)


def _refuse_national(item: Item | None) -> None:
    if item is not None and item.national:
        raise InvalidInput(
            f"“{item.title}”是{item.source}规定都要进行法制审核的情形，不能删除或者修改。",
            "各单位的目录只能在此之外增加条目。",
        )


async def _put(desk: Desk, held: Held, items: tuple[Item, ...]) -> None:
    changed = [
        [one.what, one.code] for one in differences(held.version.items, items) if one.what != "kept"
    ]
    digest = store.digest_of(items)
    await store.keep_version(desk.tx, held.version.version_id, items=items, items_sha256=digest)
    held = replace(held, version=replace(held.version, items_sha256=digest))
    await _step(desk, held, "changed", {"changed": changed})


async def ask_guidance(desk: Desk, version_id: str, words: str, seen: int) -> None:
    """Ask the legal department of the unit above for its guidance (报请上级指导).

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        InvalidInput: there is no unit above, or an item is missing that all must have.
    """
    held = await _take(desk, DRAFT, version_id)
    _refuse_unless(held, "asked", seen)
    _refuse_lacking(held.version)
    if not await _superiors(desk, held.version.unit):
        raise InvalidInput(
            "名录中没有本单位的上级单位，不能在平台内报请指导。",
            "请用“记录上级机关指导情况”，写明上级机关在平台之外的意见。",
        )
    await _step(desk, held, "asked", {}, words)


async def guide(desk: Desk, version_id: str, verdict: str, words: str, seen: int) -> None:
    """Guide a subordinate unit's draft: ``guided`` (no objection) or ``objected`` (指导).

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        OwnDraft: the officer drafted it.
        InvalidInput: an objection without words, or neither.
    """
    held = await _take(desk, GUIDE, version_id)
    if held.role.unit not in await _superiors(desk, held.version.unit):
        raise NotAllowed(
            "指导意见由上级单位的法制部门出具，本单位不能自行指导。",
            "请由上级单位的法制审核员办理。",
        )
    await _refuse_drafter(desk, held, "出具指导意见")
    if verdict not in {"guided", "objected"}:
        raise InvalidInput("请选择指导意见。", "已填内容保留在页上。")
    _refuse_unless(held, verdict, seen)
    if verdict == "objected" and not words:
        raise InvalidInput("没有写明修改意见。", "请逐条写明应当如何修改。")
    await _step(desk, held, verdict, {}, words)


async def note_outside_guidance(desk: Desk, version_id: str, words: str, seen: int) -> None:
    """Note how a superior outside of the platform guided the draft of the topmost unit.

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        InvalidInput: the unit has a superior here, or no word is said.
    """
    held = await _take(desk, DRAFT, version_id)
    _refuse_unless(held, "outside", seen)
    _refuse_lacking(held.version)
    if await _superiors(desk, held.version.unit):
        raise InvalidInput(
            "本单位在平台内有上级单位，不能跳过上级指导。", "请先报请上级单位法制部门指导。"
        )
    if not words:
        raise InvalidInput(
            "没有写明上级机关的指导情况。", "请写明何时、由哪个机关指导，意见是什么。"
        )
    await _step(desk, held, "outside", {}, words)


async def send_back(desk: Desk, version_id: str, words: str, seen: int) -> None:
    """Send a guided draft back to whoever drafts (退回修改).

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        InvalidInput: no word is said.
    """
    held = await _take(desk, APPROVE, version_id)
    _refuse_unless(held, "sent_back", seen)
    if not words:
        raise InvalidInput("没有写明退回的理由。", "请写明应当如何修改。")
    await _step(desk, held, "sent_back", {}, words)


async def approve(
    desk: Desk, version_id: str, shown: str, period: tuple[date, date], seen: int
) -> None:
    """Approve a guided draft, with what it changes before one's eyes (审批).

    ``shown`` is the digest of the what-if that was shown, ``period`` of which days it was.

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        OwnDraft: the officer drafted or changed it.
        InvalidInput: nobody looked at what it changes, or at another draft.
    """
    held = await _take(desk, APPROVE, version_id)
    await _refuse_drafter(desk, held, "审批")
    _refuse_unless(held, "approved", seen)
    await refuse_unless_shown(desk, held.version, shown, period)
    since, until = period
    codes = {"shown": shown, "since": since.isoformat(), "until": until.isoformat()}
    await _step(desk, held, "approved", codes)


async def publish(desk: Desk, version_id: str, valid_from: date, seen: int) -> None:
    """Publish an approved version; it holds from a later day on (公布).

    What was proposed for a day on which it holds is judged anew at once.

    Raises:
        NoCatalogue, NotAllowed, Overtaken, NotNow: as every act on a version.
        InvalidInput: it would hold for a day that is not yet to come, or before the one that
            was published before it.
    """
    held = await _take(desk, PUBLISH, version_id)
    _refuse_unless(held, "published", seen)
    version, today = held.version, legal_today()
    _refuse_lacking(version)
    if valid_from <= today:
        raise InvalidInput(
            f"施行日期 {valid_from} 不晚于公布之日（{today}），目录不溯及既往。",
            f"请填写 {today + timedelta(days=1)} 或者以后的日期。",
        )
    last = await _last_published(desk, version.unit)
    if last is not None and last.valid_from is not None and valid_from < last.valid_from:
        raise InvalidInput(
            f"第 {last.number} 版自 {last.valid_from} 起施行，本版不能早于它。",
            f"请填写 {last.valid_from} 或者以后的日期。",
        )
    await store.keep_version(desk.tx, version_id, published_on=today, valid_from=valid_from)
    await _step(desk, held, "published", {"valid_from": valid_from.isoformat()})
    event = CataloguePublished(
        unit=UnitCode(version.unit),
        catalogue_version=str(version.number),
        valid_from=valid_from,
        sha256=Sha256(version.items_sha256),
        items=len(version.items),
    )
    now = legal_now()
    outbox.add(desk.tx, [Outgoing(event, at=now)])
    await set_clocks(desk.tx, [Clock(store.CLOCK, version_id, now, "catalogue.published")])


async def _last_published(desk: Desk, unit: str) -> Version | None:
    known = await store.versions_of(desk.tx, unit)
    return next((one for one in known if one.state == "published"), None)


async def _superiors(desk: Desk, unit: str) -> list[str]:
    """The units above a unit, nearest first."""
    tree = await desk.tree()
    return [code for code in tree.above(unit)[1:] if code in tree.units]


async def _known(desk: Desk, version_id: str) -> Version:
    found = await store.version(desk.tx, version_id)
    if found is None:
        raise NoCatalogue("没有这一版目录清单。", "请从目录清单页面打开。")
    return found


async def _take(desk: Desk, act: str, version_id: str) -> Held:
    unit = (await _known(desk, version_id)).unit
    await desk.tx.lock([f"catalogue/{unit}"])
    role = await desk.permit(act, Subject("catalogue", unit), About(unit))
    return Held(await _known(desk, version_id), role)


def _refuse_unless(held: Held, kind: str, seen: int) -> None:
    version = held.version
    if seen != version.steps:
        raise Overtaken(
            "您打开本页之后，这一版目录又有了新的办理情况，本次操作没有执行。",
            "请查看最新状态后再决定是否继续；已填内容保留在页上。",
        )
    if version.state not in MAY_FOLLOW[kind]:
        state = STATE_NAMES.get(version.state, "已公布")
        allowed = "、".join(STATE_NAMES[one] for one in sorted(MAY_FOLLOW[kind]))
        raise NotNow(
            f"这一版目录的状态是“{state}”，不能{STEP_NAMES[kind]}。",
            f"只有{allowed}的目录可以{STEP_NAMES[kind]}。",
        )


def _refuse_lacking(version: Version) -> None:
    lacking = national_missing(version.items, legal_today())
    if lacking:
        raise InvalidInput(
            f"目录缺少国家统一规定的条目：{'、'.join(lacking)}。", "请先补齐，再继续办理。"
        )


async def _refuse_drafter(desk: Desk, held: Held, what: str) -> None:
    """Go on only when neither the officer nor whom the officer stands in for drafted it."""
    steps = await store.steps_of_version(desk.tx, held.version.version_id)
    if {desk.officer.number, held.role.instead_of} & drafters(steps):
        raise OwnDraft(f"本人起草或者修改过这一版目录，不能{what}。", f"请由其他有权人员{what}。")


def drafters(steps: Sequence[CatalogueStep]) -> set[str]:
    """Who began, changed or handed up a version, and for whom they stood in."""
    return {
        number
        for step in steps
        if step.kind in {"drafted", "changed", "asked"}
        for number in (step.officer, step.instead_of)
        if number
    }


async def _step(desk: Desk, held: Held, kind: str, codes: dict[str, Any], words: str = "") -> None:
    version = held.version
    row = {
        "step_id": str(uuid_utils.uuid7()),
        "version_id": version.version_id,
        "place": version.steps + 1,
        "kind": kind,
        "at": legal_now(),
        "officer": desk.officer.number,
        "role": held.role.code,
        "unit": held.role.unit,
        "instead_of": held.role.instead_of,
        "items_sha256": version.items_sha256,
        "codes": codes,
    }
    await store.add_catalogue_step(desk.tx, row, words)
    await store.keep_version(
        desk.tx, version.version_id, state=AFTER[kind], steps=version.steps + 1
    )
