"""Masking of a text for the public, by the case's own parties and by rules.

We know the names: they beat any guessing. What must be kept (officers, the deciding body, the
document number, organisations and their codes) is kept as strictly as persons are hidden; where
the two meet, nothing is decided here: it blocks, and a person decides. Pure functions.

Rules: `law/masking.toml`; all else is left as it is (公安机关执法公开规定 §16).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.law.document_number import normalise_document_number
from mingjing_shared.privacy.masking_accounts import marks_of_accounts, marks_of_births
from mingjing_shared.privacy.masking_employers import marks_of_employers
from mingjing_shared.privacy.masking_family import marks_of_family
from mingjing_shared.privacy.masking_form import Mark, plain, read
from mingjing_shared.privacy.masking_health import marks_of_health
from mingjing_shared.privacy.masking_identity import marks_of_identity
from mingjing_shared.privacy.masking_keeping import kept_spans, stated_spans
from mingjing_shared.privacy.masking_names import spellings
from mingjing_shared.privacy.masking_numbers import marks_of_numbers
from mingjing_shared.privacy.masking_people import officers_of
from mingjing_shared.privacy.masking_persons import marks_of_persons
from mingjing_shared.privacy.masking_places import marks_of_addresses
from mingjing_shared.privacy.masking_rules import RULES, sources_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mingjing_shared.events.values import Party
    from mingjing_shared.privacy.masking_form import Reading

__all__ = ["MASKING_VERSION", "RULES", "Known", "Masked", "kept_marks", "mask", "public_form"]

MASKING_VERSION = "2026-11-27"
_PERSON_SIGNS_MAX = 4
_BODIES_END = frozenset("司所局队厅部院会厂店社行校站馆府处室委团")
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a text: whose it is, what must stay in it, and of which day it is."""

    parties: tuple[Party, ...] = ()
    keep: tuple[str, ...] = ()
    document_number: str | None = None
    made_on: date | None = None

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
    """The text with everything personal hidden, and everything kept that must be.

    The same text and knowledge give the same result; masking a masked text changes nothing.
    """
    reading = read(text)
    kept = [_with_text(mark, text) for mark in _kept(reading, known)]
    found, doubtful = _found(reading, known, kept)
    hidden, blocked = _settled(found, kept)
    sources = sources_on(known.made_on)
    pieces, at = [], 0
    for mark in hidden:
        pieces += [text[at : mark.start], mark.instead]
        at = mark.end
    pieces.append(text[at:])
    blocked += [
        f"“{name}”既是当事人姓名，又与须保留的姓名相同，不能自动区分，请人工处理。"
        for name in doubtful
    ]
    blocked += [
        f"当事人姓名“{party.name}”只有一个字，不能自动隐去，请人工逐处处理。"
        for party in known.persons()
        if len(plain(party.name).replace(" ", "")) == 1
    ]
    return Masked(
        public_text=public_form("".join(pieces)),
        hidden=tuple(
            Mark(
                mark.start,
                mark.end,
                mark.rule,
                mark.instead,
                text[mark.start : mark.end],
                mark.found_by,
                sources[mark.rule],
            )
            for mark in hidden
        ),
        kept=tuple(_with_text(mark, text) for mark in _still(_longest(kept), hidden)),
        blocked=tuple(dict.fromkeys(blocked)),
    )


def kept_marks(text: str, known: Known) -> list[Mark]:
    """Where the text holds what must stay: the terms, and every code of an organisation."""
    return [_with_text(mark, text) for mark in _longest(_kept(read(text), known))]


def _kept(reading: Reading, known: Known) -> list[Mark]:
    own = [plain(party.resident_id or "") for party in known.persons()]
    return kept_spans(reading, (*known.kept_terms(), *_days(known.made_on)), own)


def _days(day: date | None) -> tuple[str, ...]:
    """The day of a decision as it may be written: nobody was born on it."""
    if day is None:
        return ()
    year, month, number = day.year, day.month, day.day
    in_signs = "".join(_NUMERALS[int(sign)] for sign in str(year))
    spelled = f"{in_signs}年{_numeral(month)}月{_numeral(number)}日"
    return (f"{year}年{month}月{number}日", f"{year}年{month:02}月{number:02}日", spelled)


def _numeral(number: int) -> str:
    """十, 十二, 二十, 二十三"""
    tens, ones = divmod(number, 10)
    lead = _NUMERALS[tens] if tens > 1 else ""
    return lead + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")


