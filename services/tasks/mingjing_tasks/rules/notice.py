"""A notice that breaks work down into tasks, read from its text, or every line that is wrong.

The layout is that of a table copied out of a document: a cell begins with a tab and may go on in
the lines below; a row has six cells (part, project, task, lead units, responsible units, due) and
an empty one, like the header; an empty line ends it. A part or project stands once and holds
until the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING

from mingjing_tasks.errors import DamagedNotice
from mingjing_tasks.rules.due import read_due
from mingjing_tasks.rules.unit_names import units_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_tasks.rules.due import Due

HEADER = ("制度", "重点项目", "工作任务", "牵头单位", "责任单位", "进度要求")
NOTICE_CHARS_MAX = 1_000_000
TEXT_CHARS_MAX = 4000
_BLANK = " \t\u3000\r"
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffd]")
_NUMBER = re.compile(r"\S{1,20}〔[0-9]{4}〕[0-9]{1,5}号")
_DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_TASK = re.compile(r"([0-9]{1,3})[.、](.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NoticeTask:
    """One task as a notice words it."""

    number: int
    part: str
    project: str
    text: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    due: Due
    lead_text: str
    responsible_text: str
    line: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: what it is called, who issued it and when, and its tasks in order."""

    title: str
    document_number: str
    issuer: str
    issued_on: date
    tasks: tuple[NoticeTask, ...]


@dataclass(slots=True)
class _Cell:
    line: int
    parts: list[str]

    def text(self, joint: str = "") -> str:
        kept = (part.strip(_BLANK) for part in self.parts)
        return joint.join(part for part in kept if part)


@dataclass(slots=True)
class _Reading:
    """How far the rows are read: what holds for the next one, and what was wrong so far."""

    part: str = ""
    project: str = ""
    tasks: list[NoticeTask] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, line: int, reason: str) -> None:
        self.problems.append((line, reason))


def read_notice(text: str) -> Notice:
    """The notice in a text.

    Raises:
        DamagedNotice: it is none, or is damaged; names every line and what is wrong there.
    """
    if len(text) > NOTICE_CHARS_MAX:
        raise DamagedNotice([(1, f"文本过长（最多 {NOTICE_CHARS_MAX} 字）")])
    lines = text.replace("\r\n", "\n").split("\n")
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        if _UNREADABLE.search(line):
            reading.wrong(number, "含有控制字符或无法辨认的字符")
    rows = list(_rows(lines))
    heads = [place for place, row in enumerate(rows) if _is_header(row)]
    if not heads:
        reading.wrong(len(lines), f"没有找到任务分解表的表头（{'、'.join(HEADER)}）")
    table = rows[heads[0] + 1 :] if heads else []
    first = rows[heads[0]][0].line if heads else len(lines)
    head = _Head.read(lines[: first - 1], reading)
    cells = len(rows[heads[0]]) if heads else 0
    for row in table:
        _read_row(row, cells, reading)
    if heads and not table:
        reading.wrong(first, "表头之后没有任务")
    if reading.problems:
        raise DamagedNotice(sorted(reading.problems))
    return Notice(
        title=head.title,
        document_number=head.document_number,
        issuer=head.issuer,
        issued_on=head.issued_on,
        tasks=tuple(reading.tasks),
    )


def _rows(lines: Sequence[str]) -> Iterator[list[_Cell]]:
    """The rows of cells; lines that belong to no cell are text around the table."""
    row: list[_Cell] = []
    for number, line in enumerate(lines, start=1):
        if line.startswith("\t"):
            row.append(_Cell(number, [line[1:]]))
        elif line and row:
            row[-1].parts.append(line)
        elif row:
            yield row
            row = []
    if row:
        yield row


def _is_header(row: Sequence[_Cell]) -> bool:
    return tuple(cell.text() for cell in row)[: len(HEADER)] == HEADER


def _read_row(row: list[_Cell], cells: int, reading: _Reading) -> None:
    line = row[0].line
    if len(row) != cells or any(cell.text() for cell in row[len(HEADER) :]):
        full = f"应与表头一样有 {cells} 格（{'、'.join(HEADER)}，末格为空）"
        reading.wrong(line, f"这一行有 {len(row)} 格，{full}")
        return
    part, project, task, lead, responsible, due = row[: len(HEADER)]
    if part.text():
        reading.part, reading.project = part.text(), ""
    reading.project = project.text() or reading.project
    if not reading.part or not reading.project:
        reading.wrong(line, "没有写明制度和重点项目")
    found = _TASK.fullmatch(task.text("\n"))
    expected = len(reading.tasks) + 1
    if found is None:
        reading.wrong(task.line, f"工作任务应以序号开头，如“{expected}.……”")
        return
    if int(found[1]) != expected:
        reading.wrong(task.line, f"序号是 {int(found[1])}，按顺序应为 {expected}")
    if len(found[2]) > TEXT_CHARS_MAX:
        reading.wrong(task.line, f"工作任务过长（最多 {TEXT_CHARS_MAX} 字）")
    for cell, name in ((lead, HEADER[3]), (responsible, HEADER[4])):
        if not units_in(cell.text()):
            reading.wrong(cell.line, f"第 {expected} 项没有写{name}")
    meant = read_due(due.text())
    if meant is None:
        accepted = "写法如 2019年12月底前、2019年9月18日前、长期，或留空"
        reading.wrong(due.line, f"进度要求“{due.text()[:20]}”无法识别，{accepted}")
        return
    reading.tasks.append(
        NoticeTask(
            number=expected,
            part=reading.part,
            project=reading.project,
            text=found[2].strip(_BLANK),
            lead=units_in(lead.text()),
            responsible=units_in(responsible.text()),
            due=meant,
            lead_text=lead.text(),
            responsible_text=responsible.text(),
            line=task.line,
        )
    )


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    document_number: str
    issuer: str
    issued_on: date

    @classmethod
    def read(cls, lines: Sequence[str], reading: _Reading) -> _Head:
        """What stands above the table: title, document number, and at the end who and when."""
        said = [(n, line.strip(_BLANK)) for n, line in enumerate(lines, 1) if line.strip(_BLANK)]
        at = next((i for i, (_, line) in enumerate(said) if _NUMBER.fullmatch(line)), None)
        if at is None or at == 0:
            missing = "没有找到单独成行的发文字号（如 某公通〔2019〕395号）及其上方的标题"
            reading.wrong(1, missing)
            return cls("", "", "", date.min)
        title = "".join(line for _, line in said[:at])
        signed = list(dropwhile(lambda pair: not _DATE.fullmatch(pair[1]), reversed(said[at:])))
        day = _day(signed[0][1]) if signed else None
        if day is None or len(signed) == 1:
            reading.wrong(said[-1][0], "没有找到落款的单位和日期（如 2019年9月3日）")
            return cls(title, said[at][1], "", date.min)
        return cls(title, said[at][1], signed[1][1], day)


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
