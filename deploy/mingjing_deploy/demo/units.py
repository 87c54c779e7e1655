"""Ten units that handle cases, with a head and two officers each, one of them with an account.

The first of them stands in demo_people.toml, with its people; the others are made here. More
accounts would be more sign-ins than one place may try within a minute.
"""

from dataclasses import dataclass
from random import Random

from mingjing_deploy.demo.names import officer_name

CITY = "340400000000"
_TIANJIAAN, _PANJI = "340403000000", "340406000000"


@dataclass(frozen=True)
class Unit:
    """A unit that handles cases: what it is called in case numbers, who works there.

    ``handlers`` are two police numbers, the first of them with an account.
    """

    code: str
    name: str
    level: str
    parent: str
    sign: str
    handlers: tuple[str, str]
    head: str


@dataclass(frozen=True)
class Made:
    """An officer of the demo month who has an account, and the one role it has."""

    number: str
    name: str
    unit: str
    role: str


_OLD = (
    Unit("340403250000", "田家庵分局网络安全保卫大队", "station", _TIANJIAAN, "田公（网）",
         ("034211", "034388"), "034200"),
)  # fmt: skip
_DATONG, _XIEJIAJI = "340402000000", "340404000000"
_NEW = (
    ("340403520000", "田家庵分局朝阳派出所", "station", _TIANJIAAN, "田公（朝）", "0343"),
    ("340402510000", "大通分局上窑派出所", "station", _DATONG, "大公（上）", "0325"),
    ("340404510000", "谢家集分局平山派出所", "station", _XIEJIAJI, "谢公（平）", "0345"),
    ("340406510000", "潘集分局田集派出所", "station", _PANJI, "潘公（田）", "0365"),
    ("340406000000", "潘集分局", "county", CITY, "潘公（治）", "0361"),
    ("340400170000", "交通警察支队", "department", CITY, "淮公（交）", "0317"),
    ("340400180000", "禁毒支队", "department", CITY, "淮公（禁）", "0318"),
    ("340400190000", "出入境管理支队", "department", CITY, "淮公（境）", "0319"),
    ("340400210000", "治安支队", "department", CITY, "淮公（治）", "0321"),
)
UNITS: tuple[Unit, ...] = (
    *_OLD,
    *(
        Unit(code, name, level, parent, sign, (f"{stem}11", f"{stem}12"), f"{stem}00")
        for code, name, level, parent, sign, stem in _NEW
    ),
)
PARENTS = (
    (_DATONG, "大通分局", "county", CITY, "032500"),
    (_XIEJIAJI, "谢家集分局", "county", CITY, "034500"),
)


def people() -> tuple[list[dict[str, object]], list[dict[str, object]], list[Made]]:
    """Units and officers as personnel tells them, and who of these gets an account.

    The same for every seed: accounts outlive a month.
    """
    rng = Random("officers of the demo month")  # noqa: S311 - names of nobody, always the same
    units: list[dict[str, object]] = [
        {"code": code, "name": name, "level": level, "parent": parent, "head": head}
        for code, name, level, parent, head in PARENTS
    ]
    officers: list[dict[str, object]] = []
    made: list[Made] = []
    for unit in UNITS[len(_OLD) :]:
        units.append(
            {"code": unit.code, "name": unit.name, "level": unit.level, "parent": unit.parent,
             "head": unit.head}
        )  # fmt: skip
        for number in (*unit.handlers, unit.head):
            name = officer_name(rng)
            is_head = number == unit.head
            officers.append(
                {"police_number": number, "name": name, "unit": unit.code,
                 "posts": ["负责人" if is_head else "民警"]}
            )  # fmt: skip
            if number == unit.handlers[0]:
                made.append(Made(number, name, unit.code, "case_handler"))
    return units, officers, made
