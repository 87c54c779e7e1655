"""Numbers that belong to persons: those given for the parties, and those that check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.law.identity import birth_date_of, is_resident_id
from mingjing_shared.privacy.masking_form import Mark, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from mingjing_shared.events.values import Party

INSTEAD = "×××"
CODE_RUN = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")

_SEPARATOR = r"[ \-]?"
_ALONE = (r"(?<![0-9A-Z])", r"(?![0-9A-Z])")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _run(least: int, most: int, last: str = "[0-9]") -> re.Pattern[str]:
    """So many digits, with single blanks or hyphens between them or not."""
    body = rf"[0-9](?:{_SEPARATOR}[0-9]){{{least - 2},{most - 2}}}{_SEPARATOR}{last}"
    return re.compile(body.join(_ALONE))


_RESIDENT = _run(18, 18, "[0-9X]")
_RESIDENT_OLD = re.compile(r"[0-9]{15}".join(_ALONE))
_CARD = _run(16, 19)
_MOBILE = re.compile(rf"(?<![0-9])(?:\+?86{_SEPARATOR})?1[3-9](?:{_SEPARATOR}[0-9]){{9}}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])0[1-9][0-9]{1,2}[ \-—]?[2-9][0-9]{6,7}(?![0-9])")
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z][ ·•\-]?(?:[A-HJ-NP-Z0-9]{{5,6}}|[A-HJ-NP-Z0-9]{{4}}[挂学警港澳])"
    r"(?![A-Z0-9])"
)
_EMAIL = re.compile(r"[A-Z0-9._%+\-]{1,64}@[A-Z0-9\-]{1,63}(?:\.[A-Z0-9\-]{2,63})+")
_DAY = r"(?P<year>(?:19|20)[0-9]{2}) ?(?P<rest>[年./\-] ?[0-9]{1,2} ?[月./\-] ?[0-9]{1,2} ?日?)"
_BORN = (
    re.compile(_DAY + r"(?=\)? ?出?生(?!效|产))"),
    re.compile(r"出生(?:日期|年月日|年月)?[::为于]? ?" + _DAY),
)


def compact(text: str) -> str:
    """A number without what stands between its digits."""
    return text.replace(" ", "").replace("-", "")


def passes_luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _always(_text: str) -> bool:
    return True


_CHECKED: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("resident_id", _RESIDENT, is_resident_id),
    ("resident_id", _RESIDENT_OLD, is_resident_id),
    ("bank_card", _CARD, passes_luhn),
    ("phone", _MOBILE, _always),
    ("phone", _LANDLINE, _always),
    ("plate", _PLATE, _always),
    ("email", _EMAIL, _always),
)


def marks_of_numbers(text: str, persons: Sequence[Party]) -> list[Mark]:
    """Where a plain text holds numbers of persons, or days on which they were born."""
    marks = list(checked_numbers(text))
    for person in persons:
        for rule, number in numbers_of(person):
            body = _SEPARATOR.join(map(re.escape, compact(plain(number))))
            found = re.finditer(body, text)  # whatever stands beside it: we know whose it is
            marks += [Mark(one.start(), one.end(), rule, INSTEAD) for one in found]
    return marks + list(_births(text, persons))


def checked_numbers(text: str) -> Iterator[Mark]:
    """Numbers that say by themselves what they are, in a plain text."""
    for rule, form, is_one in _CHECKED:
        for found in form.finditer(text):
            if is_one(compact(found.group())):
                yield Mark(found.start(), found.end(), rule, INSTEAD)


def numbers_of(person: Party) -> list[tuple[str, str]]:
    """The numbers that were given for a person, with the rule that hides each."""
    given = (
        ("resident_id", person.resident_id),
        ("passport", person.passport),
        ("phone", person.phone),
    )
    return [(rule, number) for rule, number in given if number and len(compact(number)) > 4]


def birth_dates_of(persons: Sequence[Party]) -> set[date]:
    """The days on which these persons were born, given or read from their numbers."""
    days = {person.birth_date for person in persons}
    days |= {birth_date_of(person.resident_id) for person in persons if person.resident_id}
    return {day for day in days if day is not None}


def _births(text: str, persons: Sequence[Party]) -> Iterator[Mark]:
    """Month and day of a birth: the year stays."""
    for form in _BORN:
        for found in form.finditer(text):
            yield Mark(found.start("rest"), found.end("rest"), "birth", "年")
    born = birth_dates_of(persons)
    for found in re.compile(_DAY).finditer(text):
        month, day = re.findall(r"[0-9]+", found["rest"])
        if (int(found["year"]), int(month), int(day)) in {(d.year, d.month, d.day) for d in born}:
            yield Mark(found.start("rest"), found.end("rest"), "birth", "年")
