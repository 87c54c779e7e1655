"""Papers of a review: numbered, set, kept as they were issued."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid_utils

from mingjing_review.store.paper import keep_paper, next_number
from mingjing_shared.clock import local_date
from mingjing_shared.papers.paper import Paper, pdf_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_review.acts.matter import Matter
    from mingjing_shared.papers.paper import Facts, Grid, Heading, Words
    from mingjing_shared.web.desk import Desk

MARKS = {"opinion": "法审", "coordination": "审协", "discussion": "审议"}
"""What stands in a document number for the kind of paper; assumed, the bureau's own may differ."""

TITLES = {
    "opinion": "重大执法决定法制审核意见书",
    "coordination": "法制审核异议协调记录",
    "discussion": "法制审核异议讨论记录",
}
PATH = "/review/papers/"
_CHECK = "扫码登录后可以查看平台留存的原件；本件的摘要（SHA-256）与平台记录一致的，未经改动。"
_GROUP = 8


@dataclass(frozen=True, slots=True)
class Written:
    """What a paper is to say, before it has a number."""

    kind: str
    blocks: Sequence[Heading | Words | Facts | Grid]
    people: Sequence[str]


async def issue_paper(
    desk: Desk, matter: Matter, step_id: str, written: Written, address: str
) -> str:
    """Give the paper the next number of the unit that acts, set it and keep it; its number.

    ``address`` is where officers reach the platform; without one no code is printed.
    """
    tree = await desk.tree()
    unit, day = matter.role.unit, local_date(matter.now)
    name = tree.name_of(unit)
    count = await next_number(desk.tx, unit, written.kind, day.year)
    number = f"{name}{MARKS[written.kind]}〔{day.year}〕{count}号"
    paper_id = str(uuid_utils.uuid7())
    pdf = pdf_of(
        Paper(
            body=name,
            title=TITLES[written.kind],
            number=number,
            dated=day,
            blocks=written.blocks,
            signed=[name, *written.people],
            code=f"{address}{PATH}{paper_id}" if address else None,
            check=_CHECK if address else "",
        )
    )
    row = {
        "paper_id": paper_id,
        "kind": written.kind,
        "case_key": matter.review["case_key"],
        "decision_id": matter.review["decision_id"],
        "step_id": step_id,
        "unit": unit,
        "number": number,
        "dated": day,
        "made_at": matter.now,
        "made_by": desk.officer.number,
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
    }
    await keep_paper(desk.tx, row, pdf)
    return number


def grouped(digest: str) -> str:
    """A digest in groups that can be read aloud and broken over lines."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
