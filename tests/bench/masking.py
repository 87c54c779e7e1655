"""How much of what was planted masking hides, and how fast, beside one pass of jieba.

    .venv/bin/python tests/bench/masking.py

Prints a table by kind of decision and by what was planted for both corpora, and the time of the
processor for masking all texts beside the time in which jieba cuts them once.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import jieba
from machine import machine_facts

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.masking_truth import generated, known_of, measure, stranger

from mingjing_shared.privacy.masking import MASKING_VERSION, mask

ROUNDS = 3


def main() -> None:
    """Measure both corpora and print."""
    print(machine_facts())
    print(f"masking {MASKING_VERSION}, jieba {jieba.__version__}")
    jieba.setLogLevel(60)
    jieba.initialize()
    for name, decisions in (("stranger", stranger()), ("generated", generated())):
        measured = measure(decisions)
        print(f"\n== {name}: {len(decisions)} decisions")
        _table("by kind", measured.by_kind)
        _table("by what", measured.by_what)
        for missed in measured.missed:
            print("   missed", *missed)
        for hurt in measured.hurt:
            print("   hurt", *hurt)
        _speed(decisions)


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
    cut = min(_seconds(lambda: [jieba.lcut(text) for text, _ in pairs]) for _ in range(ROUNDS))
    masked = min(_seconds(lambda: [mask(*pair) for pair in pairs]) for _ in range(ROUNDS))
    print(
        f"speed: {signs} signs; jieba {cut:.2f} s, masking {masked:.2f} s "
        f"({masked / cut:.1f} times; {signs / masked:,.0f} signs/s of one core)"
    )


def _seconds(work: object) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
