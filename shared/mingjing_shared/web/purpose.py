"""Asking for the purpose of a look that no duty gives, and remembering it for a day.

What was stated is a line of the audit, and that line is the memory: it holds for its officer and
its case (or the thing itself, where there is no case) for a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mingjing_shared.audit.note import Entry, note
from mingjing_shared.audit.purpose import (
    STATED,
    WORDS_CHARS_MAX,
    WORDS_CHARS_MIN,
    Purpose,
    purpose_of,
)
from mingjing_shared.clock import machine_now
from mingjing_shared.web.permissions import allowing_roles

if TYPE_CHECKING:
    from mingjing_shared.audit.note import Subject
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.forms import Form
    from mingjing_shared.web.officer import HeldRole
    from mingjing_shared.web.permissions import About

ACT = "purpose.state"
DutyOf = Callable[["HeldRole"], "str | None"]
"""What of a role makes looking at the thing, as it now stands, a duty; none: nothing does."""

HOLDS = timedelta(days=1)
_PERSONAL = re.compile(r"\d{11}")  # telephone, identity card, bank account
_OURS = re.compile(r"/(?:disclosure|recording|review|tasks)/(?:[\w.~%（）〔〕-]+/?)*")


@dataclass(frozen=True, slots=True)
class Look:
    """By which role an officer may look, and for what purpose; none: it is still to be stated."""

    role: HeldRole
    purpose: Purpose | None


async def look_of(
    desk: Desk, act: str, subject: Subject, about: About, duty_of: DutyOf
) -> Look | None:
    """How the officer would look: by a duty, else by what was stated; none: may not at all."""
    roles = list(allowing_roles(desk.officer, act, about, await desk.tree()))
    for role in roles:
        duty = duty_of(role)
        if duty is not None:
            return Look(role, Purpose(duty))
    return Look(roles[0], await stated_purpose(desk, subject)) if roles else None


async def state_purpose(desk: Desk, act: str, subject: Subject, about: About, form: Form) -> None:
    """Note why the officer will look; from now on it need not be stated again for a day.

    Raises:
        NotAllowed: the officer may not look at all.
        InvalidInput: the form states no purpose.
    """
    role = await desk.permit(act, subject, about)
    desk.settle()
    purpose = purpose_in(form)
    entry = Entry(
        officer=desk.officer.number,
        act=ACT,
        outcome="done",
        subject=subject,
        role=role.code,
        unit=role.unit,
        instead_of=role.instead_of,
        reason=purpose.said,
        request_id=desk.request_id,
    )
    await note(desk.tx, [entry])


async def stated_purpose(desk: Desk, subject: Subject) -> Purpose | None:
    """What the officer stated for this case, or this thing, within a day; none: nothing."""
    number = subject.case_number
    row = await desk.tx.first(
        "SELECT reason FROM audit WHERE officer = :officer AND act = :act AND outcome = 'done'"
        " AND at > :since AND CASE WHEN CAST(:case_ref AS text) IS NULL"
        " THEN subject_kind = :kind AND subject = :subject ELSE case_ref = :case_ref END"
        " ORDER BY number DESC LIMIT 1",
        officer=desk.officer.number,
        act=ACT,
        since=machine_now() - HOLDS,
        case_ref=desk.tx.installation.references.case(number) if number else None,
        kind=subject.kind,
        subject=subject.id,
    )
    return None if row is None else purpose_of(row.reason)


def purpose_in(form: Form) -> Purpose:
    """What a form states; what is wrong with it is noted in the form.

    Raises:
        InvalidInput: none is chosen, the words are too few or too many, or hold a long number.
    """
    code = form.choice("purpose", "查看事由", STATED)
    words = words_in(form, "purpose_words", "具体事由")
    form.refuse_if_wrong()
    return Purpose(code, words)


def words_in(form: Form, name: str, label: str) -> str:
    """Why, in the officer's own words, without personal data; the form keeps what is wrong."""
    words = " ".join(form.text(name, label, chars_max=WORDS_CHARS_MAX).split())
    if name not in form.problems and len(words) < WORDS_CHARS_MIN:
        form.problems[name] = f"{label}至少 {WORDS_CHARS_MIN} 个字，请写明因何工作需要。"
    elif _PERSONAL.search(words):
        form.problems[name] = f"{label}中不要写证件号、电话、账号等个人信息。"
    return words


def then_in(form: Form, otherwise: str) -> str:
    """Where to go afterwards: what the form says if it is a page of ours, else ``otherwise``."""
    then = form.values.get("then", "")
    return then if _OURS.fullmatch(then) else otherwise
