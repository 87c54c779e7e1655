"""Every code that disclosure's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.events.codes import DecisionKind, Mode, names_of
from mingjing_shared.web.lists import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Mapping[str, Word] = {
    "overdue": Word("逾期未公示", "late"),
    "due": Word("待公示", "soon"),
    "waiting_case": Word("待受案信息"),
    "no_clock": Word("无期限"),
    "withheld": Word("不予公示"),
}
KINDS = {code: Word(name) for code, name in names_of(DecisionKind).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
WITHHELD_SAYS = "依法不予公示；理由须登录后查看。"
