"""Names, numbers and addresses of nobody: made up from a seed, with check digits that fit.

The first six digits of a resident id are of a district that does not exist (340499).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "启明若川知远书白嘉言景行子衿云舟望舒怀瑾青野长宁听澜一苇素心修远霁月疏影"
_ROADS = ("槐荫路", "听雨巷", "望湖路", "采薇街", "长亭路", "栖霞里", "白鹭路", "问渠街")
_BRANDS = ("清砚", "云麓", "拾光", "远帆", "青禾", "九章", "知行", "北辰", "闻溪", "星野")
_TRADES = ("信息技术", "物业服务", "保安服务", "工程爆破", "劳务", "酒店管理", "商贸", "化工")
_NOWHERE = "340499"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    resident_id: str
    birth_date: date
    address: str
    phone: str


def person(rng: Random, on: date, years: tuple[int, int] = (22, 60)) -> Person:
    """Make up somebody who has so many years of age on a day."""
    days = rng.randint(years[0] * _DAYS_A_YEAR + 30, years[1] * _DAYS_A_YEAR)
    born = on - timedelta(days=days)
    return Person(
        name=officer_name(rng),
        resident_id=resident_id(born, rng.randint(1, 999)),
        birth_date=born,
        address=f"田家庵区{rng.choice(_ROADS)}{rng.randint(1, 199)}号"
        f"{rng.randint(1, 20)}栋{rng.randint(1, 18)}0{rng.randint(1, 4)}室",
        phone=f"19{rng.randint(0, 999_999_999):09}",
    )


def officer_name(rng: Random) -> str:
    """Make up a name of three characters."""
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, 2))


def company(rng: Random) -> tuple[str, str]:
    """Make up an organisation: its name and its unified social credit code."""
    name = f"淮南市{rng.choice(_BRANDS)}{rng.choice(_BRANDS)}{rng.choice(_TRADES)}有限公司"
    return name, credit_code(f"91{_NOWHERE}" + "".join(rng.choices(_CODE[:10], k=9)))


def resident_id(born: date, sequence: int) -> str:
    """The number of a resident of nowhere: division, birth date, sequence, check digit."""
    body = f"{_NOWHERE}{born:%Y%m%d}{sequence:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[total % 11]


def credit_code(body: str) -> str:
    """A unified social credit code: 17 characters and their check digit (GB 32100)."""
    total = sum(_CODE.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _CODE[-total % 31]
