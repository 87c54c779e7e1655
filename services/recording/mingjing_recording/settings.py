"""This service's name, and the settings that only its web process has."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mingjing_shared.settings import Settings

SERVICE = "recording"
BUCKET = "footage"


class RecordingSettings(Settings):
    """The settings of the keeping of files, besides those of every process.

    Attributes:
        objectstore_url: where files are kept; empty: nowhere, and an upload is refused.
        objectstore_user: this service's identity there, with rights on its one bucket.
        objectstore_password_file: the file that holds its secret.
        upload_dir: where a file waits, encrypted and without a name, until it is whole.
        upload_bytes_max: the largest file that one request may bring.
    """

    objectstore_url: str = ""
    objectstore_user: str = SERVICE
    objectstore_password_file: Path = Path()
    upload_dir: Path = Path(tempfile.gettempdir())
    upload_bytes_max: int = 512 * 1024 * 1024


def recording_settings(settings: Settings) -> RecordingSettings:
    """The same settings with those of the keeping of files beside them."""
    return RecordingSettings(**settings.model_dump())
