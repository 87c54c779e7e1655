"""What the law asks by a day, and how far it is done: a function of what was told of it.

A duty whose day is provisional, or that need not be done (依法不予公开, 无需审核), counts in no
figure. What is not done on its day is missed from the day after, whoever says so or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from mingjing_tasks.rules.warning import Said


@dataclass(frozen=True, slots=True)
class Told:
    """One word about a duty: what was said, and what a duty takes from it."""

    said: Said
    mode: str
    warn_on: date | None = None
    provisional: bool = False
    rule: str | None = None
    on_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """How a duty stands."""

    state: str
    due_on: date | None
    warn_on: date | None
    provisional: bool
    rule: str | None
    done_on: date | None
    met: bool | None
    counted_on: date | None
    due_by: str | None
    done_by: str | None
    mode: str

    @property
    def result(self) -> str:
        """How counts count it: met, missed or open."""
        return "open" if self.met is None else ("met" if self.met else "missed")


def publication_duty(told: Sequence[Told], _made_on: date | None) -> Duty | None:
    """To make a decision public by its day; done when the public page was seen."""
    due = _due(told, {"due"})
    published = [item for item in told if item.said.what == "published"]
    withheld = [item for item in told if item.said.what == "withheld"]
    end = _first(published) or _last(withheld)
    if due is None and end is None:
        return None
    is_void = end is not None and not published
    return _duty(due, end, is_void=is_void, met=end.on_time if end and published else None)


def casefile_duty(told: Sequence[Told], _made_on: date | None) -> Duty | None:
    """To archive the case file by its day."""
    due = _due(told, {"due"})
    end = _first([item for item in told if item.said.what == "archived"])
    if due is None and end is None:
        return None
    met = None
    if end is not None and due is not None and due.said.day is not None:
        met = end.said.day is not None and end.said.day <= due.said.day
    return _duty(due, end, is_void=False, met=met)


def review_duty(told: Sequence[Told], made_on: date | None) -> Duty | None:
    """To have a decision reviewed before it is made; counted by the day it was made."""
    due = _due(told, {"required", "submitted"})
    last = _last([i for i in told if i.said.what in {"bypassed", "cleared", "not_required"}])
    if due is None and last is None:
        return None
    is_void = last is not None and last.said.what == "not_required"
    met = None if last is None or is_void else last.said.what == "cleared"
    duty = _duty(due, last, is_void=is_void, met=met)
    return Duty(
        state="missed" if met is False else duty.state,
        due_on=duty.due_on,
        warn_on=None,
        provisional=duty.provisional,
        rule=duty.rule,
        done_on=duty.done_on,
        met=met,
        counted_on=None if is_void else made_on,
        due_by=duty.due_by,
        done_by=duty.done_by,
        mode=duty.mode,
    )


DUTIES: dict[str, Callable[[Sequence[Told], date | None], Duty | None]] = {
    "publication": publication_duty,
    "casefile": casefile_duty,
    "review": review_duty,
}


def _duty(due: Told | None, end: Told | None, *, is_void: bool, met: bool | None) -> Duty:
    setting = due or end
    if setting is None:
        raise ValueError("a duty is set or ended by something")
    state = "open" if end is None else ("void" if is_void else "done")
    provisional = due is not None and due.provisional
    due_on = due.said.day if due else None
    return Duty(
        state=state,
        due_on=due_on,
        warn_on=due.warn_on if due else None,
        provisional=provisional,
        rule=setting.rule,
        done_on=end.said.day if end else None,
        met=met,
        counted_on=None if provisional or is_void else due_on,
        due_by=due.said.name if due else None,
        done_by=end.said.name if end else None,
        mode=setting.mode,
    )


def _due(told: Sequence[Told], words: set[str]) -> Told | None:
    """The setting of the day that holds: the highest revision, then the newest."""
    days = [item for item in told if item.said.what in words]
    return max(days, key=lambda i: (i.said.rank, i.said.newness)) if days else None


def _first(told: Sequence[Told]) -> Told | None:
    return min(told, key=lambda i: i.said.newness) if told else None


def _last(told: Sequence[Told]) -> Told | None:
    return max(told, key=lambda i: i.said.newness) if told else None
