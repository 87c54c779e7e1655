"""This service's name, and the settings that only its web process has."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mingjing_shared.objectstore import ObjectStoreSettings

if TYPE_CHECKING:
    from mingjing_shared.settings import Settings

SERVICE = "recording"
BUCKET = "footage"


class RecordingSettings(ObjectStoreSettings):
    """The settings of the keeping of files, besides those of every process.

    Attributes:
        upload_dir: where a file waits, encrypted and without a name, until it is whole.
        upload_bytes_max: the largest file that one request may bring.
    """

    objectstore_user: str = SERVICE
    upload_dir: Path = Path(tempfile.gettempdir())
    upload_bytes_max: int = 512 * 1024 * 1024


def recording_settings(settings: Settings) -> RecordingSettings:
    """The same settings with those of the keeping of files beside them."""
    return RecordingSettings(**settings.model_dump())
