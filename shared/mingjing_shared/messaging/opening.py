"""The database of a service, with outgoing events written at each commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.database import Database
from mingjing_shared.installation import installation_from
from mingjing_shared.messaging import outbox

if TYPE_CHECKING:
    from mingjing_shared.settings import Settings


def open_database(settings: Settings) -> Database:
    """The service's database, with the keys of its installation; outgoing events are flushed."""
    return Database(
        settings.database_url,
        installation_from(settings),
        pool_size=settings.database_pool_size,
        before_commit=outbox.flush,
    )
