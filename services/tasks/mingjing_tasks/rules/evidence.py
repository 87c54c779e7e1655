"""What shows that a task was worked on: the hash of a blob, or an address."""

from __future__ import annotations

import re
from typing import Literal, TypedDict

_HASH = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"(https?://|/)[^\s<>\"'\\]{1,400}")
EVIDENCE_MAX = 20


class Evidence(TypedDict):
    """One piece: a blob by its SHA-256, or an address."""

    kind: Literal["blob", "link"]
    value: str


def read_evidence(text: str) -> tuple[list[Evidence], list[str]]:
    """The pieces in a text, one a line, and the lines that are none."""
    found: list[Evidence] = []
    wrong: list[str] = []
    for line in (part.strip() for part in text.split("\n")):
        if not line:
            continue
        if _HASH.fullmatch(line.lower()):
            found.append({"kind": "blob", "value": line.lower()})
        elif _ADDRESS.fullmatch(line) and not line.startswith("//"):
            found.append({"kind": "link", "value": line})
        else:
            wrong.append(line)
    return found, wrong
