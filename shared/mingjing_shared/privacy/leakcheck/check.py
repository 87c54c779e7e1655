"""The check: every artefact, every text of it, every way of looking; what is protected stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.decoding import decoded, hidden_texts
from mingjing_shared.privacy.leakcheck.dwelling import (
    Dwelling,
    births_in,
    dwellings_by_form,
    dwellings_in,
)
from mingjing_shared.privacy.leakcheck.folding import bare_signs, folded
from mingjing_shared.privacy.leakcheck.fragments import fragments_in, is_index, leads_to_a_person
from mingjing_shared.privacy.leakcheck.hit import Found, Hit
from mingjing_shared.privacy.leakcheck.joins import joins_in
from mingjing_shared.privacy.leakcheck.latin import latin_names_in
from mingjing_shared.privacy.leakcheck.names import PersonName, names_in
from mingjing_shared.privacy.leakcheck.numbers import (
    PersonNumber,
    numbers_by_form,
    numbers_of_case,
    tails_in,
)
from mingjing_shared.privacy.leakcheck.pinyin import spelled
from mingjing_shared.privacy.leakcheck.speaking import places_in_original
from mingjing_shared.privacy.leakcheck.views import View, Views, spots
from mingjing_shared.privacy.leakcheck.words import OFFICER_WORDS, ROLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingjing_shared.privacy.leakcheck.about import About
    from mingjing_shared.privacy.leakcheck.artefact import Artefact, Layer

_OFFICER_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_POLICE_NUMBER = re.compile(r"[（(，,、\s]{0,2}(?:警号)?[:：]?[0-9]{6}(?![0-9])")
_HIDING = re.compile(r"[×*○●□■◯△▲◆◇_?☆★某]")
_LAW = re.compile(r"《[^《》]{2,60}》")
_CLAUSE_SIGNS = 40
_MAY_TELL = re.compile(r"[\u3400-\u9fff]|[0-9]|@|[\U00020000-\U0003ffff]| at ")
_OF_NAMES = {"name", "given_name", "partial_name", "reversed_name", "nickname", "ngram"}
_IN_A_LAW = {"given_name", "partial_name", "reversed_name", "nickname", "pinyin"}


@dataclass(frozen=True)
class Dictionary:
    """What is looked for in a case, made once for all its artefacts."""

    about: About
    names: tuple[PersonName, ...]
    numbers: tuple[PersonNumber, ...]
    dwellings: tuple[Dwelling, ...]
    phrases: tuple[str, ...]
    keep: tuple[str, ...]
    kept_signs: tuple[str, ...]


@lru_cache(maxsize=64)
def dictionary_of(about: About) -> Dictionary:
    """The dictionary of a case."""
    number = (about.document_number,) if about.document_number else ()
    kept = {bare_signs(term) for term in (*about.keep, *number)}
    persons = (PersonName(name) for name in about.names)
    numbers = {(rule, PersonNumber(rule, raw).signs): raw for rule, raw in about.numbers}
    return Dictionary(
        about=about,
        names=tuple({one.signs: one for one in persons if one.signs}.values()),
        numbers=tuple(
            PersonNumber(rule, raw)
            for (rule, signs), raw in numbers.items()
            if len(signs) > 3 and signs not in kept
        ),
        dwellings=tuple({one.signs: one for one in map(Dwelling, about.addresses)}.values()),
        phrases=tuple(dict.fromkeys(bare_signs(phrase) for phrase in about.phrases)),
        keep=tuple(term for term in (*about.keep, *number) if len(term) > 1),
        kept_signs=tuple(PersonName(term).signs for term in about.keep if len(term) > 1),
    )


def check(
    artefacts: Iterable[Artefact], about: About, earlier: Iterable[Artefact] = ()
) -> list[Hit]:
    """Every place of the artefacts that shows what must not be seen of the case, in their order.

    ``earlier`` is what was public before: it is not checked itself, but laid beside the new.
    """
    known = dictionary_of(about)
    before = [
        (one.name, Views(decoded(View(layer.text)))) for one in earlier for layer in one.layers
    ]
    return [
        hit
        for artefact in artefacts
        for layer in artefact.layers
        for hit in _hits(artefact.name, layer, known, before)
    ]


def _hits(
    name: str, layer: Layer, known: Dictionary, earlier: Sequence[tuple[str, Views]]
) -> Iterator[Hit]:
    views = Views(decoded(View(layer.text)))
    found = list(_found(views, known, earlier))
    if found:
        found = [one for one in found if not _is_protected(one, views, layer.text, known)]
    for start, inner in hidden_texts(layer.text):
        behind = _found(Views(decoded(View(inner))), known, ())
        found += [Found(start, start + 1, one.rule, f"Base64：{inner}") for one in behind]
    for one in _widest(found):
        words = layer.text[one.start : one.end]
        yield Hit(name, layer.place(one.start), one.rule, words, one.meant)


def _found(
    views: Views, known: Dictionary, earlier: Sequence[tuple[str, Views]]
) -> Iterator[Found]:
    for name in known.names:
        yield from latin_names_in(views, name)
    if not _MAY_TELL.search(views.flat.text):
        return
    for name in known.names:
        yield from names_in(views, name, known.about.original)
    for number in known.numbers:
        yield from numbers_of_case(views, number)
    for dwelling in known.dwellings:
        yield from dwellings_in(views, dwelling)
    for phrase in known.phrases:
        for at in spots(views.bare.text, phrase):
            yield Found(*views.bare.span(at, at + len(phrase)), "phrase")
    yield from births_in(views, known.about.births)
    yield from tails_in(views, known.numbers)
    yield from numbers_by_form(views)
    yield from dwellings_by_form(views)
    yield from fragments_in(views, known.names, known.numbers)
    if earlier:
        yield from joins_in(views, earlier, known.about, known.names, known.numbers)


def _is_protected(one: Found, views: Views, text: str, known: Dictionary) -> bool:
    """Whether what was found belongs to something that must stay."""
    for start, end, term in _kept_spans(views, text, known):
        if start <= one.start and one.end <= end and one.rule != "join":
            if (start, end) != (one.start, one.end):
                return True
            if one.rule == "partial_number":
                return False  # said to be the end of a longer one
            return not _OFFICER_NAME.fullmatch(term) or _is_an_officer_s(text, start, end)
    if one.rule in _OF_NAMES and one.meant and is_index(views.joined):
        return _is_of_the_index(one, views, text, known)
    if one.rule in _IN_A_LAW:
        laws = (law.span() for law in _LAW.finditer(text))
        return any(start <= one.start and one.end <= end for start, end in laws)
    return False


def _is_of_the_index(one: Found, views: Views, text: str, known: Dictionary) -> bool:
    """A token that the index has from a word, or from what must stay, not from a person."""
    whole = PersonName(one.meant).signs
    word = whole if one.rule == "ngram" else folded(text[one.start : one.end])
    with_surname = word == whole
    if one.rule == "ngram" and any(whole[-2:] in term for term in known.kept_signs):
        word = whole[-2:]  # its last piece may be from there
    original = known.about.original.joined.text
    places = places_in_original(word, known.about.original, whole)
    kept = [term for term in known.kept_signs if word in term]
    places = tuple((at, said and not _within_kept(original, at, word, kept)) for at, said in places)
    if all(said for _, said in places) and not kept:
        return False
    return not leads_to_a_person(views, word, original, places, with_surname=with_surname)


def _within_kept(original: str, at: int, word: str, kept: Sequence[str]) -> bool:
    return any(original.startswith(term, max(at - term.index(word), 0)) for term in kept)


def _is_an_officer_s(text: str, start: int, end: int) -> bool:
    """A name that an officer and a party share is the officer's where it is said with his duty."""
    if _POLICE_NUMBER.match(text[end : end + 12]):
        return True
    clause = re.split(r"[。；;\n]", text[max(start - _CLAUSE_SIGNS, 0) : start])[-1]
    officer = max(clause.rfind(word) for word in OFFICER_WORDS)
    party = max(clause.rfind(word) for word in ROLE_WORDS if len(word) > 1)
    return officer > party


