"""Reviewers in the directory of review's tests, near and far."""

from __future__ import annotations

from datetime import timedelta

from mingjing_shared.events.directory import OfficerDescribed, UnitDescribed
from support.events import A_TIME, received
from support.officers import CITY, COUNTY, an_officer

NEAR, FAR, BUSY = "035001", "035002", "035003"
LEGAL_TEAM = "340402900000"
near_reviewer = an_officer("legal_reviewer", number=NEAR, unit=COUNTY)
far_reviewer = an_officer(("legal_reviewer", CITY), number=FAR, unit=CITY)
the_head_of_law = an_officer(("legal_reviewer", COUNTY), number=BUSY, unit=LEGAL_TEAM)


def a_version(**changes):
    given_ = {
        "valid_from": "2018-01-01",
        "name": "审核甲",
        "unit": COUNTY,
        "posts": ["法制民警"],
        "enforcement_certificate": "皖公执009",
        "qualification_level": "basic",
        "legal_qualification": True,
    }
    return {**given_, **changes}


def described(number, **changes):
    about = {"time": A_TIME + timedelta(days=1)}  # after the directory of all these tests
    version = a_version(**changes)
    return received(OfficerDescribed, police_number=number, versions=[version], about=about)


def the_legal_team(head=BUSY):
    version = {
        "valid_from": "2018-01-01",
        "name": "测试分局法制大队",
        "level": "station",
        "parent": COUNTY,
        "head": head,
    }
    return received(UnitDescribed, code=LEGAL_TEAM, versions=[version])


async def staffed(bench, *people):
    """A text that needs review, and these reviewers in the directory beside those of all tests."""
    await bench.propose()
    await bench.review.apply(the_legal_team(), *people)
