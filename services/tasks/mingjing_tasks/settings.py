"""This service's name, and the settings that only its own processes and commands have."""

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
    """The settings of sealing and of live oversight. Without a store, a due month is told.

    Attributes:
        live_url: where the process of live oversight answers; empty: there is none here.
        live_hours: how many whole hours it holds, and reads again when it starts.
        live_stream_seconds: after which a live page is asked anew who looks at it.
    """

    objectstore_user: str = SERVICE
    live_url: str = ""
    live_hours: int = 12
    live_stream_seconds: float = 50.0
