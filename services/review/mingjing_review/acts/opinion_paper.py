"""The opinion of legal review as a paper: what was looked at, found, and follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.acts.paper import Written, grouped
from mingjing_review.rules.checks import CHECKS, CODES
from mingjing_review.store.words import words_of_texts
from mingjing_shared.clock import local_date
from mingjing_shared.directory.store import officer_names
from mingjing_shared.events.codes import CheckResult, Opinion, names_of
from mingjing_shared.law.wording import long_date
from mingjing_shared.papers.paper import Facts, Grid, Heading, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.acts.matter import Matter
    from mingjing_review.acts.opinion import Opinion as Said
    from mingjing_review.rules.standing import Clearance
    from mingjing_shared.web.desk import Desk

_OPINIONS = names_of(Opinion)
_RESULTS = names_of(CheckResult)
_FOLLOWS = {
    "correct": (
        "请你单位研究上述意见，改正后再次送审；对意见有异议的，可以提出异议，由其他审核人员复审。"
    ),
    "transfer": "请你单位按照上述意见移送有权机关处理，不得以行政处罚代替移送。",
}
_SHORT = 16


async def written_opinion(
    desk: Desk, matter: Matter, said: Said, clearance: Clearance | None
) -> Written:
    """What the paper of an opinion says, on the text under review."""
    last = matter.steps[-1]
    tree = await desk.tree()
    names = await officer_names(desk.tx, [desk.officer.number], local_date(matter.now))
    words = (await words_of_texts(desk.tx, {last.text})).get(last.text, {})
    unit, review = tree.name_of(matter.review["unit"]), matter.review
    name = names.get(desk.officer.number, "")
    cause = f"“{matter.details.cause.removesuffix('案')}”" if matter.details.cause else ""
    opening = (
        f"{unit}：\n你单位报送审核的{cause}案（案件编号 {review['case_number']}）"
        f"拟作决定第{matter.round}轮文本收悉。依据《中华人民共和国行政处罚法》第五十八条等规定，"
        "经法制审核，提出以下意见。"
    )
    blocks: list[Heading | Words | Facts | Grid] = [
        Words(opening),
        Heading(f"一、审核意见：{_OPINIONS[said.opinion]}"),
        Heading("二、逐项审核情况"),
        _checks(said),
    ]
    if said.reasons:
        blocks += [Heading("三、理由"), Words(said.reasons)]
    blocks += [
        Heading(f"{'四' if said.reasons else '三'}、审核所依据的文本和材料"),
        Facts([("决定编号", review["decision_id"]), ("文本摘要", grouped(last.draft_sha256))]),
        *_materials(words.get("materials", ())),
        Words(_follows(said.opinion, clearance)),
    ]
    return Written("opinion", blocks, [f"审核人 {name} {desk.officer.number}".replace("  ", " ")])


def _checks(said: Said) -> Grid:
    return Grid(
        ["序号", "审核内容", "认定", "情况和依据"],
        [
            [
                str(place),
                CHECKS[code].versions[-1].title,
                _RESULTS[said.results[code]],
                said.notes.get(code, ""),
            ]
            for place, code in enumerate(CODES, 1)
        ],
        [2, 6, 3, 11],
    )


def _materials(pieces: Sequence[Mapping[str, Any]]) -> list[Grid]:
    if not pieces:
        return []
    rows = [
        [
            str(place),
            piece.get("title") or piece["kind"],
            grouped(piece["sha256"][:_SHORT]) if piece.get("sha256") else "无",
        ]
        for place, piece in enumerate(pieces, 1)
    ]
    return [Grid(["序号", "材料", "内容摘要（前16位）"], rows, [1, 6, 4])]


def _follows(opinion: str, clearance: Clearance | None) -> str:
    if clearance is None or clearance.valid_until is None:
        return _FOLLOWS[opinion]
    return (
        f"可以按照摘要所示文本作出决定。放行凭证编号 {clearance.clearance_id}，"
        f"有效期至{long_date(clearance.valid_until)}；文本有变动的，应当重新送审。"
    )
