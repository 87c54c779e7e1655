"""How far an officer's roles reach for an act that shows lists: everything, units, own cases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a list may be shown: all of it, or what is of these units or of own cases.

    Attributes:
        everything: all of it.
        units: what is of these units.
        handlers: whose cases are own ones; none when the officer's roles reach no own cases.
        case_keys: those cases.
    """

    everything: bool = False
    units: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    case_keys: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing may be shown."""
        return not (self.everything or self.units or self.handlers)
