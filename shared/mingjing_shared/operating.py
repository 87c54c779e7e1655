"""What a command of ours needs of the platform it works on: the settings of one service.

`mingjing` lends the variables of the platform that runs here (its click object is a function
from a service's name to them). Elsewhere, in a container or under another supervisor, they
stand in the process's own environment, and that comes first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

import click

from mingjing_shared.settings import Settings

S = TypeVar("S", bound=Settings)
Lender: TypeAlias = Callable[[str], Mapping[str, str]]
_TOLD_BY = "MINGJING_DATABASE_PASSWORD_FILE"
_CLOCK = "MINGJING_CLOCK_FILE"


def told_service() -> str | None:
    """The one service that the process's own environment is for, if it is for one."""
    return os.environ.get("MINGJING_SERVICE") if _TOLD_BY in os.environ else None


def settings_of(service: str) -> Settings:
    """The settings of a service, for the command that runs now; its legal clock is taken over.

    Raises:
        Misconfigured: later, when a secret is read that nobody told us of.
    """
    return own_settings_of(service, Settings)


def own_settings_of(service: str, kind: type[S]) -> S:
    """The same, of the kind that this service has for itself.

    Raises:
        Misconfigured: later, when a secret is read that nobody told us of.
    """
    lend = click.get_current_context().find_root().obj
    if _TOLD_BY in os.environ or not callable(lend):
        return kind(service=service)
    lent: Mapping[str, str] = lend(service)
    if clock := lent.get(_CLOCK):
        os.environ.setdefault(_CLOCK, clock)
    plain = {name.removeprefix("MINGJING_").lower(): value for name, value in lent.items()}
    return kind(**plain)  # type: ignore[arg-type]
