"""What the law tests share: the calendar as known in 2026, and rules made up for a test."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from mingjing_shared.law.calendar import WorkingCalendar, published_calendar
from mingjing_shared.law.rules import RuleVersion

# A loaded machine and a first run without hypothesis' own cache are no failure of a property.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

MakeRule = Callable[..., RuleVersion]


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return published_calendar().until(2026)


@pytest.fixture(scope="session")
def a_rule() -> MakeRule:
    """Seven working days since 2018-12-05, but for what the test changes."""

    def make(**changes: Any) -> RuleVersion:
        facts: dict[str, Any] = {
            "id": "test.rule",
            "title": "试验",
            "valid_from": date(2018, 12, 5),
            "source": "试验规定§1",
            "confidence": "verified",
            "unit": "working_day",
            "count": 7,
            "start_event": "test.started",
        }
        return RuleVersion(**(facts | changes))

    return make
