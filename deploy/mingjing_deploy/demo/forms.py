"""The forms of a page as a browser sends them: with what stands in them, and what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from typing import Any

Values = dict[str, list[str]]
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_REFUSED = re.compile(r'<div class="(?:mj-)?refused".*?</div>', re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
_COUNTS = re.compile(r'<nav class="mj-counts".*?</nav>', re.DOTALL)
_TILE = re.compile(r"<b>([^<]*)</b>\s*<span>([^<]*)</span>")
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


@dataclass
class Form:
    """One form: where it goes, and what its fields hold."""

    action: str = ""
    values: Values = field(default_factory=dict)

    def filled(self, typed: Mapping[str, Any]) -> Values:
        """What is sent when this is typed over what stands there; None empties a field."""
        sent = {**self.values, **{name: _texts(value) for name, value in typed.items()}}
        return {name: values for name, values in sent.items() if values}


@dataclass(frozen=True)
class Page:
    """A page; of it only what somebody looks at is read."""

    html: str

    @cached_property
    def forms(self) -> list[Form]:
        """Its forms, in order."""
        return [_form_in(piece) for piece in _FORM.findall(self.html)]

    def form(self, ending: str) -> Form | None:
        """The form that goes to an address of this ending."""
        return next((one for one in self.forms if one.action.endswith(ending)), None)

    @property
    def refused(self) -> str:
        """What the page says of something that was not done."""
        return " ".join(_words(piece) for piece in _REFUSED.findall(self.html))

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [unescape(link) for link in _LINK.findall(self.html)]

    @property
    def tiles(self) -> dict[str, int]:
        """The counts on top of a list, by their names."""
        counted = [pair for nav in _COUNTS.findall(self.html) for pair in _TILE.findall(nav)]
        plain = [(name.strip(), number.replace(",", "").rstrip("+")) for number, name in counted]
        return {unescape(name): int(number) for name, number in plain if number.isdecimal()}

    @property
    def text(self) -> str:
        """Its words."""
        return _words(self.html)


def _words(html: str) -> str:
    return " ".join(unescape(_UNSEEN.sub(" ", html)).split())


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _form_in(piece: str) -> Form:
    reader = _Reader()
    reader.feed(piece)
    reader.close()
    return reader.form


class _Reader(HTMLParser):
    """Collects the fields of one form."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self._area: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        values = self.form.values
        if tag == "form":
            self.form.action = given.get("action", "")
        elif tag == "input" and name and given.get("type") not in ("file", "submit"):
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                values.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._area = name
            values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            values[self._select] = [value]

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """Text: what stands in a field of several lines."""
        if self._area is not None:
            self.form.values[self._area][0] += data
