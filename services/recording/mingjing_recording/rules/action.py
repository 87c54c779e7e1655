"""Which acts must be recorded, how completely, and by when the footage must be in.

现场执法视音频记录工作规定（公通字〔2016〕14号）, 国办发〔2018〕118号 and 淮公通〔2019〕395号
say it by kind of act and place; since 2026 the 治安管理处罚法 adds its own. Every row of
``law/required_recording.toml`` that names kind and place and is in force on the day of the act
applies; the strictest level wins and the sources of all of them are the basis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mingjing_shared.clock import local_date
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import LawError
from mingjing_shared.law.rules import Version, load_dated, load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.rules import Dated

Level = Literal["full", "as_needed"]


class RequiredRecording(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One row of the matrix: these acts in these places, recorded so completely."""

    acts: frozenset[str]
    places: frozenset[str]
    level: Level


MATRIX = load_dated("mingjing_recording", "required_recording", RequiredRecording)
UPLOAD = load_rules("mingjing_recording", "upload")["upload"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the law asks of an act's recording, or why it asks nothing.

    Attributes:
        level: full or as_needed; none when nothing is required.
        rule: the row that set the level.
        basis: law and article of every row that applies, each once.
        says: the same in one Chinese sentence.
        upload_due_at: by when the footage must be in; none without a requirement or a rule.
        upload_rule: rule and version that set it.
    """

    level: Level | None
    rule: str | None
    basis: tuple[tuple[str, str], ...]
    says: str
    upload_due_at: datetime | None = None
    upload_rule: str = ""


def requirement_of(
    *,
    kind: str,
    place_kind: str,
    started_at: datetime,
    ended_at: datetime,
    calendar: WorkingCalendar,
) -> Requirement:
    """What must be recorded of this act, by the law of the (local) day on which it began."""
    day = local_date(started_at)
    rows = rows_that_apply(kind, place_kind, day)
    if not rows:
        return Requirement(None, None, (), _why_nothing(kind, place_kind, day))
    level: Level = "full" if any(row.level == "full" for row in rows) else "as_needed"
    rule = next(row.id for row in rows if row.level == level)
    basis = tuple(dict.fromkeys(law_and_article(row.source) for row in rows))
    wanted = "应当全程录音录像" if level == "full" else "视情况录音录像"
    says = f"{wanted}：" + "；".join(f"{law}{article}" for law, article in basis) + "。"
    try:
        upload = deadline(UPLOAD, ended_at, calendar)
    except LawError as error:
        return Requirement(level, rule, basis, f"{says}{error.message}")
    version = f"{upload.rule}@{upload.version_from}"
    return Requirement(level, rule, basis, says, upload.due_at, version)


def rows_that_apply(kind: str, place_kind: str, day: date) -> list[RequiredRecording]:
    """The rows of the matrix for this act in this place on this day, in the file's order."""
    return [row.in_force_on(day) for row in _rows(kind, place_kind) if row.is_in_force_on(day)]


def law_and_article(source: str) -> tuple[str, str]:
    """A source as the contract names a basis: the law, and the article in it.

    The article begins at ``§``, else after the last space; a source without either is whole.
    """
    law, mark, article = source.partition("§")
    if mark:
        return law.strip(), mark + article
    law, _, article = source.rpartition(" ")
    return (law, article) if law else (source, "全文")


def _rows(kind: str, place_kind: str) -> Sequence[Dated[RequiredRecording]]:
    return [
        row
        for row in MATRIX.values()
        if kind in row.versions[0].acts and place_kind in row.versions[0].places
    ]


def _why_nothing(kind: str, place_kind: str, day: date) -> str:
    rows = _rows(kind, place_kind)
    if rows:
        first = min(version.valid_from for row in rows for version in row.versions)
        return f"该行为发生于{day}，所掌握的记录要求自{first}起施行，不作要求。"
    return f"记录要求中没有此类行为与场所（{kind}，{place_kind}），不作要求。"
