"""How a form of leak is written down: a decision, dice, and the places of what it hides."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field

from privacy.artefacts_made import page, surname_of
from privacy.disguises import plain_pinyin

NUMBERS = frozenset({"resident_id", "phone", "bank_card", "passport"})
FORMS = {}


@dataclass
class Leak:
    """A set of public files of one decision, and the form by which one of them leaks."""

    form: str
    decision: dict
    files: list
    earlier: list = field(default_factory=list)


@dataclass
class Case:
    """A decision from which a leak is made, and the dice for it."""

    decision: dict
    rng: random.Random

    def spans(self, *what):
        return [
            (at, self.decision["text"][span["start"] : span["end"]])
            for at, span in enumerate(self.decision["hide"])
            if span["what"] in what
        ]

    def name(self, signs=(2, 3, 4)):
        """A place where the text has a party's whole name of so many Chinese signs."""
        known = {p["name"] for p in self.decision["parties"] if p["kind"] == "person"}
        fits = [
            (at, word)
            for at, word in self.spans("name")
            if word in known and len(word) in signs and re.fullmatch("[一-鿿]+", word)
        ]
        return self.rng.choice(fits) if fits else None

    def number(self, *what):
        """A place of such a number, and the number in the form in which people write it."""
        fits = self.spans(*what)
        at, word = self.rng.choice(fits) if fits else (None, None)
        if at is None:
            return None
        plain = unicodedata.normalize("NFKC", word)
        if NUMBERS.isdisjoint(what):
            return at, plain
        return at, re.sub(r"[^0-9A-Za-z]", "", plain)


def form(name):
    def keep(make):
        FORMS[name] = make
        return make

    return keep


def in_page(case, found, disguised, **more):
    return [("item.html", page(case.decision, (found[0], disguised), **more))]


def of_name(label, disguise, signs=(2, 3, 4)):
    """A form in which a name stands in the page's text in a disguise."""

    @form(label)
    def make(case):
        found = case.name(signs)
        made = disguise(found[1], case.rng) if found else None
        return in_page(case, found, made) if made else None


def of_number(label, what, disguise):
    """A form in which a number stands in the page's text in a disguise."""

    @form(label)
    def make(case):
        found = case.number(*what)
        made = disguise(found[1], case.rng) if found else None
        return in_page(case, found, made) if made else None


def given(name):
    """A given name of two signs; of one sign none, since that alone is a word."""
    word = name[len(surname_of(name)) :]
    return word if len(word) > 1 else None


def given_first(name):
    first = surname_of(name)
    spelled = plain_pinyin(first), plain_pinyin(name[len(first) :])
    if None in spelled:
        return None
    return f"{spelled[1].replace(' ', '').title()} {spelled[0].replace(' ', '').title()}"


def split_at(word, rng, between):
    at = rng.randint(1, len(word) - 1)
    return word[:at] + between + word[at:]
