"""The legal department of the demo month: reviewers in every state, exams, advisers, an absence.

The people are told before the month as the others are; what happens to them is told within it, on
days counted from its first, so that at its end some terms are over and some are near their end.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from mingjing_deploy.demo.happenings import Act

CITY, LEGAL = "340400000000", "340400200000"
_PANJI, _PANJI_LEGAL = "340406000000", "340406030000"
_AWAY = "034023"
_MONTH_DAYS = 35  # the day after the last is today

# Number, name, unit, posts, days from today to the end of the qualification, legal qualification.
_STAFF = (
    ("034021", "赵知远", LEGAL, "法制民警", -12, True),
    ("034022", "钱向明", LEGAL, "法制民警", 21, False),
    (_AWAY, "孙行简", LEGAL, "法制民警", 70, True),
    ("036130", "李守正", _PANJI_LEGAL, "法制大队大队长", 1400, True),
    ("036131", "周明达", _PANJI_LEGAL, "法制员", 200, False),
)
# Name, unit, kind, police number, first day and last day of the contract counted from day 0.
_ADVISERS = (
    ("顾清源", CITY, "legal_adviser", None, -300, 330),
    ("陆文渊", CITY, "legal_adviser", None, -340, 55),
    ("沈思齐", "340403000000", "legal_adviser", None, -345, 20),
    ("韩立言", _PANJI, "legal_adviser", None, -280, 110),
    ("冯正", LEGAL, "government_lawyer", "034018", -500, None),
)


def units() -> list[dict[str, object]]:
    """The legal department that the demonstration's other units do not have yet."""
    return [
        {"code": _PANJI_LEGAL, "name": "潘集分局法制大队", "level": "station", "parent": _PANJI,
         "head": "036130"},
    ]  # fmt: skip


def officers(today: date) -> list[dict[str, object]]:
    """Reviewers, and how long each one's qualification still lasts."""
    return [
        {
            "police_number": number,
            "name": name,
            "unit": unit,
            "posts": [post],
            "qualification_valid_until": (today + timedelta(days=days)).isoformat(),
            "legal_qualification": legal,
        }
        for number, name, unit, post, days, legal in _STAFF
    ]


def exams(first: date) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """On which day of the month personnel tells of which exam."""
    for number, level, day in (("036130", "intermediate", 6), ("036131", "basic", 13)):
        on = first + timedelta(days=day)
        until = on.replace(year=on.year + 3) if (on.month, on.day) != (2, 29) else on
        yield day, {"police_number": number, "level": level, "on": on.isoformat(),
                    "valid_until": until.isoformat()}  # fmt: skip


def advisers(first: date) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """On which day of the month personnel tells of whose engagement."""
    for name, unit, kind, number, begins, ends in _ADVISERS:
        told: dict[str, Any] = {
            "unit": unit,
            "adviser": name,
            "on": (first + timedelta(days=begins)).isoformat(),
            "kind": kind,
        }
        if ends is not None:
            told["until"] = (first + timedelta(days=ends)).isoformat()
        if number is not None:
            told["police_number"] = number
        yield 0, told


def absence(first: date) -> Act:
    """The case manager notes that one of them is away until the end of the month."""
    given = {
        "number": _AWAY,
        "since": (first + timedelta(days=1)).isoformat(),
        "until": (first + timedelta(days=_MONTH_DAYS + 5)).isoformat(),
        "reason": "参加省厅法制培训",
    }
    return Act(1, "case_manager", "absent", "reviewers", given)
