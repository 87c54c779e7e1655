"""Every code that recording's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.events.codes import (
    ACTION_NAMES,
    EndReason,
    Mode,
    PlaceKind,
    RecordingLevel,
    names_of,
)
from mingjing_shared.web.lists import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Mapping[str, Word] = {
    **{code: Word(name) for code, name in names_of(RecordingLevel).items()},
    "full": Word(names_of(RecordingLevel)["full"], "act"),
    "nothing": Word("无音像要求"),
}
CASEFILE_STATES: Mapping[str, Word] = {
    "overdue": Word("逾期未归档", "late"),
    "warned": Word("临近期限", "soon"),
    "open": Word("待归档", "act"),
    "no_clock": Word("无期限"),
}
ACTIONS = {code: Word(name) for code, name in ACTION_NAMES.items()}
PLACES = {code: Word(name) for code, name in names_of(PlaceKind).items()}
END_REASONS = {code: Word(name) for code, name in names_of(EndReason).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
