"""Where persons live: everything below the county of an address that was given is hidden."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import Mark, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.events.values import Party

INSTEAD = "×××"
_COUNTY = re.compile(
    r"^(?:中国)?(?:[^省市县区旗]{1,8}?(?:省|自治区))?(?:[^市县区旗]{1,8}?(?:市|自治州|地区|盟))?"
    r"(?:[^县区市旗路街巷道号]{1,8}?(?:县|(?<![小社园校厂矿])区|市|旗))?"
)
_TOKEN = re.compile(
    r".+?(?:路|街|巷|弄|大道|道|村|组|庄|屯|镇|乡|社区|小区|花园|公寓|苑|园|栋|幢|座|单元|楼|层"
    r"|号|室|户|队)|.+$"
)
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十百]")
LENGTH_MIN = 4


def detail_of(address: str) -> str:
    """What of an address lies below the county."""
    flat = plain(address).replace(" ", "")
    county = _COUNTY.match(flat)
    return flat[county.end() :] if county else flat


def telling_parts(address: str) -> list[str]:
    """The parts of an address that lead to a door, longest first.

    Two neighbouring parts, or one that has a number of its own beside a name. A street alone
    leads to no door and is no secret: offences happen in streets.
    """
    tokens = _TOKEN.findall(detail_of(address))
    whole = [
        "".join(tokens[a:b]) for a in range(len(tokens)) for b in range(a + 2, len(tokens) + 1)
    ]
    alone = [token for token in tokens if _NUMBERED.search(token) and len(token) > LENGTH_MIN]
    found = [part for part in {*whole, *alone} if len(part) >= LENGTH_MIN and _leads(part)]
    return sorted(found, key=lambda part: (-len(part), part))


def marks_of_addresses(text: str, persons: Sequence[Party]) -> list[Mark]:
    """Where a plain text leads to a party's door."""
    return [
        Mark(start, end, "address", INSTEAD)
        for person in persons
        if person.address
        for start, end in _places(text, person.address)
    ]


def _leads(part: str) -> bool:
    """Whether a part names something besides numbers of floors and rooms."""
    return bool(re.search(r"[\u4e00-\u9fff]{2}", part)) and bool(_NUMBERED.search(part))


def _places(text: str, address: str) -> Iterator[tuple[int, int]]:
    for part in telling_parts(address):
        for found in re.finditer(" *".join(map(re.escape, part)), text):
            yield found.span()
