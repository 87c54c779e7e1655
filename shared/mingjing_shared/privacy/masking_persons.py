"""Every person of a text: the parties of the case, and those found by the words around them.

Whoever is found once is hidden everywhere, see `masking_namings`; the same person has the same
stand-in throughout a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_shared.events import codes
from mingjing_shared.privacy.masking_breaks import across_breaks
from mingjing_shared.privacy.masking_called import called_of
from mingjing_shared.privacy.masking_context import is_after_things
from mingjing_shared.privacy.masking_form import DOTS, Mark, Reading, plain, without_blanks
from mingjing_shared.privacy.masking_likely import LIKELY, likely_names
from mingjing_shared.privacy.masking_names import (
    Person,
    hideable_spellings,
    is_dotted,
    is_latin,
    parts_of,
    stand_ins,
)
from mingjing_shared.privacy.masking_namings import namings_of, places_of
from mingjing_shared.privacy.masking_people import Found, beside, people_of
from mingjing_shared.privacy.masking_peoples import peoples_of
from mingjing_shared.privacy.masking_words import COMPOUND_SURNAMES, SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.events.values import Party

Span = tuple[int, int]
_ROLES = codes.names_of(codes.PartyRole)
SOMEBODY = "某某"
_HIDDEN = re.compile(r"[某×*]")
_SENTENCE_END = re.compile(r"[。\n;]")
_OWNER_SIGNS = 24


@dataclass(slots=True)
class _Known:
    """Whom we know of so far, by every name, and what must stay."""

    reading: Reading
    persons: list[Person]
    kept: Sequence[Span]
    names: dict[str, Person] = field(default_factory=dict)
    kept_words: frozenset[str] = frozenset()


def marks_of_persons(
    reading: Reading, parties: Sequence[Party], kept: Sequence[Span], stated: Sequence[Span]
) -> tuple[list[Mark], list[str]]:
    """Where persons are named with what the public reads instead, and names that are doubtful.

    ``kept`` must stay; in ``stated`` (officers, citations) nobody is looked for.
    """
    persons = _parties(parties)
    _add_found(reading, persons, [*kept, *stated])
    namings = namings_of(reading, persons, kept, stated)
    there = {id(naming.person) for naming in namings}
    named = [one for one in persons if id(one) in there and not one.is_nameless]
    words = stand_ins([one.chief for one in named], reading.flat)
    instead = {id(one): word for one, word in zip(named, words, strict=True)}
    marks = [
        Mark(
            *naming.span,
            "name",
            instead.get(id(naming.person), SOMEBODY),
            found_by=naming.person.found_by,
        )
        for naming in namings
    ]
    return marks, [reading.flat[slice(*one.span)] for one in namings if one.is_doubtful]


def _parties(parties: Iterable[Party]) -> list[Person]:
    """Each party once, by chief spelling: the same by number or by name."""
    found: dict[str, Person] = {}
    persons: list[Person] = []
    for party in parties:
        given = hideable_spellings(party.name)
        if not given:
            continue
        number = plain(party.resident_id or "")
        person = (found.get(number) if number else None) or found.get(given[0])
        if person is None:
            role = _ROLES.get(party.role or "", "")
            by = f"当事人名单（{role}）" if role else "当事人名单"
            person = Person(given[0], [], found_by=by, is_party=True)
            persons.append(person)
        for key in (number, *given):
            if key:
                found.setdefault(key, person)
        person.full += [name for name in given if name not in person.full]
    for person in persons:
        for name in person.full:
            person.parts += [p for p in parts_of(name) if p not in (*person.parts, *person.full)]
    return persons


def _add_found(reading: Reading, persons: list[Person], kept: Sequence[Span]) -> None:
    """Persons found by the words around them join those who are known."""
    flat = reading.flat
    known = _Known(
        reading,
        persons,
        kept,
        {name: person for person in persons for name in (*person.full, *person.parts)},
        frozenset(without_blanks(flat[a:b]) for a, b in kept),
    )
    _join(known, peoples_of(flat, reading.said))
    _join(known, [*people_of(flat), *called_of(flat), *across_breaks(flat)])
    _join(known, _by_form(known))
    listed = [
        one
        for person in persons
        if not person.is_nameless
        for name in person.full
        for start, end in places_of(reading, name)
        if not is_after_things(flat, start)
        for one in beside(flat, end)
    ]
    _join(known, listed)


def _by_form(known: _Known) -> list[Found]:
    """Whoever is named by what names look like, where nobody is named yet."""
    flat = known.reading.flat
    taken = bytearray(len(flat))
    spans = [
        span
        for person in known.persons
        for name in (*person.full, *person.parts)
        for span in places_of(known.reading, name)
    ]
    for start, end in known.kept:
        taken[start:end] = b"\2" * (end - start)
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return [
        Found(one.start, one.end, "姓名的字形与前后文字")
        for one in likely_names(flat, LIKELY, taken)
        if not any(flat[one.start : one.end] in word for word in known.kept_words)
    ]


def _join(known: _Known, every: Iterable[Found]) -> None:
    """Those who are found become persons of their own, or another name of somebody known."""
    flat = known.reading.flat
    placed = [
        span
        for person in known.persons
        for name in person.full
        for span in places_of(known.reading, name)
    ]
    for found in sorted(every, key=lambda one: (one.start, one.start - one.end)):
        name = flat[found.start : found.end]
        name = " ".join(name.split()) if is_latin(name) else without_blanks(name)
        if len(name) < 2 or name in known.names or _may_stay(known, found, name):
            continue
        if is_dotted(name) and any(is_dotted(one) and one in name for one in known.names):
            continue  # the name of somebody known, and what follows it
        if _HIDDEN.search(flat, found.start, found.end + 1) or _cuts(found, placed):
            continue
        owner = _owner(known, found, name)
        if owner is not None:
            owner.full.append(name)
            if is_dotted(name) or is_latin(name):
                owner.parts += [part for part in parts_of(name) if part not in known.names]
            known.names[name] = owner
            continue
        nameless = _is_nameless(found, name)
        person = Person(name, [name], found_by=found.found_by, is_nameless=nameless)
        if found.is_sure:
            person.sure.add((found.start, found.end))
        if not nameless and (not found.is_nickname or is_dotted(name)):
            person.parts = [part for part in parts_of(name) if part not in known.names]
        known.persons.append(person)
        known.names[name] = person


def _may_stay(known: _Known, found: Found, name: str) -> bool:
    """Whether it is a part of what must stay, or called like it (老李头 of 老李头废品公司)."""
    if name in known.kept_words:
        return True
    dotted = any(dot in name for dot in DOTS)
    is_whole = found.end - found.start == len(name) and not dotted  # no break runs through it
    if any(
        a < found.end and found.start < b and not (is_whole and found.start <= a and b <= found.end)
        for a, b in known.kept
    ):
        return True
    parts = parts_of(name) if dotted else ()
    names = (*((name,) if found.is_nickname else ()), *parts)
    return any(one in word for one in names for word in known.kept_words)


def _cuts(found: Found, placed: Iterable[Span]) -> bool:
    """Whether it meets the name of somebody known without holding it or lying within it."""
    return any(
        a < found.end
        and found.start < b
        and not (found.start <= a and b <= found.end)
        and not (a <= found.start and found.end <= b)
        for a, b in placed
    )


def _owner(known: _Known, found: Found, name: str) -> Person | None:
    """Whose other name it is.

    A dotted one that holds a name that is known; of others the person who is named last before
    it, close by and in the same sentence.
    """
    if any(dot in name for dot in DOTS):
        same = next((who for one, who in known.names.items() if one in name), None)
        if same is not None:
            return same
    if not found.is_nickname:
        return None
    flat, start = known.reading.flat, found.start
    before = _SENTENCE_END.split(flat[max(start - _OWNER_SIGNS, 0) : start])[-1].replace(" ", "")
    best: tuple[int, Person] | None = None
    for person in known.persons:
        for full in person.full:
            at = before.rfind(full.replace(" ", ""))
            if at >= 0 and (best is None or at > best[0]):
                best = at, person
    return best[1] if best else None


def _is_nameless(found: Found, name: str) -> bool:
    """Whether it is no name with a surname: nothing of it can stand in the public text."""
    if name[:2] in COMPOUND_SURNAMES or is_latin(name) or is_dotted(name):
        return False
    return name[0] not in SURNAMES or (found.is_nickname and name[0] in "阿老小大三")
