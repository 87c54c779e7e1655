"""How a task stands: by its day, by what units say, by what data say, by what a check found.

Three voices are kept apart: what a unit reports is its word, what events give is a figure, what
an inspector finds is a check. A word that data contradict does not stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingjing_tasks.rules.due import Due

State = Literal["waiting", "doing", "data_met", "to_verify", "verified", "downgraded", "overdue"]
SHARE_MAX = 100


def task_id_of(number: int) -> str:
    """The id under which events tell of a task."""
    return f"task.{number}"


@dataclass(frozen=True, slots=True)
class TaskAct:
    """What somebody did about a task: accepted, reported, verified or rejected."""

    what: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """What events give: how many count, how many met what is asked, and the share asked for."""

    counted: int
    met: int
    percent_asked: int

    @property
    def missed(self) -> int:
        """How many did not."""
        return self.counted - self.met

    @property
    def is_met(self) -> bool | None:
        """Whether the share is what is asked; None when nothing counts."""
        if not self.counted:
            return None
        return self.met * SHARE_MAX >= self.counted * self.percent_asked


def state_of(due: Due, acts: Sequence[TaskAct], figure: Figure | None, today: date) -> State:
    """Where a task stands on a day; ``acts`` in the order in which they happened."""
    last = next((act for act in reversed(acts) if act.what != "accepted"), None)
    is_verified = last is not None and last.what == "verified"
    claims = last is not None and last.what == "reported" and last.done
    says = figure.is_met if figure is not None else None
    if (is_verified or claims) and says is False:
        return "downgraded"
    if is_verified:
        return "verified"
    if claims:
        return "to_verify"
    if says:
        return "data_met"
    if due.on is not None and due.on < today:
        return "overdue"
    return "doing" if acts else "waiting"


def may_wait(due: Due | None, acts: Sequence[TaskAct], today: date) -> bool:
    """Whether a task can wait for anybody, whatever its figure: claimed, checked, or past its day.

    ``due`` none: no day is owed to anybody.
    """
    last = next((act for act in reversed(acts) if act.what != "accepted"), None)
    said = last is not None and (last.what == "verified" or (last.what == "reported" and last.done))
    return said or (due is not None and due.on is not None and due.on < today)


def is_settled(acts: Sequence[TaskAct]) -> bool:
    """Whether a check found it done and nothing was reported since."""
    last = next((act for act in reversed(acts) if act.what != "accepted"), None)
    return last is not None and last.what == "verified"
