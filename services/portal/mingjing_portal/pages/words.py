"""Every code that the portal's pages show, in Chinese."""

from __future__ import annotations

from mingjing_shared.events.codes import DecisionKind, names_of
from mingjing_shared.web.lists import Word

KINDS = {code: Word(name) for code, name in names_of(DecisionKind).items()}
