"""The head of the unit that made the decision lets it go to the public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import (
    opened,
    require_another_person,
    require_answered,
    require_clean,
    require_same_original,
    require_same_text,
    require_stage,
)
from mingjing_disclosure.errors import NotYetLawful
from mingjing_disclosure.rules.withholding import withheld
from mingjing_disclosure.rules.wording import meaning_of, outcome_words, remedy_of, title_of
from mingjing_disclosure.store.delivery import add_delivery
from mingjing_disclosure.store.work import note_step
from mingjing_shared.clock import legal_today, local_date
from mingjing_shared.privacy.masking import mask
from mingjing_shared.privacy.masking_check import leaks
from mingjing_shared.privacy.masking_diff import compare, places_hidden
from mingjing_shared.publicity.content import Published

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from mingjing_disclosure.acts.opening import Opened
    from mingjing_disclosure.rules.progress import Work
    from mingjing_disclosure.store.original import Original
    from mingjing_disclosure.store.work import PublicText
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk

ACT = "disclosure.approve"
WORDS_CHARS_MAX = 500


async def approve(desk: Desk, item_id: str, seen_sha256: str) -> None:
    """Hand the text to the worker, who brings it to the public page and sees it there.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is not waiting for approval.
        SamePerson: the officer edited or checked it.
        Outdated: it is not the text that was read, or not the original that was checked.
        NotYetLawful: no legal effect (yet), or the law of today forbids it.
        TextRefused: the text leaks, or hides what must stay.
    """
    here = await opened(desk, item_id, ACT)
    require_stage(here, "to_approve", needs="只有“待审批”的事项可以批准公开")
    require_another_person(here, for_approval=True)
    text = await here.newest_text()
    require_same_text(text, seen_sha256)
    original = await here.original()
    await require_same_original(desk.tx, original)
    require_lawful(here.item, here.work, original)
    require_clean(text.body, original, *filter(None, [text.correction]))
    require_answered(text.body, original, text.confirmed)
    content = content_of(here, original, text, await desk.tree())
    what = "correct" if here.work.is_correcting else "publish"
    await add_delivery(
        desk.tx,
        here.decision_id,
        text.version,
        what,
        content,
        made_from=original.stands_on,
    )
    counts = {"original": original.told_by}
    await note_step(desk, here.role, here.decision_id, text.version, ACT, counts=counts)
    await here.keep(stage="approved")


def require_lawful(item: Row[Any], work: Work, original: Original) -> None:
    """Publishing is judged by the law of the decision's day and by today's: the stricter wins.

    Raises:
        NotYetLawful: says which condition is not met.
    """
    today = legal_today()
    if item.mode not in ("live", "backfill"):
        raise NotYetLawful("合成或重放的数据不得对公众发布。", "请在待公示队列中忽略这一件。")
    if item.standing == "withheld":
        raise NotYetLawful(f"依法不予公开：{item.says}", "已公开的请撤回，没有公开的无须再办。")
    if item.effect != "in_effect":
        raise NotYetLawful(
            f"决定没有法律效力，不能公开：{item.effect_says}",
            "收到送达记录后即可批准；不应公开的，请登记不予公开。",
        )
    if item.effect_from > today:
        raise NotYetLawful(
            f"决定自 {item.effect_from} 起生效，今天还不能公开。", "生效之日起即可批准。"
        )
    if (reason := forbidden_today(item, work, original)) is not None:
        raise NotYetLawful(f"按现行规定不得公开：{reason}", "请登记不予公开，并写明依据。")


def forbidden_today(item: Row[Any], work: Work, original: Original) -> str | None:
    """Why the law of today forbids publishing what the law of its day did not."""
    case = original.case
    if case is None:
        return None
    reason = withheld(
        decision_kind=item.kind,
        made_on=legal_today(),
        offence_from=original.fact.offence_from,
        case_kind=case.kind,
        accepted_on=local_date(case.accepted_at),
        parties=original.concerned,
        basis=original.fact.basis or (),
        released=work.released,
        sensitive=original.sensitive,
    )
    return None if reason is None else f"{reason.says}（{reason.source}）"


def content_of(here: Opened, original: Original, text: PublicText, tree: UnitTree) -> Published:
    """What the public is told: public data only."""
    item, fact = here.item, original.fact
    title = title_of(item.kind, item.cause)  # a cause that names somebody is left out
    if len(title) > WORDS_CHARS_MAX or leaks(title, original.known):
        title = title_of(item.kind, None)
    addressed = original.addressed
    organisations = [party.name for party in addressed if party.kind == "organisation"]
    suggested = mask(original.text, original.known)
    compared = compare(original.text, text.body, suggested.words)
    first = here.work.details.get("first_public_at")
    stand_ins = {mark.instead for mark in suggested.hidden if mark.rule != "birth"}
    return Published(
        item_id=item.item_id,
        version=text.version,
        kind=item.kind,
        title=title,
        document_number=item.document_number,
        unit_name=tree.name_of(item.unit),
        made_on=item.made_on,
        due_on=item.due_on,
        published_on=legal_today(),
        outcome=outcome_words(item.kind, fact.outcome),
        parties=tuple(dict.fromkeys(organisations)),
        text=text.body,
        text_sha256=text.public_sha256,
        masked=tuple(places_hidden(compared, stand_ins)),
        meaning=meaning_of(
            item.kind,
            fact.outcome,
            only_organisations=bool(addressed) and len(organisations) == len(addressed),
        ),
        remedy=remedy_of(item.made_on),
        correction=text.correction,
        first_published_on=local_date(first) if first is not None else None,
    )
