"""A finished public artefact as the check sees it: texts, each sign of which has a place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from mingjing_shared.privacy.leakcheck.views import line_starts


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that was taken from one place of the artefact.

    Attributes:
        start: where it begins in the text.
        label: the place in words: a JSON pointer, a cell, an attribute, a page.
        source: where it began in the artefact's own text; none where it has no such text.
        pointer: its JSON pointer.
        page: its page, from 1.
    """

    start: int
    label: str
    source: int | None = None
    pointer: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an artefact something is: line and sign from 1."""

    label: str
    line: int
    sign: int
    pointer: str | None = None
    page: int | None = None

    @property
    def says(self) -> str:
        """The place in Chinese."""
        at = f"第 {self.line} 行第 {self.sign} 字"
        return f"{self.label}{'，' if self.label else ''}{at}"


@dataclass(frozen=True, slots=True)
class Layer:
    """One text of an artefact, made of runs; ``source`` is the artefact's own text."""

    text: str
    runs: tuple[Run, ...]
    source: str | None = None
    _lines: list[int] = field(default_factory=list, repr=False, compare=False)

    def place(self, at: int) -> Place:
        """Where in the artefact the sign at this place of the text is."""
        starts = [run.start for run in self.runs]
        run = self.runs[max(bisect_right(starts, at) - 1, 0)]
        if run.source is not None and self.source is not None:
            if not self._lines:
                self._lines.extend(line_starts(self.source))
            where = run.source + at - run.start
            line = bisect_right(self._lines, where)
            return Place(run.label, line, where - self._lines[line - 1] + 1, run.pointer, run.page)
        before = self.text[run.start : at]
        sign = at - run.start - (before.rfind("\n") + 1) + 1
        return Place(run.label, before.count("\n") + 1, sign, run.pointer, run.page)


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something that the public can get: a file, a page, an address; and all texts in it."""

    name: str
    layers: tuple[Layer, ...]


class LayerBuilder:
    """Puts a layer together, run by run."""

    def __init__(self, source: str | None = None) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def add(
        self,
        text: str,
        label: str,
        *,
        source: int | None = None,
        pointer: str | None = None,
        page: int | None = None,
    ) -> None:
        """Append what stands at one place."""
        if text:
            self._runs.append(Run(self._length, label, source, pointer, page))
            self.gap(text)

    def gap(self, text: str) -> None:
        """Append what keeps two runs apart, or belongs to the last one."""
        self._pieces.append(text)
        self._length += len(text)

    def layer(self) -> Layer | None:
        """The layer; nothing when nothing was put in."""
        if not self._runs:
            return None
        return Layer("".join(self._pieces), tuple(self._runs), self._source)


def artefact_of(name: str, *builders: LayerBuilder) -> Artefact:
    """An artefact of all layers that are not empty, and of its own name."""
    named = LayerBuilder()
    named.add(name, "文件名" if "://" not in name and not name.startswith("/items") else "网址")
    layers = (one.layer() for one in (*builders, named))
    return Artefact(name, tuple(one for one in layers if one is not None))


def plain_artefact(name: str, text: str, label: str = "") -> Artefact:
    """A text as an artefact."""
    body = LayerBuilder(text)
    body.add(text, label, source=0)
    return artefact_of(name, body)
