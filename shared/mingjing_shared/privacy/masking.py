"""First masking of a text for the public: by the case's own parties and by numbers that check.

We know the names: they beat any guessing. What must be kept (officers, the deciding body, the
document number, organisations and their codes) is kept as strictly as persons are hidden; where
the two meet, nothing is decided here: it blocks, and a person decides. Pure functions.

Rules: 公安机关执法公开规定 (公通字〔2018〕26号) §14, §15; all else is left as it is (§16).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.law.document_number import normalise_document_number
from mingjing_shared.law.identity import is_social_credit_code
from mingjing_shared.privacy.masking_form import Mark, plain, spans_of
from mingjing_shared.privacy.masking_names import marks_of_names, spellings
from mingjing_shared.privacy.masking_numbers import CODE_RUN, marks_of_numbers
from mingjing_shared.privacy.masking_places import marks_of_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.events.values import Party

MASKING_VERSION = "2026-11-first"
GONE = "×"

RULES = {
    "name": "姓名",
    "resident_id": "公民身份号码",
    "passport": "证件号码",
    "phone": "联系电话",
    "plate": "车牌号",
    "bank_card": "银行账号",
    "email": "电子邮箱",
    "birth": "出生月日",
    "address": "详细住址",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a text: whose it is, and what must stay in it."""

    parties: tuple[Party, ...] = ()
    keep: tuple[str, ...] = ()
    document_number: str | None = None

    def kept_terms(self) -> tuple[str, ...]:
        """Everything that must stay, longest first: a short one may lie within a long one."""
        terms = {term.strip() for term in self.keep}
        if self.document_number:
            terms |= {self.document_number, normalise_document_number(self.document_number)}
        for party in self.parties:
            if party.kind == "organisation":
                terms |= {name for name in spellings(party.name) if len(name) > 1}
                terms.add(party.social_credit_code or "")
        return tuple(sorted(terms - {""}, key=lambda term: (-len(term), term)))

    def persons(self) -> tuple[Party, ...]:
        """The parties who are natural persons."""
        return tuple(party for party in self.parties if party.kind == "person")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text for the public, and how it came from the original.

    Attributes:
        public_text: the text in its public form.
        hidden: what was hidden of the original, in order; none overlap.
        kept: what had to stay and did, in order.
        blocked: why a person must decide before this may be public, in Chinese.
    """

    public_text: str
    hidden: tuple[Mark, ...]
    kept: tuple[Mark, ...]
    blocked: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """What was hidden and what stands instead, to be compared as wholes."""
        return frozenset({word for mark in self.hidden for word in (mark.text, mark.instead)})


def public_form(text: str) -> str:
    """A text as it is hashed and shown: NFC, no blanks around lines, no empty lines."""
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def mask(text: str, known: Known) -> Masked:
    """The text with everything personal hidden that is known, and everything kept that must be.

    The same text and knowledge give the same result; masking a masked text changes nothing.
    """
    flat = plain(text)
    kept = kept_marks(text, known)
    hidden, blocked = _settled(_found(flat, known.persons()), kept)
    pieces, at = [], 0
    for mark in hidden:
        pieces += [text[at : mark.start], mark.instead]
        at = mark.end
    pieces.append(text[at:])
    blocked += [
        f"当事人姓名“{party.name}”只有一个字，不能自动隐去，请人工逐处处理。"
        for party in known.persons()
        if len(plain(party.name).replace(" ", "")) == 1
    ]
    return Masked(
        public_text=public_form("".join(pieces)),
        hidden=tuple(_with_text(mark, text) for mark in hidden),
        kept=tuple(kept),
        blocked=tuple(dict.fromkeys(blocked)),
    )


def kept_marks(text: str, known: Known) -> list[Mark]:
    """Where the text holds what must stay: the terms, and every code of an organisation."""
    flat = plain(text)
    marks: list[Mark] = []
    for term in known.kept_terms():
        marks += [Mark(start, end, "keep") for start, end in spans_of(flat, plain(term))]
    marks += [
        Mark(found.start(), found.end(), "keep")
        for found in CODE_RUN.finditer(flat)
        if is_social_credit_code(found.group())
        and not any(found.group() == plain(p.resident_id or "") for p in known.persons())
    ]
    return [_with_text(mark, text) for mark in _longest(marks)]


def _found(flat: str, persons: Sequence[Party]) -> list[Mark]:
    """Everything personal in a plain text, also what only shows when its neighbour is gone."""
    found = marks_of_names(flat, persons)
    while True:
        more = [*marks_of_numbers(flat, persons), *marks_of_addresses(flat, persons)]
        if not more:
            return found
        found += more
        for mark in more:
            flat = flat[: mark.start] + GONE * (mark.end - mark.start) + flat[mark.end :]


def _settled(found: Iterable[Mark], kept: Sequence[Mark]) -> tuple[list[Mark], list[str]]:
    """What is hidden, and where hiding meets keeping.

    A name inside a longer term that must stay (建国 in 建国化工有限公司) is that term's, not the
    person's. A found thing that covers what must stay, or is the same, blocks.
    """
    hidden, blocked = [], []
    for mark in found:
        meeting = [one for one in kept if one.start < mark.end and mark.start < one.end]
        if any(_within(mark, one) for one in meeting):
            continue
        hidden.append(mark)
        blocked += [
            f"“{one.text}”须保留，又与应隐去的{RULES[mark.rule]}重合，不能自动区分，请人工处理。"
            for one in meeting
        ]
    return _longest(hidden), blocked


def _within(inner: Mark, outer: Mark) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _longest(marks: Iterable[Mark]) -> list[Mark]:
    """Of marks that meet the longest stays, and covers what the shorter would have covered."""
    settled: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.rule)):
        if not settled or mark.start >= settled[-1].end:
            settled.append(mark)
        elif mark.end > settled[-1].end:
            before = settled[-1]
            chief = max(before, mark, key=lambda m: m.end - m.start)
            settled[-1] = Mark(before.start, mark.end, chief.rule, chief.instead)
    return settled


def _with_text(mark: Mark, text: str) -> Mark:
    return Mark(mark.start, mark.end, mark.rule, mark.instead, text[mark.start : mark.end])
