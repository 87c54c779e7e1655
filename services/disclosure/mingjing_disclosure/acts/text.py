"""Editing a public text: from what masking suggests to what goes to the second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import (
    open_questions,
    opened,
    require_answered,
    require_clean,
    require_stage,
)
from mingjing_disclosure.store.work import PublicText, keep_text, note_step, text_versions
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import InvalidInput
from mingjing_shared.privacy.masking import MASKING_VERSION, mask, public_form
from mingjing_shared.privacy.masking_diff import compare
from mingjing_shared.publicity.content import TEXT_CHARS_MAX, text_digest

if TYPE_CHECKING:
    from collections.abc import Collection

    from mingjing_disclosure.acts.opening import Opened
    from mingjing_disclosure.store.original import Original
    from mingjing_shared.web.desk import Desk

ACT = "disclosure.edit"


async def save_text(
    desk: Desk, item_id: str, body: str, *, submit: bool, confirmed: Collection[str] = ()
) -> None:
    """Keep a public text; submitted, it goes to the second person.

    A draft may hold anything (it is sealed); what is submitted leaks nothing and hides nothing
    that must stay. What looks like the name of somebody who is no party is hidden, or
    ``confirmed`` to be none, or to stay.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: the item is not at an editor's.
        InvalidInput: the text is empty or too long.
        TextRefused: submitted with a leak, without something that must stay, or with a name
            that nobody has confirmed.
    """
    here = await opened(desk, item_id, ACT)
    require_stage(here, "none", "drafting", needs="只有“待脱敏”的事项可以编辑公开文本")
    text = public_form(body)
    if not text:
        raise InvalidInput("公开文本是空的。", "请填写公众将看到的全文。")
    if len(text) > TEXT_CHARS_MAX:
        raise InvalidInput(
            f"公开文本最多 {TEXT_CHARS_MAX} 字，现有 {len(text)} 字。", "请压缩后再提交。"
        )
    original = await here.original()
    version = max(here.work.version, 1)
    correction = await _correction_of(here, version)
    if submit:
        require_clean(text, original, *filter(None, [correction]))
        require_answered(text, original, confirmed)
    asked = {one.word for one in open_questions(text, original, ())}
    stays = tuple(sorted(asked.intersection(confirmed)))
    await keep_text(desk.tx, here.decision_id, _version(version, text, correction, stays))
    editors = tuple(sorted({*here.work.editors, *here.persons}))
    counts = {
        "submitted": submit,
        "original": original.told_by,
        "confirmed": len(stays),
        **_counts(text, original),
    }
    await note_step(desk, here.role, here.decision_id, version, ACT, counts=counts)
    stage = "to_check" if submit else "drafting"
    await here.keep(stage=stage, version=version, editors=editors, checkers=())


async def _correction_of(here: Opened, version: int) -> str | None:
    texts = await text_versions(here.desk.tx, here.decision_id)
    return next((text.correction for text in texts if text.version == version), None)


def _version(
    version: int, body: str, correction: str | None, confirmed: tuple[str, ...]
) -> PublicText:
    return PublicText(
        version=version,
        body=body,
        public_sha256=text_digest(body),
        masking_version=MASKING_VERSION,
        correction=correction,
        changed_at=legal_now(),
        address=None,
        seen_public_at=None,
        confirmed=confirmed,
    )


def _counts(text: str, original: Original) -> dict[str, int]:
    """How much was hidden and kept by masking, and at how many places a person differs from it."""
    suggested = mask(original.text, original.known)
    return {
        "hidden": len(suggested.hidden),
        "kept": len(suggested.kept),
        "changed": compare(suggested.public_text, text, suggested.words).changes,
    }