def _kept_spans(views: Views, text: str, known: Dictionary) -> list[tuple[int, int, str]]:
    """Where the text holds what must stay, longest first; worked out once for a text."""
    made: list[tuple[int, int, str]] | None = views.__dict__.get("kept")
    if made is None:
        made = sorted(_keeps(views, text, known), key=lambda span: span[0] - span[1])
        views.__dict__["kept"] = made
    return made


def _keeps(views: Views, text: str, known: Dictionary) -> Iterator[tuple[int, int, str]]:
    for term in known.keep:
        word = bare_signs(term)
        for at in spots(views.bare.text, word) if word else ():
            start, end = views.bare.span(at, at + len(word))
            if not _HIDING.search(text[start:end]) or _HIDING.search(term):
                yield start, end, term
        if _OFFICER_NAME.fullmatch(term):
            yield from _spelled_keeps(views, term)


def _spelled_keeps(views: Views, term: str) -> Iterator[tuple[int, int, str]]:
    for reading in spelled(term):
        for parts in (reading, reading[1:] + reading[:1]):
            word = "".join(parts)
            for at in spots(views.latin.text, word):
                yield (*views.latin.span(at, at + len(word)), term)


def _widest(found: Iterable[Found]) -> list[Found]:
    """Of finds that lie within one another the widest, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.rule)):
        if not kept or one.end > kept[-1].end or one.rule == "join":
            kept.append(one)
    return kept
