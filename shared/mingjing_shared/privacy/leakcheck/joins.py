"""Joins: what an artefact shows of a person and what was public before, taken together.

Two artefacts are taken to speak of the same person when both stand under the document number of
the decision, or both call somebody by the surname of the same party and one of them shows the
same telling detail. What is joined:

* an earlier artefact shows the whole name, the new one what the name was hidden for;
* the digits of one number that are left in both, put together, tell the number;
* three kinds of detail (dwelling, birth or age, employer, family, plate, telephone) in both
  together of which neither shows all: by these a neighbour knows who it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.dwelling import Dwelling
from mingjing_shared.privacy.leakcheck.folding import as_digits, bare_signs
from mingjing_shared.privacy.leakcheck.hit import Found
from mingjing_shared.privacy.leakcheck.names import names_in
from mingjing_shared.privacy.leakcheck.views import spots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.privacy.leakcheck.about import About
    from mingjing_shared.privacy.leakcheck.names import PersonName
    from mingjing_shared.privacy.leakcheck.numbers import PersonNumber
    from mingjing_shared.privacy.leakcheck.views import Views

_PARTLY = re.compile(
    r"(?<![0-9a-z])([0-9]{2,14})[×*x○●□■?#某_…]{2,}|[×*x○●□■?#某_…]{2,}([0-9x]{2,12})(?![0-9a-z])"
)
_EMPLOYED = re.compile(
    r"(?:系|是|在|为|任|供职于|就职于|受雇于|工作单位[:：为是]{0,2})"
    r"([\u3400-\u9fff]{2,20}?(?:公司|学校|中学|小学|大学|医院|厂|局|所|银行|超市|酒店|宾馆|饭店|工地"
    r"|车间|村委会|幼儿园|网吧))(?:的)?"
    r"(?:员工|职工|教师|老师|工人|工作|医生|护士|保安|司机|会计|职员|上班|任|厨师|服务员|[,，。;；、\n])"
)
_AGED = re.compile(
    r"([0-9]{1,3})(?:周?岁)|((?:19|20)[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:出?生)"
)
_FAMILY = re.compile(
    r"(?:之|其|的)(父亲|母亲|妻子|丈夫|儿子|女儿|哥哥|弟弟|姐姐|妹妹|岳父|岳母|前妻|前夫|独子|独女)"
)
_SAYS = {
    "dwelling": "住处", "age": "年龄", "employer": "工作单位", "family": "家庭关系",
}  # fmt: skip
_DETAILS_MIN = 3
_LEFT_MIN = {"phone": 7, "resident_id": 10, "bank_card": 8, "passport": 6}
_WINDOW = 90


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail that is shown beside a pseudonym: its kind, what it says, where."""

    kind: str
    word: str
    start: int
    end: int


def joins_in(
    views: Views,
    earlier: Sequence[tuple[str, Views]],
    about: About,
    names: Sequence[PersonName],
    numbers: Sequence[PersonNumber],
) -> Iterator[Found]:
    """What becomes known when the text is laid beside what was public before."""
    for title, other in earlier:
        linked = _same_document(views, other, about)
        for name in names:
            places = _pseudonyms(views, name) if linked else []
            if places and _is_named(other, name, about):
                yield _by_name(views, title, name, places[0])
            here, there = _details(views, name, about), _details(other, name, about)
            yield from _by_details(views, title, here, there, linked)
        for number in numbers:
            yield from _by_digits(views, title, other, number)


def _same_document(one: Views, other: Views, about: About) -> bool:
    number = bare_signs(about.document_number or "")
    return bool(number) and number in one.bare.text and number in other.bare.text


def _pseudonyms(views: Views, name: PersonName) -> list[int]:
    """Where the text speaks of somebody by this surname alone."""
    return spots(views.masked.text, f"{name.surname or name.signs[:1]}×")


def _is_named(other: Views, name: PersonName, about: About) -> bool:
    return any(found.rule == "name" for found in names_in(other, name, about.original))


def _by_name(views: Views, title: str, name: PersonName, at: int) -> Found:
    """The name was hidden in vain: the same decision stands elsewhere with it."""
    start, end = views.masked.span(at, at + len(name.surname or " ") + 1)
    return Found(start, end, "join", f"{title} 就同一文书写有全名")


def _by_digits(views: Views, title: str, other: Views, number: PersonNumber) -> Iterator[Found]:
    needed = _LEFT_MIN.get(number.rule)
    if needed is None:
        return
    here, there = _left(views, number), _left(other, number)
    shown = {place for _, places in here for place in places}
    before = {place for _, places in there for place in places}
    if len(shown | before) >= needed and not before >= shown and not shown >= before:
        span = next(span for span, places in here if not before >= places)
        yield Found(*views.numbered.span(*span), "join", f"与 {title} 的数字拼合")


def _left(views: Views, number: PersonNumber) -> list[tuple[tuple[int, int], set[int]]]:
    """Which digits of a number are left where a part of it is hidden."""
    found, signs = [], number.signs
    for one in _PARTLY.finditer(views.numbered.text):
        head, tail = one[1] or "", one[2] or ""
        places: set[int] = set()
        if head and signs.startswith(head):
            places |= set(range(len(head)))
        if tail and signs.endswith(tail):
            places |= set(range(len(signs) - len(tail), len(signs)))
        if places:
            found.append((one.span(), places))
    return found


def _by_details(
    views: Views, title: str, here: Sequence[Detail], there: Sequence[Detail], linked: bool
) -> Iterator[Found]:
    """Three kinds of detail of one person, some here and some there."""
    mine = {one.kind for one in here}
    theirs = {one.kind for one in there}
    if not mine or not theirs or len(mine | theirs) < _DETAILS_MIN:
        return
    new = [one for one in here if one.kind not in theirs]
    is_same = linked or bool({one.word for one in here} & {one.word for one in there})
    if new and theirs - mine and (is_same or _is_sure(new, there)):
        words = "、".join(_SAYS[kind] for kind in sorted(mine | theirs))
        yield Found(
            *views.masked.span(new[0].start, new[0].end), "join", f"与 {title} 合并可知{words}"
        )


def _is_sure(here: Sequence[Detail], there: Sequence[Detail]) -> bool:
    """Whether both show a detail that is known to be the party's."""
    return any(one.kind == "dwelling" for one in (*here, *there))


def _details(views: Views, name: PersonName, about: About) -> list[Detail]:
    """What the text shows of somebody with this surname, near where it speaks of him."""
    masked, found = views.masked.text, []
    for at in _pseudonyms(views, name):
        window = as_digits(masked[at : at + _WINDOW])
        window = re.split(r"[。\n]", window)[0]
        for kind, pattern in (("employer", _EMPLOYED), ("age", _AGED), ("family", _FAMILY)):
            for one in pattern.finditer(window):
                word = next(filter(None, one.groups()), one.group())
                if "×" not in word:
                    found.append(Detail(kind, word, at + one.start(), at + one.end()))
        for place in _lived_in(about):
            found += [
                Detail("dwelling", place, at + start, at + start + len(place))
                for start in spots(window, place)
            ]
    return found


def _lived_in(about: About) -> tuple[str, ...]:
    """Roads, villages and estates where persons of the case live."""
    return tuple(part for address in about.addresses for part in Dwelling(address).named)
