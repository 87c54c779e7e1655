"""Reading a page of the public face as a citizen's browser does: what does it say?

The page marks its text with ``data-public="text"`` and its tombstone with
``data-public="withdrawn"``; a line of the text is a paragraph. What is compared is what is
shown, not what the page says of itself.
"""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


class _Reader(HTMLParser):
    """Collects the paragraphs of the element that is marked as the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: set[str] = set()
        self.lines: list[str] = []
        self._depth = 0
        self._in_line = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        mark = dict(attrs).get("data-public")
        if mark:
            self.marks.add(mark)
        if tag in _VOID:
            return
        if self._depth or mark == "text":
            self._depth += 1
        if self._depth and tag == "p":
            self.lines.append("")
            self._in_line = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._depth:
            return
        self._depth -= 1
        if tag == "p":
            self._in_line = False

    def handle_data(self, data: str) -> None:
        if self._in_line:
            self.lines[-1] += data


def text_shown(page: str) -> str | None:
    """The public text that a page shows, in its public form; nothing if it shows none."""
    reader = _read(page)
    return "\n".join(reader.lines) if "text" in reader.marks else None


def says_withdrawn(page: str) -> bool:
    """Whether a page is a tombstone, and shows no text."""
    marks = _read(page).marks
    return "withdrawn" in marks and "text" not in marks


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader
