"""Numbers of police case documents, such as 淮公(田)行罚决字〔2019〕00123号.

The agency, the unit in brackets (may be missing), the kind of document, the year and the
sequence with its zeros. Kinds are a closed list: an open pattern would split 京公海行罚决字
wrongly. What is not on the list is kept as it came, with a finding, and never refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

KINDS: Mapping[str, str] = {
    "行罚决": "行政处罚决定书",
    "不罚决": "不予行政处罚决定书",
    "行不罚决": "不予行政处罚决定书",
    "受案": "受案登记表",
    "传": "传唤证",
    "证保决": "证据保全决定书",
    "强制执行": "行政强制执行决定书",
}
"""Kind in the number → title of the document. 行罚决 was seen in the field, the others are
from memory: the list grows as real documents show more."""

_LENGTH_MAX = 100
_OPENING, _CLOSING = r"[(\[{〔【〖〘<〈《「『]", r"[)\]}〕】〗〙>〉》」』]"
_YEAR_IN_BRACKETS = re.compile(rf"{_OPENING}\s*([0-9]{{4}})\s*年?\s*{_CLOSING}")
_TAIL = r"字〔([0-9]{4})〕第?([0-9]{1,6})号"
_HAN = r"[\u4e00-\u9fa5]"
_BY_LENGTH = "|".join(sorted(KINDS, key=len, reverse=True))
_KNOWN = re.compile(
    rf"({_HAN[:-1]}X]{{1,8}}?公{_HAN}{{0,6}}?)(?:\(({_HAN}{{1,8}})\))?({_BY_LENGTH}){_TAIL}"
)
_POLICE = re.compile(rf"{_HAN[:-1]}X]{{1,8}}?公{_HAN}{{0,6}}?(?:\({_HAN}{{1,8}}\))?{_HAN}+{_TAIL}")
_ANY_BODY = re.compile(rf".+{_TAIL}")


class UnknownReason(StrEnum):
    """Why a number could not be taken apart."""

    UNKNOWN_KIND = "unknown_kind"
    NOT_POLICE = "not_police"
    NOT_A_NUMBER = "not_a_number"


_SAYS = {
    UnknownReason.UNKNOWN_KIND: "文书种类不在已知清单内",
    UnknownReason.NOT_POLICE: "不是公安机关的文书文号",
    UnknownReason.NOT_A_NUMBER: "不符合文号格式，例如 淮公(田)行罚决字〔2019〕00123号",
}


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number taken apart. Unique per (agency, unit, kind, year); the sequence keeps zeros."""

    raw: str
    agency: str
    unit: str | None
    kind: str
    year: int
    sequence: str

    @property
    def title(self) -> str:
        """The title of the document that bears such a number."""
        return KINDS[self.kind]

    @property
    def normalised(self) -> str:
        """As it is printed: half-width brackets round the unit, 〔〕 round the year, no 第."""
        unit = f"({self.unit})" if self.unit else ""
        return f"{self.agency}{unit}{self.kind}字〔{self.year}〕{self.sequence}号"


@dataclass(frozen=True, slots=True)
class UnknownDocumentNumber:
    """A number kept as it came, because it could not be taken apart: stored with a finding."""

    raw: str
    reason: UnknownReason

    @property
    def normalised(self) -> str:
        """The brackets made regular as far as that is safe; for showing, not for keys."""
        return normalise_document_number(self.raw)

    @property
    def says(self) -> str:
        """The finding, for the page of the document."""
        return f"文号“{self.raw[:_LENGTH_MAX]}”{_SAYS[self.reason]}，已按原样保存"


def normalise_document_number(raw: str) -> str:
    """Full-width to half-width, no blanks, any bracket round a year to 〔〕; nothing else."""
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", text)


def parse_document_number(raw: str) -> DocumentNumber | UnknownDocumentNumber:
    """The parts of a document number, or why it has none. Never raises."""
    text = normalise_document_number(raw)
    if len(text) > _LENGTH_MAX:
        return UnknownDocumentNumber(raw, UnknownReason.NOT_A_NUMBER)
    match = _KNOWN.fullmatch(text)
    if match:
        agency, unit, kind, year, sequence = match.groups()
        return DocumentNumber(raw, agency, unit, kind, int(year), sequence)
    return UnknownDocumentNumber(raw, _why(text))


def _why(text: str) -> UnknownReason:
    if _POLICE.fullmatch(text):
        return UnknownReason.UNKNOWN_KIND
    return UnknownReason.NOT_POLICE if _ANY_BODY.fullmatch(text) else UnknownReason.NOT_A_NUMBER
