"""What a process said last, for the sentence that a person reads when it gave up."""

import json
from pathlib import Path

TAIL_BYTES = 8_000
WORDS_MAX = 300


def last_words(log: Path) -> str:
    """Give the last telling line of a log, in words; empty if there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - TAIL_BYTES))
            lines = file.read().decode("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    for line in reversed(lines):
        if line.strip():
            return _in_words(line.strip())[:WORDS_MAX]
    return ""


def _in_words(line: str) -> str:
    try:
        said = json.loads(line)
    except ValueError:
        return line
    if not isinstance(said, dict):
        return line
    parts = [str(said[key]) for key in ("message", "way_out") if said.get(key)]
    return " ".join(parts) or str(said.get("event", line))
