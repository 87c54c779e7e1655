"""Ready wordings: each belongs to a check, rests on a source, and goes away with its law."""

from datetime import date

import pytest

from mingjing_review.rules.checks import CODES
from mingjing_review.rules.wording import WORDINGS, wordings_on
from support.reviewing import the_handler, the_reviewer


def test_every_check_has_wordings_and_every_wording_a_check():
    found = wordings_on(date(2026, 9, 21))
    assert set(found) == set(CODES)
    assert all(found[code] for code in CODES)
    assert sum(len(of) for of in found.values()) == len(WORDINGS)


@pytest.mark.parametrize(
    ("day", "is_there"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 1, 2), True)],
)
def test_a_wording_is_offered_from_the_day_its_law_is_in_force(day, is_there):
    titles = [one.title for one in wordings_on(day)["procedure"]]
    assert ("应录未录" in titles) is is_there


async def test_the_desk_of_who_speaks_offers_them_with_their_source(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    page = (await bench.get(the_reviewer, "/review/cases/D1")).text
    assert 'data-into="note-officers"' in page
    assert "依据：行政处罚法§42" in page
    page = (await bench.get(the_handler, "/review/cases/D1")).text
    assert "data-into" not in page
