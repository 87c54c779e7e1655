"""How much of what was planted masking hides, and how fast, beside one pass of jieba.

    .venv/bin/python tests/bench/masking.py

Prints a table by kind of decision and by what was planted for each corpus, and the time of the
processor for masking all texts beside the time in which jieba cuts them once; loading counts for
neither. Of the half that nobody reads only figures are printed.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import jieba
from machine import machine_facts

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.masking_truth import (
    generated,
    known_of,
    measure,
    measure_blind,
    outsider_seen,
    outsider_unseen,
    stranger,
)

from mingjing_shared.privacy.masking import MASKING_VERSION, mask

ROUNDS = 6


def main() -> None:
    """Measure all corpora and print."""
    print(machine_facts())
    print(f"masking {MASKING_VERSION}, jieba {jieba.__version__}")
    jieba.setLogLevel(60)
    jieba.initialize()
    _blind(outsider_unseen())
    corpora = {"stranger": stranger, "outsider, seen": outsider_seen, "generated": generated}
    for name, corpus in corpora.items():
        decisions = corpus()
        measured = measure(decisions)
        print(f"\n== {name}: {len(decisions)} decisions")
        _table("by kind", measured.by_kind)
        _table("by what", measured.by_what)
        _questions(measured)
        for missed in measured.missed:
            print("   missed", *missed)
        for hurt in measured.hurt:
            print("   hurt", *hurt)
        _speed(decisions)


def _blind(decisions: list[dict[str, object]]) -> None:
    measured = measure_blind(decisions)
    print(f"\n== outsider, unseen: {len(decisions)} decisions that nobody has read; figures only")
    _table("by kind", measured.by_kind)
    _table("by what", measured.by_what)
    _questions(measured)


def _questions(measured: object) -> None:
    share, many = measured.recall_with_questions(), measured.questions / measured.decisions
    print(
        f"hidden or asked: {share:.2%}; questions: {many:.2f} a decision; "
        f"hidden though not planted: {measured.beyond / measured.signs:.2%} of all signs"
    )


def _table(title: str, table: object) -> None:
    print(f"{title:<28}{'planted':>9}{'hidden':>9}{'recall':>9}{'protected':>11}{'hurt':>6}")
    keys = dict.fromkeys([*table.planted, *table.protected])
    for key in [*keys, None]:
        planted, hidden, protected, hurt = (
            counts[key] if key else counts.total()
            for counts in (table.planted, table.hidden, table.protected, table.hurt)
        )
        recall = f"{hidden / planted:9.2%}" if planted else f"{'-':>9}"
        wide = sum(ord(sign) > 0x2E7F for sign in key or "")
        name = (key or "all") + " " * (28 - wide - len(key or "all"))
        print(f"{name}{planted:>9}{hidden:>9}{recall}{protected:>11}{hurt:>6}")


def _speed(decisions: list[dict[str, object]]) -> None:
    pairs = [(str(one["text"]), known_of(one)) for one in decisions]
    signs = sum(len(text) for text, _ in pairs)
    rounds = [
        (
            _seconds(lambda: [jieba.lcut(text) for text, _ in pairs]),
            _seconds(lambda: [mask(*pair) for pair in pairs]),
        )
        for _ in range(ROUNDS)  # in turn, so that other work on the machine slows both
    ]
    cut, masked = (min(times) for times in zip(*rounds, strict=True))
    print(
        f"speed: {signs} signs; jieba {cut:.2f} s, masking {masked:.2f} s "
        f"({masked / cut:.2f} times; {signs / masked:,.0f} signs/s of one core)"
    )


def _seconds(work: object) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
