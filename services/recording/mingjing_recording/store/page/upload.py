"""What is known of the file that somebody is about to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.store.case import case_by_ref
from mingjing_recording.store.page.action import action_of
from mingjing_recording.store.page.footage import footage_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Database


async def what_is_expected(database: Database, given: Mapping[str, str]) -> dict[str, Any]:
    """The recording, the act and the case that a form names, as far as they are known."""
    footage_id, action_id = given.get("footage_id"), given.get("action_id")
    case_ref = given.get("case_ref")
    return {
        "footage": await footage_of(database, footage_id) if footage_id else None,
        "action": await action_of(database, action_id) if action_id else None,
        "case": await case_by_ref(database, case_ref) if case_ref else None,
    }
