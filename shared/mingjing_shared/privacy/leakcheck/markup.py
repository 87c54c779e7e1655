"""HTML, XML and feeds as layers: what is read, and what stands in tags, comments and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.artefact import LayerBuilder, artefact_of

if TYPE_CHECKING:
    from mingjing_shared.privacy.leakcheck.artefact import Artefact

_PIECE = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|$)"
    r"|<!\[CDATA\[(?P<data>.*?)\]\]>"
    r"|<(?P<code>script|style)\b(?P<code_tag>[^>]*)>(?P<script>.*?)</(?P=code)\s*>"
    r"|<(?P<tag>[/!?]?[a-zA-Z][\w:.-]*)(?P<inside>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)


def markup_artefact(name: str, source: str) -> Artefact:
    """A page or feed: the read text, apart from it what only a program or a curious one sees."""
    read, unseen = LayerBuilder(source), LayerBuilder(source)
    for one in _PIECE.finditer(source):
        kind = one.lastgroup
        if kind == "text":
            read.add(one["text"], "正文", source=one.start("text"))
        elif one["data"] is not None:
            read.add(one["data"], "正文", source=one.start("data"))
        elif one["comment"] is not None:
            _unseen(unseen, one, "comment", "注释")
        elif one["script"] is not None:
            _unseen(unseen, one, "script", "脚本或样式")
            _attributes(unseen, one, "code_tag")
        else:
            if one["tag"].strip("/!?").lower() not in _INLINE:
                read.gap("\n")
            _attributes(unseen, one, "inside")
    return artefact_of(name, read, unseen)


def _unseen(layer: LayerBuilder, one: re.Match[str], group: str, label: str) -> None:
    layer.add(one[group], label, source=one.start(group))
    layer.gap("\n")


def _attributes(layer: LayerBuilder, one: re.Match[str], group: str) -> None:
    start = one.start(group)
    for found in _ATTRIBUTE.finditer(one[group]):
        value = found[2]
        quoted = value[:1] in "\"'"
        inner = value[1:-1] if quoted else value
        layer.add(inner, f"属性 {found[1]}", source=start + found.start(2) + quoted)
        layer.gap("\n")
