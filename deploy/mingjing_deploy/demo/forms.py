"""The forms of a page as a browser sends them: with what stands in them, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Values = dict[str, list[str]]


@dataclass
class Form:
    """One form: where it goes, and what its fields hold."""

    action: str
    values: Values = field(default_factory=dict)

    def filled(self, typed: Mapping[str, Any]) -> dict[str, list[str]]:
        """What is sent when this is typed over what stands there; None empties a field."""
        sent = {**self.values, **{name: _texts(value) for name, value in typed.items()}}
        return {name: values for name, values in sent.items() if values}


@dataclass
class Page:
    """What of a page somebody who acts looks at."""

    forms: list[Form]
    refused: str
    links: list[str]
    tiles: dict[str, int]
    text: str

    def form(self, ending: str) -> Form | None:
        """The form that goes to an address of this ending."""
        return next((one for one in self.forms if one.action.endswith(ending)), None)


def read_page(html: str) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(
        reader.forms,
        " ".join(reader.refused.split()),
        reader.links,
        reader.tiles,
        " ".join(reader.words.split()),
    )


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


class _Reader(HTMLParser):
    """Collects forms and their fields, refusals, links and the counts on top of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.tiles: dict[str, int] = {}
        self.refused = ""
        self.words = ""
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._in_refusal = 0
        self._in_counts = False
        self._tile: list[str] | None = None
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        given = {name: value or "" for name, value in attrs}
        kind = given.get("class", "")
        if tag in ("script", "style"):
            self._hidden = True
        if tag == "form":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a":
            self.links.append(given.get("href", ""))
            self._tile = [] if self._in_counts else None
        elif tag == "nav":
            self._in_counts = "mj-counts" in kind
        elif tag == "div":
            self._in_refusal += bool(self._in_refusal) or kind in ("mj-refused", "refused")
        elif self._form is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: Mapping[str, str]) -> None:
        assert self._form is not None
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name and given.get("type") not in ("file", "submit"):
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen:
                self._form.values.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._area = name
            self._form.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._form.values[self._select] = [value]

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in ("script", "style"):
            self._hidden = False
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "nav":
            self._in_counts = False
        elif tag == "div" and self._in_refusal:
            self._in_refusal -= 1
        elif tag == "a" and self._tile is not None:
            self._note_tile(self._tile)
            self._tile = None

    def _note_tile(self, words: list[str]) -> None:
        number, _, name = " ".join(words).partition(" ")
        digits = number.replace(",", "").removesuffix("+")
        if digits.isdecimal() and name:
            self.tiles[name.strip()] = int(digits)

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._hidden:
            return
        if self._area is not None and self._form is not None:
            self._form.values[self._area][0] += data
            return
        if self._in_refusal:
            self.refused += data + " "
        if self._tile is not None and data.strip():
            self._tile.append(data.strip())
        self.words += data + " "
