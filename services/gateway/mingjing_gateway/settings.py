"""This service's name, and the settings that only its web process has."""

from __future__ import annotations

from pathlib import Path

from mingjing_shared.settings import Settings

SERVICE = "gateway"


class DoorSettings(Settings):
    """The settings of the door, besides those of every process.

    Attributes:
        door_events_per_second: what one publisher may send lastingly; more is answered 429.
        door_burst_events: what one publisher may send at once after a pause.
        door_patience_seconds: how long the broker or the database may take before 503.
        door_room_bytes: bodies held at once; more is answered 503.
        token_key_file: the key that officers' tokens are signed with.
        auditor_key_file: the key with which the logs are read from outside; none: nobody does.
        public_portal_url: where the portal is; empty: one port above the front door's.
    """

    door_events_per_second: float = 20_000.0
    door_burst_events: float = 40_000.0
    door_patience_seconds: float = 4.0
    door_room_bytes: int = 128 * 1024 * 1024
    token_key_file: Path = Path()
    auditor_key_file: Path = Path()
    public_portal_url: str = ""


def door_settings(settings: Settings) -> DoorSettings:
    """The same settings with the door's own beside them."""
    return DoorSettings(**settings.model_dump())
