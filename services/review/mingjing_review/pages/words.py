"""Every code that review's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.events.codes import BypassHow, DecisionKind, Mode, names_of
from mingjing_shared.web.lists import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Mapping[str, Word] = {
    "bypassed": Word("未审先决", "late"),
    "review_required": Word("应当审核", "soon"),
    "cleared": Word("审核通过", "good"),
    "not_required": Word("无需审核"),
    "waiting_case": Word("待受案信息"),
    "no_rule": Word("无适用规则"),
}
HOW = {code: Word(name) for code, name in names_of(BypassHow).items()}
KINDS = {code: Word(name) for code, name in names_of(DecisionKind).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
