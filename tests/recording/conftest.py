"""What the tests of recording share."""

import json
from datetime import datetime, timedelta

import pytest

from mingjing_recording.handlers import ALARMS
from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.clocks import fire_due


@pytest.fixture
async def recording(world):
    return await world.database("recording")


@pytest.fixture
def fire(recording, tmp_path, monkeypatch):
    """Moves the legal clock to a local instant and fires what is due."""
    file = tmp_path / "clock.json"
    monkeypatch.setenv("MINGJING_CLOCK_FILE", str(file))

    async def move_and_fire(to):
        offset = datetime.fromisoformat(to + "+08:00") - machine_now()
        file.write_text(json.dumps({"offset_seconds": offset / timedelta(seconds=1)}))
        async with recording.transaction() as tx:
            return await fire_due(tx, ALARMS)

    return move_and_fire
