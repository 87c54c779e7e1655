"""The sealed column of tasks, and what each value is bound to."""

from __future__ import annotations

from mingjing_shared.privacy.sealed import Sealed
from mingjing_tasks.tables.archive import EVENT_ARCHIVE

ARCHIVED = Sealed(EVENT_ARCHIVE.c.personal, "event_archive.personal/{source}#{event_id}")

SEALED = (ARCHIVED,)
