"""What must stay in a text for the public: terms that were given, and what shows by its form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.law.identity import is_social_credit_code
from mingjing_shared.privacy.masking_form import Mark, Reading, plain
from mingjing_shared.privacy.masking_numbers import CODE_RUN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CODE_CUE = re.compile(r"(?:信用代码|代码|注册号)[^0-9A-Z。;\n]{0,8}$")
_POLICE_NUMBER = re.compile(r"警号[ :：为是(]{0,3}([0-9]{5,8})(?![0-9])")
_LAW = re.compile(
    r"《[^《》\n]{2,60}(?:〈[^〉\n]{2,40}〉[^《》\n]{0,10})?》(?:第[一二三四五六七八九十百零0-9]+"
    r"条(?:之[一二三])?"
    r"(?:第[一二三四五六七八九十0-9]+[款项目])*[、和及]?)*"
)
_LAW_NAME = re.compile(
    r"(?:法|条例|办法|规定|规则|细则|解释|标准|规范|意见|通知|决定|程序|目录|公约)[)〉]?》"
)
_YEAR = re.compile(r"[〔\[(]20[0-9]{2}[〕\])]")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,4}第?[0-9A-Z\-]{1,20}号")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,2}[公府政][\u4e00-\u9fff]{0,6}(?:\([\u4e00-\u9fff]{1,8}\))?[\u4e00-\u9fff]{"
    r"0,10}$"
)
_BODY_SIGNS = 30


def kept_spans(reading: Reading, terms: Iterable[str], own_numbers: Sequence[str]) -> list[Mark]:
    """Where the text holds what must stay: the terms, and every code of an organisation.

    A term stands also where blanks or line breaks are within it. Of places that meet the longest
    counts.
    """
    marks: list[Mark] = []
    for term in terms:
        form = plain(term)
        if form.isascii() and form.isalnum():
            marks += _alone(reading.flat, form)
        else:
            dense = form.replace(" ", "").replace("\n", "")
            marks += [Mark(start, end, "keep") for start, end in reading.all_of(dense)]
    for found in CODE_RUN.finditer(reading.flat):
        code = found.group()
        if code in own_numbers:
            continue
        before = reading.flat[max(found.start() - 14, 0) : found.start()]
        if is_social_credit_code(code) or _CODE_CUE.search(before):
            marks.append(Mark(*found.span(), "keep"))
    marks += [Mark(*found.span(1), "keep") for found in _POLICE_NUMBER.finditer(reading.flat)]
    return marks


def stated_spans(flat: str) -> list[tuple[int, int]]:
    """Citations of law and numbers of documents: names within them are none."""
    spans = [m.span() for m in _LAW.finditer(flat) if _LAW_NAME.search(m.group())]
    for year in _YEAR.finditer(flat):
        behind = _NUMBER.match(flat, year.end())
        before = _BODY.search(flat[max(year.start() - _BODY_SIGNS, 0) : year.start()])
        if behind and before:
            spans.append((year.start() - len(before.group()), behind.end()))
    return spans


def _alone(flat: str, number: str) -> list[Mark]:
    found = []
    at = flat.find(number)
    while at >= 0:
        end = at + len(number)
        near = flat[at - 1 : at] + flat[end : end + 1]
        if not (near.isascii() and any(sign.isalnum() for sign in near)):
            found.append(Mark(at, end, "keep"))
        at = flat.find(number, at + 1)
    return found
