"""Reads files as artefacts: the only module of the leak check that touches anything outside."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mingjing_shared.privacy.leakcheck.artefact import LayerBuilder, artefact_of, plain_artefact
from mingjing_shared.privacy.leakcheck.markup import markup_artefact

if TYPE_CHECKING:
    from pathlib import Path

    from mingjing_shared.privacy.leakcheck.artefact import Artefact

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class CannotRead(Exception):
    """An artefact cannot be read, so nobody can say that it is clean; why, in Chinese."""


def read_artefact(file: Path, name: str | None = None) -> Artefact:
    """A file as an artefact, by the form that its name or its first signs say.

    ``name`` is the one under which it is public, where that is longer than the file's own.

    Raises:
        CannotRead: it is missing, damaged, or locked with a password.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CannotRead(
            f"读不了文件 {file}（{error.strerror or type(error).__name__}）"
        ) from error
    return artefact_of_bytes(name or file.name, raw)


def artefact_of_bytes(name: str, raw: bytes) -> Artefact:
    """The bytes of a file as an artefact.

    Raises:
        CannotRead: they are not of the form that they claim.
    """
    lower = name.lower()
    if raw.startswith(b"%PDF-") or lower.endswith(".pdf"):
        return _pdf(name, raw)
    text = _text(raw)
    head = text.lstrip()[:1]
    ending = lower[lower.rfind(".") :]
    if ending in _READERS:
        return _READERS[ending](name, text)
    if head == "<":
        return markup_artefact(name, text)
    if head in ("{", "["):
        try:
            return _json(name, text)
        except CannotRead:
            pass  # text that begins like it
    return plain_artefact(name, text)


def _text(raw: bytes) -> str:
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return raw.decode(charset, "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def json_artefact(name: str, value: Any) -> Artefact:
    """A JSON value as an artefact: every key and every value, each with its pointer."""
    body = LayerBuilder()
    _walk(body, value, "")
    return artefact_of(name, body)


def _json(name: str, text: str) -> Artefact:
    try:
        value = json.loads(text, parse_float=Decimal, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        raise CannotRead(f"{name} 不是完整的 JSON（{error}）") from error
    return json_artefact(name, value)


def _json_lines(name: str, text: str) -> Artefact:
    body = LayerBuilder()
    for number, line in enumerate(text.splitlines()):
        if line.strip():
            try:
                value = json.loads(line, parse_float=Decimal, object_pairs_hook=_Pairs)
            except (ValueError, RecursionError) as error:
                raise CannotRead(f"{name} 第 {number + 1} 行不是完整的 JSON（{error}）") from error
            _walk(body, value, f"/{number}")
    return artefact_of(name, body)


class _Pairs(list[tuple[str, Any]]):
    """An object with all its keys, also those that stand twice."""


def _walk(body: LayerBuilder, value: Any, pointer: str) -> None:
    if isinstance(value, dict):
        value = _Pairs(value.items())
    if isinstance(value, _Pairs):
        for key, inner in value:
            escaped = str(key).replace("~", "~0").replace("/", "~1")
            _json_text(body, str(key), f"{pointer}/{escaped}", "键 ")
            _walk(body, inner, f"{pointer}/{escaped}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _walk(body, inner, f"{pointer}/{number}")
    elif isinstance(value, Decimal):
        _json_text(body, f"{value:f}".removesuffix(".0"), pointer)
    elif value is not None and not isinstance(value, bool):
        _json_text(body, str(value), pointer)


def _json_text(body: LayerBuilder, text: str, pointer: str, what: str = "") -> None:
    body.add(text, f"{what}{pointer or '/'}", pointer=pointer or "/")
    body.gap("\n")


def _table(name: str, text: str) -> Artefact:
    first = text.partition("\n")[0]
    sign = max("\t,;", key=first.count)
    body = LayerBuilder()
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=sign), 1):
            for column, cell in enumerate(cells, 1):
                body.add(cell, f"第 {row} 行第 {column} 列")
                body.gap("\n")
    except csv.Error as error:
        raise CannotRead(f"{name} 不是完整的表格（{error}）") from error
    return artefact_of(name, body)


def _pdf(name: str, raw: bytes) -> Artefact:
    pages, about = LayerBuilder(), LayerBuilder()
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotRead(f"{name} 设有密码，无法检查")
        for number, page in enumerate(reader.pages, 1):
            pages.add(page.extract_text(), f"第 {number} 页", page=number)
            pages.gap("\n")
            for note in page.annotations or ():
                told = note.get_object()
                words = [str(told[key]) for key in ("/Contents", "/TU", "/V") if key in told]
                pages.add("\n".join(words), f"第 {number} 页批注", page=number)
                pages.gap("\n")
        for key, value in (reader.metadata or {}).items():
            about.add(str(value), f"元数据 {key}")
            about.gap("\n")
        for inner in reader.attachments:
            about.add(inner, "附件名")
            about.gap("\n")
        _xmp(about, reader)
        _outline(about, reader.outline)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise CannotRead(f"{name} 不是完整的 PDF（{type(error).__name__}）") from error
    return artefact_of(name, pages, about)


def _xmp(about: LayerBuilder, reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    if "/Metadata" in root:
        raw: bytes = root["/Metadata"].get_object().get_data()
        about.add(raw.decode("utf-8", "replace"), "元数据 XMP")
        about.gap("\n")


def _outline(about: LayerBuilder, entries: Any) -> None:
    for entry in entries:
        if isinstance(entry, list):
            _outline(about, entry)
        else:
            about.add(str(entry.title), "书签")
            about.gap("\n")


_READERS = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xml", ".atom", ".rss", ".svg"), markup_artefact),
    **dict.fromkeys((".json", ".geojson", ".webmanifest"), _json),
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    **dict.fromkeys((".csv", ".tsv"), _table),
}
