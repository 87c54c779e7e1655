"""This service's name, and the settings that only its web process has."""

from __future__ import annotations

from pathlib import Path

from mingjing_shared.settings import Settings

SERVICE = "review"


class ReviewSettings(Settings):
    """The settings of the web process, besides those of every process.

    Attributes:
        clearance_key_file: the key that clearances are signed with; without one the gate says
            that it cannot answer, and everything else works.
        front_address: where officers reach the platform, as it stands on papers; none: papers
            carry no code.
    """

    clearance_key_file: Path = Path()
    front_address: str = ""


def review_settings(settings: Settings) -> ReviewSettings:
    """The same settings with the web process's own beside them."""
    return ReviewSettings(**settings.model_dump())
