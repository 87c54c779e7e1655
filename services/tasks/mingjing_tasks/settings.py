"""This service's name, and the settings that only its event process and its commands have."""

from __future__ import annotations

from datetime import timedelta

from mingjing_shared.objectstore import ObjectStoreSettings

SERVICE = "tasks"
ARCHIVE_BUCKET = "event-archive"
# No transaction lives that long: what came in a month is all there.
SEALED_AFTER = timedelta(days=3)
RETENTION = timedelta(days=430)  # for which nobody can delete or replace what is sealed
RETENTION_LEAST = timedelta(days=400)  # what an interrupted run left must still have to be taken


class TasksSettings(ObjectStoreSettings):
    """The settings of sealing: the store that months are sealed to. Without, a due one is told."""

    objectstore_user: str = SERVICE
