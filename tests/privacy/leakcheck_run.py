"""The leak check let loose on a corpus: which leaks pass, what it takes for a leak and is none."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from privacy.artefacts_made import clean_files, protected_places
from privacy.leaks_generated import leaks

from mingjing_shared.privacy.leakcheck.about import about_of
from mingjing_shared.privacy.leakcheck.check import check
from mingjing_shared.privacy.leakcheck.reading import artefact_of_bytes

STRANGER = Path(__file__).parent / "corpus_stranger" / "decisions.jsonl"
MUST_STAY = frozenset({
    "officer", "police_number", "body", "document_number", "organisation", "uscc", "law",
    "legal_rep", "made_on", "penalty",
})  # fmt: skip


def stranger_s():
    """The corpus that somebody wrote who has not seen the code."""
    return [json.loads(line) for line in STRANGER.read_text(encoding="utf-8").splitlines()]


def told_of(decision, *, with_hidden=True):
    """What the check is told of a decision; ``with_hidden`` also what a person hid in it."""
    told = {key: decision[key] for key in ("text", "parties", "keep", "document_number")}
    if with_hidden:
        text = decision["text"]
        told["hidden"] = [
            {**span, "text": text[span["start"] : span["end"]], "rule": span["what"]}
            for span in decision["hide"]
        ]
    return about_of(told)


@dataclass
class Tally:
    """How many leaks were made and how many passed, by form and by kind of decision."""

    made: Counter = field(default_factory=Counter)
    passed: Counter = field(default_factory=Counter)
    examples: list = field(default_factory=list)


def passed_leaks(decisions, of_each, seed=7, *, with_hidden=True):
    tally = Tally()
    for leak in leaks(decisions, seed=seed, of_each=of_each):
        key = (leak.form, leak.decision["kind"])
        tally.made[key] += 1
        read = [artefact_of_bytes(*file) for file in leak.files]
        before = [artefact_of_bytes(*file) for file in leak.earlier]
        if not check(read, told_of(leak.decision, with_hidden=with_hidden), before):
            tally.passed[key] += 1
            tally.examples.append(f"{leak.form}: {leak.decision['id']}")
    return tally


def false_alarms(decisions):
    """Hits on clean files: on what must stay (told by its place), and all others by rule."""
    protected, others, files = [], Counter(), 0
    for decision in decisions:
        about = told_of(decision)
        for name, raw in clean_files(decision):
            files += 1
            for hit in check([artefact_of_bytes(name, raw)], about):
                if name.endswith(".txt") and (what := _meets(decision, raw.decode(), hit)):
                    protected.append(f"{decision['id']} {what}: {hit.says}")
                else:
                    others[hit.rule] += 1
    return protected, others, files


def _meets(decision, text, hit):
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: hit.place.line - 1]) + hit.place.sign - 1
    end = start + len(hit.text)
    for first, last, what in protected_places(decision):
        if what in MUST_STAY and first < end and start < last:
            return what
    return None
