"""The leak check over both corpora: what passes, what it takes for a leak, how fast it is.

A table by kind of decision and one by form of leak; the same with no more told than parties and
text; false alarms on clean files; speed beside one pass of jieba over the same texts.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.artefacts_made import public_text
from privacy.corpus_generated import decisions
from privacy.leakcheck_run import false_alarms, passed_leaks, stranger_s, told_of

from mingjing_shared.privacy.leakcheck.artefact import plain_artefact
from mingjing_shared.privacy.leakcheck.check import check

ROUNDS = 3


def table(title, made, passed):
    print(f"\n{title:<40}{'leaks':>8}{'passed':>8}")
    for name in sorted(made):
        print(f"{name:<40}{made[name]:>8}{passed[name]:>8}")
    print(f"{'all':<40}{sum(made.values()):>8}{sum(passed.values()):>8}")


def grouped(counts, at):
    found = Counter()
    for key, count in counts.items():
        found[key[at]] += count
    return found


def by_kind_and_form(name, corpus, of_each):
    tally = passed_leaks(corpus, of_each)
    for at, what in ((1, "kind"), (0, "form")):
        table(f"{name}, by {what}", grouped(tally.made, at), grouped(tally.passed, at))
    bare = passed_leaks(corpus, of_each, with_hidden=False)
    said = f"{sum(bare.passed.values())} of {sum(bare.made.values())}"
    print(f"\n{name}, told parties and text alone: {said} passed", dict(grouped(bare.passed, 0)))
    protected, others, files = false_alarms(corpus)
    print(f"{name}, {files} clean files: {len(protected)} hits on what must stay,", dict(others))


def best(work):
    """Seconds of the fastest of a few rounds."""
    found = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return min(found)


def speed(name, corpus):
    texts = [public_text(one) for one in corpus]
    told = [told_of(one) for one in corpus]
    read = [plain_artefact("item.txt", text) for text in texts]
    signs = sum(map(len, texts))

    def all_checked():
        for about, artefact in zip(told, read, strict=True):
            check([artefact], about)

    def all_told():
        for one in corpus:
            told_of(one)

    warnings.simplefilter("ignore")
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    print(f"\n{name}: {len(texts)} texts of {signs // len(texts)} signs, ms a text")
    rows = (
        ("leak check", all_checked),
        ("dictionary of the case", all_told),
        ("jieba, one pass", lambda: [list(jieba.cut(text)) for text in texts]),
    )
    for label, work in rows:
        print(f"{label:<28}{best(work) / len(texts) * 1000:>8.2f}")


def main():
    for name, corpus, of_each in (("own", decisions(), 45), ("stranger's", stranger_s(), 40)):
        by_kind_and_form(name, corpus, of_each)
        speed(name, corpus)


if __name__ == "__main__":
    main()
