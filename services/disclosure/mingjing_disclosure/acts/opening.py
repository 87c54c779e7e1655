"""An item on the desk: locked, with what was done for it, and by what the officer may act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.errors import NoSuchItem, Outdated, SamePerson, TextRefused, WrongState
from mingjing_disclosure.rules.progress import Work, is_same_person
from mingjing_disclosure.store import item as store
from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.original import Original, original_of
from mingjing_disclosure.store.work import (
    PublicText,
    keep_work,
    original_read,
    text_versions,
    work_of,
)
from mingjing_shared.audit.note import Subject
from mingjing_shared.privacy.masking_check import leaks, missing
from mingjing_shared.privacy.masking_questions import questions
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.privacy.masking_questions import Question
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole

SHOWN_MAX = 5


@dataclass(slots=True)
class Opened:
    """An item that is being acted on; locked until the transaction ends."""

    desk: Desk
    item: Row[Any]
    work: Work
    role: HeldRole

    @property
    def decision_id(self) -> str:
        """The decision that the item publishes."""
        return str(self.item.decision_id)

    @property
    def persons(self) -> frozenset[str]:
        """Who acts: the officer, and whom the officer stands in for."""
        return frozenset({self.desk.officer.number, *filter(None, [self.role.instead_of])})

    async def keep(self, **changes: Any) -> None:
        """Write how far it is now, and bring the item there."""
        self.work = replace(self.work, **changes)
        await keep_work(self.desk.tx, self.decision_id, self.item.item_id, self.work)
        await derive_items(self.desk.tx, [self.decision_id])

    async def original(self) -> Original:
        """The decision as it was made.

        Raises:
            NoSuchItem: no fact of it holds any more.
        """
        found = await original_of(self.desk.tx, self.item, await self.desk.tree())
        if found is None:
            raise NoSuchItem("该决定已不存在。", "请回到待公示队列。")
        return found

    async def newest_text(self) -> PublicText:
        """The newest version of its public text.

        Raises:
            WrongState: there is none yet.
        """
        texts = await text_versions(self.desk.tx, self.decision_id)
        for text in texts:
            if text.version == self.work.version:
                return text
        raise WrongState("这件决定还没有公开文本。", "请先由公示编辑生成并提交公开文本。")


async def opened(desk: Desk, item_id: str, act: str) -> Opened:
    """The item, locked, for an act that the officer may do.

    Raises:
        NoSuchItem: there is none.
        NotAllowed: none of the officer's roles reaches that far.
    """
    found = await store.item_of(desk.tx, item_id)
    if found is not None:
        await desk.tx.lock([f"decision/{found.decision_id}"])
        found = await store.item_of(desk.tx, item_id)
    if found is None:
        raise NoSuchItem("没有这件公示事项。", "请从待公示队列进入。")
    role = await desk.permit(act, subject_of(found), about(found))
    return Opened(desk, found, await work_of(desk.tx, found.decision_id), role)


def subject_of(item: Row[Any]) -> Subject:
    """The item as the audit names it."""
    return Subject("item", item.item_id, item.case_number)


def about(item: Row[Any]) -> About:
    """Whose item it is, as far as rights go."""
    return About(unit=item.unit, handlers=frozenset(item.handlers or ()))


def require_stage(here: Opened, *stages: str, needs: str) -> None:
    """Refuse an act that does not fit.

    Raises:
        WrongState: says what the act needs.
    """
    if here.work.stage not in stages or here.item.state in ("waiting_case", "withheld"):
        raise WrongState(f"当前状态不能这样做：{needs}。", "请刷新页面，按现在的状态办理。")


def require_another_person(here: Opened, *, for_approval: bool) -> None:
    """Refuse a person who already worked on this version.

    Raises:
        SamePerson: the officer, or whom the officer stands in for, edited or checked it.
    """
    if is_same_person(here.work, here.persons, for_approval=for_approval):
        needed = "审批人不得是编辑人或复核人" if for_approval else "复核人不得是编辑人"
        raise SamePerson(
            f"您已参与这一版公开文本的办理，{needed}（代行其职权的也不行）。",
            "请由另一位有权限的同事办理。",
        )


def require_same_text(text: PublicText, seen_sha256: str) -> None:
    """Refuse to pass a text that is not the one that was read.

    Raises:
        Outdated: it was changed since the page was opened.
    """
    if text.public_sha256 != seen_sha256:
        raise Outdated("公开文本在您打开之后已被修改。", "请重新阅读现在的文本再办理。")


async def require_same_original(tx: Transaction, original: Original) -> None:
    """Refuse to pass a text whose original is not the one that was read before.

    Raises:
        Outdated: its sender has replaced the decision since.
    """
    read = await original_read(tx, original.fact.decision_id)
    if read is not None and read != original.told_by:
        raise Outdated(
            "来源系统在编辑之后更正了这件决定，原件已不是当时的原件。",
            "请退回修改，由编辑对照现在的原件重新提交。",
        )


def require_clean(body: str, original: Original, *more: str) -> None:
    """Refuse a text from which somebody can be recognised, or which hides what must stay.

    Raises:
        TextRefused: names each place, at most a few of them.
    """
    for text in (body, *more):
        require_no_leak(text, original)
    lost = [one.says for one in missing(original.text, body, original.known)]
    if lost:
        raise TextRefused(
            f"公开文本隐去了必须保留的内容：{_few(lost)}。",
            "执法人员、决定机关、文书号、单位名称和代码不得隐去，请恢复后再提交。",
        )


def require_answered(body: str, original: Original, confirmed: Collection[str]) -> None:
    """Refuse a text that may name somebody who is no party, unless the editor said it stays.

    Raises:
        TextRefused: names each place, at most a few of them.
    """
    asked = [one.says for one in open_questions(body, original, confirmed)]
    if asked:
        raise TextRefused(
            f"有 {len(asked)} 处疑似案外人（证人、被害人、报警人、亲属等）的姓名：{_few(asked)}。",
            "请逐处隐去；确认不是姓名或依法应当保留的，在文本下方逐项勾选后再提交。",
        )


def open_questions(
    body: str, original: Original, confirmed: Collection[str]
) -> tuple[Question, ...]:
    """What may be the name of somebody who is no party, and nobody has answered."""
    return tuple(one for one in questions(body, original.known) if one.word not in confirmed)


def require_no_leak(text: str, original: Original) -> None:
    """Refuse words for the public from which somebody can be recognised.

    Raises:
        TextRefused: names each place, at most a few of them.
    """
    found = [leak.says for leak in leaks(text, original.known)]
    if found:
        raise TextRefused(
            f"对外文字有 {len(found)} 处可能泄露个人信息：{_few(found)}。",
            "请逐处隐去后再提交；确属同名的，请改写该句。",
        )


def _few(words: list[str]) -> str:
    more = f"；另有 {len(words) - SHOWN_MAX} 处" if len(words) > SHOWN_MAX else ""
    return "；".join(words[:SHOWN_MAX]) + more
