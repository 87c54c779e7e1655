"""An official paper as PDF/A-2b: the same paper is always the same bytes.

Set by Typst after GB/T 9704. What is written in it travels as data, so that nothing in a name or
a reason is ever read as markup. The text can be selected and searched.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import segno
import typst

from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_UNSET_SIGNS = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what follows."""

    text: str

    def as_data(self) -> dict[str, Any]:
        """What the template reads."""
        return {"kind": "heading", "text": self.text}


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph; each line of the text becomes one."""

    text: str

    def as_data(self) -> dict[str, Any]:
        """What the template reads."""
        return {"kind": "text", "text": self.text}


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they stand for, in two columns."""

    rows: Sequence[tuple[str, str]]

    def as_data(self) -> dict[str, Any]:
        """What the template reads."""
        return {"kind": "facts", "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths``: how wide each column is beside the others."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]

    def as_data(self) -> dict[str, Any]:
        """What the template reads."""
        return {
            "kind": "table",
            "head": list(self.head),
            "rows": [list(row) for row in self.rows],
            "widths": list(self.widths),
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says.

    Attributes:
        body: the body that issues it, as it stands above the title.
        number: its document number (发文字号); none: it has none.
        signed: the lines above the date: unit, person.
        code: what the printed code holds; none: no code.
        check: one line beside the code: how the paper is checked.
    """

    body: str
    title: str
    number: str | None
    dated: date
    blocks: Sequence[Heading | Words | Facts | Grid]
    signed: Sequence[str]
    code: str | None = None
    check: str = ""


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF/A-2b. A sign without a shape is printed as its number, never as a gap."""
    written = with_shape(json.dumps(_data(paper), ensure_ascii=False))
    compiler, template = _press()
    made, warnings = compiler.compile_with_warnings(
        input=template,
        format="pdf",
        pdf_standards=["a-2b"],
        sys_inputs={"data": written},
    )
    if warnings:
        raise AssertionError(f"the template of papers: {warnings[0].message}")
    if not isinstance(made, bytes):
        raise TypeError("one document is one file")
    return made


def _data(paper: Paper) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for block in paper.blocks:
        if isinstance(block, Words):
            lines = [line.strip() for line in block.text.splitlines()]
            blocks.extend(Words(line).as_data() for line in lines if line)
        else:
            blocks.append(block.as_data())
    return {
        "body": paper.body,
        "title": paper.title,
        "number": paper.number,
        "dated": {"year": paper.dated.year, "month": paper.dated.month, "day": paper.dated.day},
        "dated_words": long_date(paper.dated),
        "blocks": blocks,
        "signed": list(paper.signed),
        "code": _code(paper.code),
        "check": paper.check,
    }


def _code(text: str | None) -> str | None:
    if text is None:
        return None
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", scale=4, border=2)
    return drawn.getvalue().decode()


@cache
def _fonts() -> tuple[typst.Fonts, frozenset[int]]:
    """The vendored fonts, and every sign that one of them has a shape for."""
    with as_file(files(__package__).joinpath("fonts")) as folder:
        signs = (folder / "signs.txt").read_text(encoding="ascii").split()
        covered: set[int] = set()
        for part in signs:
            first, _, last = part.partition("-")
            covered.update(range(int(first, 16), int(last or first, 16) + 1))
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
    return fonts, frozenset(covered)


@cache
def _press() -> tuple[typst.Compiler, bytes]:
    """The compiler with its fonts loaded, and the template, which it takes anew each time."""
    template = files(__package__).joinpath("paper.typ").read_bytes()
    return typst.Compiler(template, font_paths=_fonts()[0]), template


def with_shape(text: str) -> str:
    """The text with each sign that no font has a shape for as 〓 and its number (〓〔U+20BB7〕)."""
    covered = _fonts()[1]
    return "".join(
        sign if ord(sign) in covered or sign in _UNSET_SIGNS else f"〓〔U+{ord(sign):04X}〕"
        for sign in text
    )
