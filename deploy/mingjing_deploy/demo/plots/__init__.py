"""Every way a case goes: the happy paths, and each fault of the contract's thread (events.md §8).

A plot is a function of a thread and the day it begins on. A month has 35 days, 0 to 34; after
the last the clock is back at now. Terms have room on both sides, whatever holidays there are.
"""

from collections.abc import Callable, Mapping
from types import ModuleType

from mingjing_deploy.demo.plots import (
    contradiction,
    disclosure,
    dispute,
    hearing,
    people,
    recording,
    review,
)
from mingjing_deploy.demo.thread import Thread

DAYS = 35
Plot = Callable[[Thread, int], None]
# Records of public security are sealed, and of drugs nothing is public before a person said so.
_PUBLIC = ("cyber", "traffic", "exit_entry", "firearms_explosives", "security_services")


KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "sealed": ("public_security",),
    "mediated": ("public_security",),
    "minor": ("traffic",),
    "age_unknown": ("traffic",),
    "classified": ("criminal",),
    "criminal": ("criminal",),
    "permit": ("permit",),
    "transferred": ("narcotics", "firearms_explosives"),
    "to_take": ("narcotics",),
    "to_submit": ("narcotics",),
    "hearing_refused": ("public_security",),
    "hearing_waived": ("public_security",),
    "hearing_withdrawn": ("public_security",),
    "limit_asked": ("public_security",),
    "limit_extended": ("public_security",),
    "transfer_done": ("narcotics", "cyber"),
}


def kinds_of(plot: str) -> tuple[str, ...]:
    """Which kinds of case go this way."""
    return KINDS_OF.get(plot, _PUBLIC)


def _plots_of(room: ModuleType) -> dict[str, Plot]:
    """The plots that a module holds, in its order."""
    return {
        name: plot
        for name, plot in vars(room).items()
        if getattr(plot, "__module__", "") == room.__name__ and not name.startswith("_")
    }


PLOTS: Mapping[str, Plot] = {
    name: plot
    for room in (disclosure, review, recording, people, hearing, dispute, contradiction)
    for name, plot in _plots_of(room).items()
}
GRAVE = frozenset(
    name for room in (review, people, hearing, dispute, contradiction) for name in _plots_of(room)
)
"""Ways of decisions that need a legal review."""
FIRST_OF_ALL = (
    "grave", "footage_never", "bypassed_closed", "footage_explained", "in_review",
    "casefile_overdue", "sealed", "corrected_public", "to_check", "not_public", "minor", "to_mask",
)  # fmt: skip
"""With these alone every list has rows in three states."""
MORE_OFTEN = (
    "plain", "grave", "plain", "sealed", "plain", "grave", "permit", "plain", "sealed", "criminal",
    "corrected_then_agreed", "plain", "grave", "mediated", "plain", "supplemented", "sealed",
    "grave", "plain", "casefile_overdue", "footage_late", "plain", "permit",
)  # fmt: skip
"""What a bureau's month is mostly made of."""

IN_A_DAY = (
    "plain", "grave", "sealed", "corrected_then_agreed", "permit", "bypassed", "not_public",
    "supplemented", "minor", "plain", "corrected_public", "age_unknown",
)  # fmt: skip
"""What can be played from beginning to end within a day: nothing that waits for a term."""


def roster(count: int) -> list[str]:
    """Which way each of so many cases goes: the telling ones, then each once, then the usual."""
    rest = [name for name in PLOTS if name not in FIRST_OF_ALL]
    order = [*FIRST_OF_ALL, *rest, *MORE_OFTEN]
    return [order[n] if n < len(order) else MORE_OFTEN[n % len(MORE_OFTEN)] for n in range(count)]