def _found(reading: Reading, known: Known, kept: Sequence[Mark]) -> tuple[list[Mark], list[str]]:
    """Everything personal in a text, and names that an officer has as well."""
    persons = known.persons()
    covered = _covered(kept, len(reading.flat))
    spans = [(mark.start, mark.end) for mark in kept]
    officers = [*officers_of(reading.flat), *stated_spans(reading.flat)]
    names, doubtful = marks_of_persons(reading, persons, spans, officers)
    found = [*names, *marks_of_numbers(reading, persons)]
    found += marks_of_accounts(reading.flat)
    found += marks_of_births(reading.flat, persons)
    found += marks_of_addresses(reading, persons)
    for marks_of in (marks_of_health, marks_of_employers, marks_of_family, marks_of_identity):
        for mark in marks_of(reading.flat):
            if covered.find(1, mark.start, mark.end) < 0:
                found.append(mark)
            else:
                found += _without(mark, kept)
    return found, doubtful


def _without(mark: Mark, kept: Sequence[Mark]) -> Iterable[Mark]:
    """A clause without what in it must stay; an employer that must stay is none."""
    at = mark.start
    meeting = [one for one in kept if one.start < mark.end and mark.start < one.end]
    if mark.rule == "employer" and any(not _is_of_person(one) for one in meeting):
        return
    for start, end in sorted((one.start, one.end) for one in meeting):
        if start < mark.end and at < end:
            if start - at > 1:
                yield mark._replace(start=at, end=start)
            at = max(at, end)
    if mark.end - at > 1:
        yield mark._replace(start=at)


def _settled(found: Iterable[Mark], kept: Sequence[Mark]) -> tuple[list[Mark], list[str]]:
    """What is hidden, and where hiding meets keeping.

    A name inside a longer term that must stay (建国 in 建国化工有限公司) is that term's, not the
    person's; a term inside somebody's longer name is the person's. Anything else that covers what
    must stay blocks.
    """
    hidden, blocked = [], []
    covered = _covered(kept, max((one.end for one in kept), default=0))
    for mark in found:
        if covered.find(1, mark.start, mark.end) < 0:
            hidden.append(mark)
            continue
        meeting = [one for one in kept if one.start < mark.end and mark.start < one.end]
        if any(_within(mark, one) or _is_same_number(mark, one) for one in meeting):
            continue
        hidden.append(mark)
        blocked += [
            f"“{one.text}”须保留，又与应隐去的{RULES[mark.rule]}重合，不能自动区分，请人工处理。"
            for one in meeting
            if not (_is_of_person(one) and _within(one, mark))
            and not (mark.rule == "name" and (one.start, one.end) == (mark.start, mark.end))
        ]
    return _longest(hidden), blocked


def _is_of_person(kept: Mark) -> bool:
    """Whether what must stay is an officer's name, which may be part of another's or of a road."""
    short = len(kept.text) <= _PERSON_SIGNS_MAX and not kept.text.isascii()
    return short and kept.text[-1] not in _BODIES_END


def _is_same_number(mark: Mark, kept: Mark) -> bool:
    """Whether a number that must stay looks like somebody's (a document's in three groups)."""
    return mark.rule != "name" and (mark.start, mark.end) == (kept.start, kept.end)


def _within(inner: Mark, outer: Mark) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _longest(marks: Iterable[Mark]) -> list[Mark]:
    """Of marks that meet the longest stays, and covers what the shorter would have covered."""
    settled: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.rule != "name")):
        if not settled or mark.start >= settled[-1].end:
            settled.append(mark)
        elif mark.end > settled[-1].end:
            before = settled[-1]
            chief = max(before, mark, key=lambda m: m.end - m.start)
            settled[-1] = chief._replace(start=before.start, end=mark.end)
    return settled


def _still(kept: Iterable[Mark], hidden: Sequence[Mark]) -> Iterable[Mark]:
    """What was to stay and is not part of what was hidden."""
    covered = _covered(hidden, max((one.end for one in hidden), default=0))
    return [one for one in kept if covered.find(1, one.start, one.end) < 0]


def _covered(marks: Iterable[Mark], size: int) -> bytearray:
    """1 for every sign that one of these marks covers."""
    covered = bytearray(size)
    for mark in marks:
        covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return covered


def _with_text(mark: Mark, text: str) -> Mark:
    return Mark(mark.start, mark.end, mark.rule, mark.instead, text[mark.start : mark.end])
