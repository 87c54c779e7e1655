"""Whether what was planted in the corpora is hidden, and whether what must stay stays.

A planted span counts as hidden when its telling signs do not survive at its place:
name: no Han, Latin or digit sign is left but the surname; numbers, accounts, e-mail: no letter
and no digit is left (of a plate the province may be, of a phone the country's 86); birth: no
numeral is left; address: no Han sign, letter or digit is left; health, employer, family: of
every phrase (parted by marks) at least half of the signs are gone, and three quarters of the
whole without particles. A protected span counts as hidden when any sign of it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
from privacy import corpus_generated

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, mask
from mingjing_shared.privacy.masking_names import surname_of
from mingjing_shared.privacy.masking_questions import questions

HERE = Path(__file__).parent
_TELLING = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]")
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十]")
_LETTER = re.compile(r"[0-9A-Za-z]")
_PARTICLES = frozenset("的了与由其和及系有为已在均随后于是因至之等该、，")
_MARKS = re.compile(r"[，、；。（）\s]+")


@dataclass
class Table:
    """Counts by kind of decision or by what was planted: hidden of planted, hurt of protected."""

    planted: Counter = field(default_factory=Counter)
    hidden: Counter = field(default_factory=Counter)
    protected: Counter = field(default_factory=Counter)
    hurt: Counter = field(default_factory=Counter)

    def recall(self, key=None):
        """The share hidden of what was planted, in all or of one key."""
        planted = self.planted[key] if key else self.planted.total()
        hidden = self.hidden[key] if key else self.hidden.total()
        return hidden / planted if planted else 1.0


@dataclass
class Measured:
    """What came out for a corpus; ``asked`` counts missed names that a person is asked about."""

    by_kind: Table
    by_what: Table
    missed: list
    hurt: list
    blocked: list
    asked: int = 0
    questions: int = 0
    decisions: int = 0
    signs: int = 0
    beyond: int = 0  # signs hidden that nobody planted: neither wrong nor needed

    def recall_with_questions(self):
        """The share that is hidden or asked about: what protects people in practice."""
        planted = self.by_what.planted.total()
        return (self.by_what.hidden.total() + self.asked) / planted if planted else 1.0


def stranger():
    """The decisions of somebody who has not seen the code."""
    return _read("corpus_stranger", "decisions.jsonl")


def outsider_seen():
    """The half of the outsider's decisions that may be read."""
    return _read("corpus_outsider", "seen.jsonl")


def outsider_unseen():
    """The half that nobody reads: give it to `measure_blind` only."""
    return _read("corpus_outsider", "unseen.jsonl")


def _read(folder, file):
    lines = (HERE / folder / file).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def generated():
    """The decisions of the seeded generator."""
    return corpus_generated.decisions()


def known_of(decision):
    """What masking is told of a decision of a corpus."""
    return Known(
        tuple(msgspec.convert(party, Party) for party in decision["parties"]),
        tuple(decision["keep"]),
        decision["document_number"],
        date.fromisoformat(decision["made_on"]),
    )


def measure_blind(decisions):
    """Mask every decision and count; nothing of what was missed or hurt is kept."""
    result = measure(decisions)
    result.missed, result.hurt, result.blocked = (
        len(one) for one in (result.missed, result.hurt, result.blocked)
    )
    return result


def measure(decisions):
    """Mask every decision and count."""
    result = Measured(Table(), Table(), [], [], [])
    for decision in decisions:
        known = known_of(decision)
        found = mask(decision["text"], known)
        covered = bytearray(len(decision["text"]))
        for mark in found.hidden:
            covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        result.blocked += [(decision["id"], reason) for reason in found.blocked]
        result.decisions += 1
        result.signs += len(covered)
        result.beyond += covered.count(1) - sum(
            covered[span["start"] : span["end"]].count(1) for span in decision["hide"]
        )
        before = len(result.missed)
        _count(result, decision, covered)
        asked = {"".join(one.word.split()) for one in questions(found.public_text, known)}
        result.questions += len(asked)
        result.asked += sum(_is_asked(*one, asked) for one in result.missed[before:])
    return result


def _is_asked(_decision, what, said, _left, _start, asked):
    name = "".join(said.split())
    return what == "name" and any(name in word or word in name for word in asked)


def _count(result, decision, covered):
    text, kind = decision["text"], decision["kind"]
    for span in decision["hide"]:
        said = text[span["start"] : span["end"]]
        left = "".join(
            sign
            for sign, gone in zip(said, covered[span["start"] : span["end"]], strict=True)
            if not gone
        )
        gone = bytes(covered[span["start"] : span["end"]])
        for term in decision["keep"]:  # what must stay tells nothing
            gone = _without(gone, said, term)
        ok = is_hidden(span["what"], said, left, gone)
        for table, key in ((result.by_kind, kind), (result.by_what, span["what"])):
            table.planted[key] += 1
            table.hidden[key] += ok
        if not ok:
            result.missed.append((decision["id"], span["what"], said, left, span["start"]))
    for span in decision["protect"]:
        said = text[span["start"] : span["end"]]
        hurt = any(covered[span["start"] : span["end"]])
        for table, key in ((result.by_kind, kind), (result.by_what, span["what"])):
            table.protected[key] += 1
            table.hurt[key] += hurt
        if hurt:
            result.hurt.append((decision["id"], span["what"], said, span["start"]))


def _without(gone, said, term):
    at = said.find(term)
    return gone if at < 0 else gone[:at] + b"\1" * len(term) + gone[at + len(term) :]


def is_hidden(what, said, left, gone):
    """Whether the telling signs of a planted span are gone; ``left`` is what survives of it."""
    if what == "name":
        dense = re.sub(r"\s", "", said)
        return not _TELLING.search(left) or (len(dense) > 1 and left == surname_of(dense))
    if what in {"resident_id", "plate", "bank_card", "passport", "email"}:
        return not _LETTER.search(left)
    if what == "phone":
        return not _LETTER.search(left.removeprefix("+").removeprefix("86"))
    if what == "birth":
        return not _NUMERAL.search(left)
    if what in {"address", "account"}:
        return not _TELLING.search(left)
    return _phrases_are_gone(said, gone)


def _phrases_are_gone(said, gone):
    signs = [(sign, bool(one)) for sign, one in zip(said, gone, strict=True)]
    telling = [one for sign, one in signs if sign not in _PARTICLES and _TELLING.match(sign)]
    at = 0
    for phrase in re.split(r"([，、；。（）\s]+)", said):
        of_it = [one for sign, one in signs[at : at + len(phrase)] if _TELLING.match(sign)]
        at += len(phrase)
        if of_it and sum(of_it) * 2 < len(of_it):
            return False
    return sum(telling) * 4 >= len(telling) * 3
