"""Undoes the ways in which markup, scripts and addresses write signs with other signs."""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_shared.privacy.leakcheck.views import View

_ROUNDS_MAX = 4
_ENCODED = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?"
    r"|\\u\{[0-9a-fA-F]{1,6}\}|(?:\\u[0-9a-fA-F]{4})+|(?:\\x[0-9a-fA-F]{2})+"
    r"|(?:%u[0-9a-fA-F]{4})+|(?:%[0-9a-fA-F]{2})+|(?:=[0-9A-F]{2}){3,}"
    r"|xn--[a-z0-9-]{2,63}|U\+[0-9A-F]{4,5}"
)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{8,}={0,2}(?![A-Za-z0-9+/_=-])")
_TELLING = re.compile(r"[\u3400-\u9fff]{2}|[0-9]{6}")


def decoded(view: View) -> View:
    """The text with every encoded sign as itself, also what was encoded more than once."""
    for _ in range(_ROUNDS_MAX):
        if not _may_be_encoded(view.text):
            break
        before = view
        view = view.replaced(_ENCODED, _decode)
        if view.text == before.text:
            break
    return view


def hidden_texts(text: str) -> Iterator[tuple[int, str]]:
    """Texts that stand in Base64, each with the place where it begins."""
    for one in _BASE64.finditer(text):
        word = one.group().rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            inner = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode()
        except (binascii.Error, ValueError):
            continue
        if inner.isprintable() and _TELLING.search(inner):
            yield one.start(), inner


def _may_be_encoded(text: str) -> bool:
    return any(sign in text for sign in ("&", "\\", "%", "=", "xn--", "U+"))


def _decode(one: re.Match[str]) -> str:
    word = one.group()
    if word.startswith("&"):
        return html.unescape(word)
    if word.startswith("xn--"):
        return _of_host(word)
    if word[0] in "%=" and word[1] != "u":
        return _of_bytes(bytes.fromhex(word.replace(word[0], "")), word)
    if word.startswith("\\x"):
        return _of_bytes(bytes.fromhex(word.replace("\\x", "")), word)
    codes = re.findall(r"[0-9a-fA-F]{4,6}|(?<=\{)[0-9a-fA-F]+", word)
    if not codes:
        return word
    raw = "".join(map(_sign, codes))
    return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sign(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""


def _of_host(word: str) -> str:
    try:
        return word.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return word


def _of_bytes(raw: bytes, word: str) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return word
