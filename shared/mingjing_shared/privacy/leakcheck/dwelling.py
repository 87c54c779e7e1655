"""Looks for where somebody lives, below the county, and for the day on which somebody was born."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.hit import Found
from mingjing_shared.privacy.leakcheck.lazily import lazily
from mingjing_shared.privacy.leakcheck.pinyin import spelled
from mingjing_shared.privacy.leakcheck.views import View, Views, spots
from mingjing_shared.privacy.leakcheck.words import BELOW_COUNTY, RESIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_SIGN = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_REGION = re.compile(
    r"^(?:(?!路|街|村|镇|乡|号).)*?(?:[\u3400-\u9fff]{2,8}?(?:省|自治区))?(?:[\u3400-\u9fff]{2,7}?市)?"
    r"(?:(?!路|街|村|镇|乡)[\u3400-\u9fff]){1,6}?"
    r"(?:(?<![小社园校厂新景东西南北])区|县|旗|(?<=[\u3400-\u9fff])市)"
)
_NAMED = re.compile(
    r"[\u3400-\u9fff0-9]{1,10}?(?:大道|路|街道|街|巷|弄|胡同|村|庄(?!村)|屯(?!村)|镇(?!村)|乡(?!村)"
    r"|小区|社区|花园|新村|苑|公寓|宿舍|家园|大厦|广场"
    r"|(?:院|城|府|湾|里|庭|组|队)(?![\u3400-\u9fff]))"
)
_WITHIN = re.compile(r"^.*(?:新区|开发区|街道|镇|乡|[0-9]+号(?:楼|院)?)(?=.{2})")
_LABEL = re.compile(RESIDENCE + r"[:：]?[^。;；:：,，\n]{0,25}$")
_SAID = re.compile(
    RESIDENCE + r"(?!院|宿|房|建|户|持|客|店|处分|所地?公安|民|址?不明)[:：为是在于,(（]{0,3}"
    r"([^,，。;；:：\n()（）]{2,40})"
)
_PUBLIC_PLACE = re.compile(r"政府|派出所|卫生院|中学|小学|街心|渡口|路口|交叉|广场|人民法院|交警")
_PUBLIC_BODY = re.compile(r"戒毒|人民政府|派出所|公安局|人民法院|复议机关|号牌")
_PERSONAL = re.compile(r"[,，(（][男女][,，)）]|身份证|身份号码|出生|护照|[某×]")
_MASKED = re.compile(r"[某×*]")
_ORGANISED = re.compile(
    r"公司|法定代表人|统一社会信用代码|单位|合作社|经营部|企业|机关|商行|厂|个体工商户|营业执照"
)
_REST_SIGNS_MIN = 4
_SAID_SIGNS_MIN = 3
_ROAD_LETTERS_MIN = 10
_BORN = re.compile(r"出生|生于|生日|诞生|born|birth|农历|岁生日|年生|月生|日生")
_WORDED_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})月([0-9]{1,2})[日号]?")
_WORDED_MONTH = re.compile(
    r"(?:出生于?|生于|出生(?:日期|年月|时间)?[:：为是]{0,2})(?:公元)?(?:[0-9]{2,4}年)?"
    r"([0-9]{1,2})月|"
    r"[0-9]{4}年([0-9]{1,2})月(?:[0-9]{1,2}[日号])?(?:出生|生[,，。;；)）]|生$)"
)
_CLAUSE_SIGNS = 14


@dataclass(frozen=True)
class Dwelling:
    """An address below the county, and the parts of it that tell where."""

    written: str

    @lazily
    def signs(self) -> str:
        """The part below the county, numerals as numbers, without anything between."""
        counted = Views(View(self.written)).counted.text
        below = _REGION.sub("", counted) or counted
        return _NO_SIGN.sub("", below)

    @lazily
    def sure(self) -> tuple[str, ...]:
        """What tells wherever it stands: all of it, a road with a number, a house with a room."""
        signs = self.signs
        found = [signs] if len(signs) >= _REST_SIGNS_MIN and BELOW_COUNTY.search(signs) else []
        numbers = list(re.finditer(r"[0-9]+", signs))
        if numbers:
            road = list(_NAMED.finditer(signs[: numbers[0].start()]))
            start = road[-1].start() if road else max(numbers[0].start() - 6, 0)
            if numbers[0].start() - start > 1:
                found.append(signs[start : numbers[0].end()])
        if len(numbers) > 1:
            found.append(signs[numbers[-2].start() :])
        return tuple(dict.fromkeys(one for one in found if len(one) >= _REST_SIGNS_MIN))

    @lazily
    def named(self) -> tuple[str, ...]:
        """Roads, villages, estates: they tell where somebody lives when it says that he does."""
        parts = [one.group().lstrip("0123456789") for one in _NAMED.finditer(self.signs)]
        inner = [_WITHIN.sub("", part) for part in parts]
        return tuple(dict.fromkeys(part for part in (*parts, *inner) if len(part) > 2))


def dwellings_in(views: Views, dwelling: Dwelling) -> Iterator[Found]:
    """Every place at which a text shows where this is."""
    squeezed = _squeezed(views)
    for word in dwelling.sure:
        for at in spots(squeezed.text, word):
            end = at + len(word)
            cut = word[-1].isdigit() and squeezed.text[end : end + 1].isdigit()
            head = word[0].isdigit() and squeezed.text[at - 1 : at].isdigit() and at > 0
            if not cut and not head:
                yield Found(*squeezed.span(at, end), "address")
    for word in dwelling.named:
        for at in spots(squeezed.text, word):
            before = squeezed.parent_text[: squeezed.above(at)][-60:]
            after = squeezed.parent_text[squeezed.above(at + len(word) - 1) + 1 :][:6]
            said = _LABEL.search(before)
            if said and not _ORGANISED.search(before[-40:]) and not _PUBLIC_PLACE.match(after):
                yield Found(*squeezed.span(at, at + len(word)), "address")
    yield from _in_pinyin(views, dwelling)


def _squeezed(views: Views) -> View:
    made = views.__dict__.get("squeezed")
    if made is None:
        made = views.__dict__["squeezed"] = views.counted.without(_NO_SIGN)
    return made


@lru_cache(maxsize=1024)
def _spelled_road(word: str) -> str:
    letters = re.sub(r"[^\u3400-\u9fff]", "", word)
    readings = spelled(letters)
    return "".join(readings[0]) if readings else ""


def _in_pinyin(views: Views, dwelling: Dwelling) -> Iterator[Found]:
    for word in dwelling.named:
        spelling = _spelled_road(word)
        if len(spelling) >= _ROAD_LETTERS_MIN:
            for at in spots(views.latin.text, spelling):
                yield Found(*views.latin.span(at, at + len(spelling)), "address")


def dwellings_by_form(views: Views) -> Iterator[Found]:
    """Where the text itself says that somebody lives somewhere below the county."""
    for start, end in _said_dwellings(views.lined.text):
        yield Found(*views.lined.span(start, end), "address")


def residences_in(text: str) -> Iterator[str]:
    """Every place below the county where the text says that somebody lives."""
    lined = Views(View(text)).lined.text
    for start, end in _said_dwellings(lined):
        yield lined[start:end]


def _said_dwellings(lined: str) -> Iterator[tuple[int, int]]:
    for one in _SAID.finditer(lined):
        said = _REGION.sub("", one[1])
        is_masked = _MASKED.search(said) or len(said) < _SAID_SIGNS_MIN
        if is_masked or not BELOW_COUNTY.search(said) or _PUBLIC_BODY.search(said):
            continue
        before = lined[max(one.start() - 120, 0) : one.start()]
        if not _is_organisation_s(before) and not _ORGANISED.search(one[1]):
            yield one.start(1) + len(one[1]) - len(said), one.end(1)


def _is_organisation_s(before: str) -> bool:
    """Whether what was spoken of last, before it says where it is, is an organisation."""
    organised = max((one.end() for one in _ORGANISED.finditer(before)), default=-1)
    person = max((one.end() for one in _PERSONAL.finditer(before)), default=-1)
    return organised > person


def births_in(views: Views, births: tuple[tuple[int, int, int], ...]) -> Iterator[Found]:
    """The day of birth of a person of the case, in figures or words; any month of a birth."""
    counted = views.counted
    text = counted.text
    for year, month, day in births:
        for pattern in _day_patterns(year, month, day):
            for one in pattern.finditer(text):
                yield Found(*counted.span(*one.span()), "birth")
    for one in _WORDED_DAY.finditer(text):
        around = text[max(one.start() - _CLAUSE_SIGNS, 0) : one.end() + 6]
        if _BORN.search(around) and "出生地" not in around:
            yield Found(*counted.span(*one.span()), "birth")
    for one in _WORDED_MONTH.finditer(text):
        yield Found(*counted.span(*one.span()), "birth")


@lru_cache(maxsize=1024)
def _day_patterns(year: int, month: int, day: int) -> tuple[re.Pattern[str], ...]:
    if not year:
        return ()
    years = rf"(?:{year}|(?<![0-9]){year % 100:02})"
    between = r"[年./\-_|~,，、·]{1,2}"
    until = r"[月./\-_|~,，、·]{1,2}"
    return (
        re.compile(rf"(?<![0-9]){years}{between}0?{month}{until}0?{day}(?![0-9])"),
        re.compile(rf"(?<![0-9]){year}{month:02}{day:02}(?![0-9])"),
        re.compile(rf"(?<![0-9])0?{day}{between}0?{month}{between}{year}(?![0-9])"),
    )
