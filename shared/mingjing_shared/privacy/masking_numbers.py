"""Numbers that belong to persons: those given for the parties, and those that check.

A number may be written with blanks, hyphens and line breaks between its groups. Groups that are
a number by themselves are that; others are joined with their neighbours and must then check.
Serial numbers that only look like a phone are told apart by the word before them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.law.identity import is_resident_id
from mingjing_shared.privacy.masking_form import INSTEAD, Mark, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.events.values import Party
    from mingjing_shared.privacy.masking_form import Reading

CODE_RUN = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
BY_CHECK, BY_FORM, BY_CUE, BY_PARTY = "校验码", "号码格式", "前后文字", "当事人信息"

_GAP = r"[ \n\-–—\uff0d.·()]{1,3}"
_GROUPS = re.compile(rf"(?<![0-9A-Z_.])[0-9]+X?(?:{_GAP}[0-9]+X?(?![0-9A-Z]))*(?![A-WYZ_])")
_NO_SIGN = re.compile(r"[^0-9A-Z]+")
_GROUP = re.compile(r"[0-9]+X?")
_WINDOW_MAX = 8
_NUMBER_MIN, _NUMBER_MAX = 8, 19
_SERIAL = re.compile(
    r"(?:[编票受封序流文档案工账据单件批册卷字税函收发凭任排货运定订]号|编号|序列|流水|票据|受理|封"
    r"条|小票|单号|代码|证号为?|许可证|"
    r"字号|路由"
    r"|缴款码|验证码|编码|码为?|运输证|营业收入|总额|金额|合计|营收)[^,。;0-9]{0,6}(?:[0-9]+(?:至"
    r"|-|~|、)[A-Z]{0,3})?$"
)
_SOME_NUMBER = re.compile(r"[\u4e00-\u9fff](?<![机话信宝音短小户])号[:为是(]{0,2}$")
_PHONE_CUE = re.compile(
    r"(?:电话|手机|联系|通讯|致电|拨打|号码|热线|传真|TEL|PHONE|微信|支付宝|机主)[^。;0-9]{0,8}$"
)
_OFFICE_CUE = re.compile(
    r"(?:值班室|办公室|服务台|前台|传达室|办公|值班(?!员|人)|监督|咨询|举报|窗口|本[所局队]|大队|支"
    r"队|派出"
    r"所|机关|热线)(?:电话|或|,)?[^。;0-9]{0,6}$"
)
_MEASURE = re.compile(
    r" ?(?:\.[0-9]|,[0-9]{3}(?![0-9 \-年])|[年月日时分元]|千克|公斤|吨|克|人|次|份|台|%|MG|KM|米)"
)
_COUNTRY = re.compile(r"[(]?\+? ?(?:86[ \-)]{0,2})?[(]?$")
_COUNTRY_SIGNS = 8
_EXTENSION = re.compile(r" ?(?:转|分机)(?:分机)?[0-9]{1,6}")
_ABROAD = re.compile(
    r"(?:\+|(?<![0-9])00)(?!86)[1-9][0-9]{0,2}[ \-]?\(?[0-9](?:[ \-()]{0,2}[0-9]){6,12}(?![0-9])"
)
_LOCAL = re.compile(
    r"(?:电话|手机|联系方式|座机|固话|短号|宅电|小灵通)(?:号码|号)?(?:为|是|系|[:：])?[ \n]?([2-9]["
    r"0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])|[5-6][0-9]{5}(?![0-9]))"
)
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]{9}$")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}$")
_RESIDENT_CUE = re.compile(
    r"(?:身份证|身份号码|居民证|公民身份|证件号|证件|驾驶证号|身份证明)[^。;\n0-9]{0,14}$"
)
_FILE_CUE = re.compile(r"(?:档案编号|档案号|驾驶证档案|驾照档案)(?:编号)?[^。;\n0-9]{0,8}$")
_FILE_TOO = re.compile(r"[0-9]{12}[、,和](?:[0-9]{12}[、,和])*$")
_CARD_CUE = re.compile(
    r"(?:账号|账户|卡号|银行卡|信用卡|储蓄卡|借记卡|行卡|户口|存折|卡)[^。;\n0-9]{0,12}$"
)
_CONTEXT = 24
_GONE = "×"
_FAR = 60
_RESIDENT_SIGNS = (15, 18)
_RESIDENT_SIGNS_MIN, _FILE_SIGNS, _CARD_SIGNS_MIN = 13, 12, 16
_PERSONAL = re.compile(r"[男女某]|联系(?!.*(?:室|前台))")

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][ \n]?[A-HJ-NP-Z](?:[ \n·•.\-]{{0,2}}[A-HJ-NP-Z0-9]){{4}}"
    r"[ \n·•.\-]{0,2}(?:[A-HJ-NP-Z0-9]{1,2}(?![A-Z0-9])|[挂学警港澳领使临试超])(?![A-Z0-9])"
)
_OTHER_PLATE = re.compile(
    rf"WJ ?[·•.\-]?[{_PROVINCES}]?[ ·•.\-]?[0-9][0-9]{{3}}[0-9A-Z](?![0-9A-Z])"
    rf"|[{_PROVINCES}][0-9]{{2}}[ ·•.\-]?[0-9A-Z]?[0-9]{{4,5}}(?![0-9])"
    r"|(?<![0-9A-Z])使 ?[0-9]{6}(?![0-9])"
    rf"|[{_PROVINCES}][A-Z][ ·•.\-]?[临电超试教][0-9A-Z]{{4,6}}(?![0-9A-Z])"
    rf"|[{_PROVINCES}][\u4e00-\u9fff]{{1,4}}[货油客拖渔机游][0-9]{{3,6}}(?![0-9])"
    rf"|(?:车|牌)[^,。;、0-9A-Z\n]{{0,8}}?(?<=[^0-9A-Z])((?:临时?|[\u4e00-\u9fff]{{2}})[ ·•.\-]?[A-"
    rf"Z][ ·•.\-]?[0-9]{{4,6}})(?![0-9A-Z])"
)
_LETTER = re.compile("[A-Z]")
_VIN = re.compile(r"(?<![0-9A-Z])(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Z])")
_PART_NUMBER = re.compile(
    r"(?:车架号?|车辆识别(?:代号|代码|号码|码)|大架号|机架号|VIN码?|发动机(?:号码|号)|电机号)"
    r"(?:后[0-9一二三四五六七八]+位)?(?:码|号)?[ :：为是系(\"“]{0,4}([A-Z0-9][A-Z0-9\-]{3,19})"
)
_EMAIL = re.compile(r"[A-Z0-9._%+\-]{1,64}@[A-Z0-9\-]{1,63}(?:\.[A-Z0-9\-]{2,63})+")
_PASSPORT_CUE = re.compile(
    r"(?:护照|通行证|旅行证|居留证|台胞证|回乡证|永居证)(?:号码|号|证号)?(?:为|是)?[ :：(]{0,3}"
    r"([A-Z]{0,3} ?[0-9](?:[ \-]?[0-9]){5,9}|[A-Z][0-9A-Z]{5,11}|[0-9]{2}[A-Z]{2}[0-9]{5})(?![0-9A-"
    r"Z])"
)
_SPREAD = re.compile(r"(?<![0-9.])[0-9](?:[ \-][0-9X]){10,18}(?![0-9A-Z.])")
_SPELLED = re.compile(
    "(?<![一二三四五六七八九零\u3007幺])[一幺][三四五六七八九][一二三四五六七八九零\u3007幺]{9}"
    "(?![一二三四五六七八九零\u3007幺十百])"
)
_PASSPORT_ALONE = re.compile(r"(?<![0-9A-Z\-])(?:[A-Z][0-9]{7,8}|[A-Z]{2}[0-9]{7})(?![0-9A-Z\-])")
_SIGNS = r"(?:[\u4e00-\u9fff]{2,3} ?)?[A-Z]{0,3} ?[A-Z0-9]{3,8}(?![A-Z0-9])"
_PLATE_CUE = re.compile(
    r"(?:车牌|号牌|牌照|牌号|香港牌|澳门牌|港牌|澳牌)(?:号码|号)?[:为是系]{0,2}[ \n(\"“]{0,2}"
    rf"({_SIGNS}(?:、{_SIGNS})*)"
)
_PLATE_WITHIN = re.compile(_SIGNS)
_CERTIFICATE = re.compile(
    r"(?:教练|从业资格|执业|执业资格|教师资格|上岗|保安员|资格|军官|士兵|军人|残疾人?|学生|工作|医"
    r"师|健康|记者|导游|"
    r"律师|押运员|爆破员|社保|居住|老年|退休|退伍|记者|会员|船员|海员|电工|焊工|操作)证(?:书)?(?:编"
    r"号|号码|号)"
    r"(?:为|是|[:：])?[ (]{0,2}((?=[A-Z\-]*[0-9])[0-9A-Z\-]{6,20})"
)
_PASSPORT = re.compile(r"(?<![0-9A-Z])(?:E[A-HJ-NP-Z]?[0-9]{7,8}|[GDSPHMK][0-9]{8})(?![0-9A-Z])")


def compact(text: str) -> str:
    """A number without what stands between its digits."""
    return _NO_SIGN.sub("", text)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def marks_of_numbers(reading: Reading, persons: Sequence[Party]) -> list[Mark]:
    """Where a text holds numbers of persons."""
    text = reading.flat
    marks = _own_numbers(reading, persons)
    flat = _without(text, marks)
    while found := [*checked_numbers(flat)]:
        marks += found
        if not any(_touches(text, mark) for mark in found):
            break
        flat = _without(flat, found)  # what stands directly beside shows only when this is gone
    return marks


def _without(text: str, marks: Sequence[Mark]) -> str:
    for mark in marks:
        text = text[: mark.start] + _GONE * (mark.end - mark.start) + text[mark.end :]
    return text


def _touches(text: str, mark: Mark) -> bool:
    """Whether a letter or a digit stands directly beside."""
    beside = text[mark.start - 1 : mark.start] + text[mark.end : mark.end + 1]
    return any(sign.isascii() and sign.isalnum() for sign in beside)


def _own_numbers(reading: Reading, persons: Sequence[Party]) -> list[Mark]:
    marks: list[Mark] = []
    for person in persons:
        for rule, number in numbers_of(person):
            places = reading.all_tight(compact(plain(number)))
            # Whatever stands beside it: we know whose it is.
            marks += [Mark(*span, rule, INSTEAD, found_by=BY_PARTY) for span in places]
    return marks


def checked_numbers(text: str) -> Iterator[Mark]:
    """Numbers that say by themselves, or by the word before them, what they are."""
    for run in _GROUPS.finditer(text):
        if run.end() - run.start() >= _NUMBER_MIN:
            yield from _of_run(text, run)
    yield from _named_numbers(text)
    for found in _SPREAD.finditer(text):
        number = compact(found.group())
        if _MOBILE.match(number):
            yield _mark(found.span(), "phone", BY_FORM)
        elif len(number) in _RESIDENT_SIGNS and is_resident_id(number):
            yield _mark(found.span(), "resident_id", BY_CHECK)
        elif len(number) >= _CARD_SIGNS_MIN and passes_luhn(number):
            yield _mark(found.span(), "bank_card", BY_CHECK)
    for found in _SPELLED.finditer(text):
        yield _mark(found.span(), "phone", BY_FORM)
    if _LETTER.search(text):
        yield from _with_letters(text)


def _with_letters(text: str) -> Iterator[Mark]:
    """Plates, passports and e-mail addresses: none is without a letter."""
    yield from _vehicles(text)
    for found in _PASSPORT.finditer(text):
        yield _mark(found.span(), "passport", BY_FORM)
    for found in _PASSPORT_ALONE.finditer(text):
        if not _is_serial(text[max(found.start() - _CONTEXT, 0) : found.start()]):
            yield _mark(found.span(), "passport", BY_FORM)
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield _mark(found.span(), "email", BY_FORM)


def _named_numbers(text: str) -> Iterator[Mark]:
    """Numbers that are told by the word before them."""
    for found in _PART_NUMBER.finditer(text):
        yield _mark(found.span(1), "plate", BY_CUE)
    for found in _PASSPORT_CUE.finditer(text):
        yield _mark(found.span(1), "passport", BY_CUE)
    for found in _ABROAD.finditer(text):
        yield _mark(found.span(), "phone", BY_FORM)
    for found in _LOCAL.finditer(text):
        before = text[max(found.start() - _CONTEXT, 0) : found.start(1)]
        if not _OFFICE_CUE.search(before) or _PERSONAL.search(before):
            yield _mark(found.span(1), "phone", BY_CUE)
    for found in _CERTIFICATE.finditer(text):
        yield _mark(found.span(1), "plate", BY_CUE)


def _vehicles(text: str) -> Iterator[Mark]:
    """Plates by their form or after the word, and numbers of vehicles."""
    for form in (_PLATE, _VIN):
        for found in form.finditer(text):
            yield _mark(found.span(), "plate", BY_FORM)
    for found in _OTHER_PLATE.finditer(text):
        yield _mark(found.span(1) if found[1] else found.span(), "plate", BY_FORM)
    for found in _PLATE_CUE.finditer(text):
        for one in _PLATE_WITHIN.finditer(text, *found.span(1)):
            if any(sign.isdigit() for sign in one.group()):
                yield _mark(one.span(), "plate", BY_CUE)


def _of_run(text: str, run: re.Match[str]) -> Iterator[Mark]:
    """What the groups of digits in one run are, alone first and then joined."""
    groups = [one.span() for one in _GROUP.finditer(text, *run.span())]
    taken: set[int] = set()
    most = min(_WINDOW_MAX, len(groups))
    for width in (1, *range(most, 1, -1)):
        for at in range(len(groups) - width + 1):
            if taken & set(range(at, at + width)):
                continue
            window = groups[at : at + width]
            found = _kind_of(text, window)
            if found is None:
                continue
            taken |= set(range(at, at + width))
            start, end = window[0][0], window[-1][1]
            if found[0] == "phone":
                start, end = _whole_phone(text, start, end)
            yield _mark((start, end), *found)


def _whole_phone(text: str, start: int, end: int) -> tuple[int, int]:
    """A phone with the country before it and the extension behind."""
    country = _COUNTRY.search(text[max(start - _COUNTRY_SIGNS, 0) : start])
    extension = _EXTENSION.match(text, end)
    return start - len(country[0] if country else ""), extension.end() if extension else end


def _kind_of(text: str, window: Sequence[tuple[int, int]]) -> tuple[str, str] | None:
    """The rule for the digits of these groups, and how it was found."""
    start, end = window[0][0], window[-1][1]
    number = "".join(text[a:b] for a, b in window)
    if not _NUMBER_MIN <= len(number) <= _NUMBER_MAX:
        return None
    before = text[max(start - _CONTEXT, 0) : start]
    if len(number) in _RESIDENT_SIGNS and is_resident_id(number):
        return "resident_id", BY_CHECK
    whole = len(window) == 1 or len(number) in (15, 18)
    if len(number) >= _RESIDENT_SIGNS_MIN and whole and _RESIDENT_CUE.search(before):
        return "resident_id", BY_CUE
    if not number.isdigit() or _MEASURE.match(text, end):
        return None
    if len(number) == _FILE_SIGNS and _is_licence_file(text, start, before):
        return "plate", BY_CUE
    return _card(number, window, before) or _phone(text, number, window, before)


def _is_licence_file(text: str, start: int, before: str) -> bool:
    """档案编号分别为340400719825、340400021884"""
    return bool(
        _FILE_CUE.search(before)
        or (_FILE_TOO.search(before) and "档案" in text[max(start - _FAR, 0) : start])
    )


def _card(number: str, window: Sequence[tuple[int, int]], before: str) -> tuple[str, str] | None:
    lengths = [b - a for a, b in window]
    in_groups = set(lengths[:-1]) <= {4, 5, 6}
    if len(number) < _CARD_SIGNS_MIN:
        return None
    cue = _CARD_CUE.search(before)
    is_one = in_groups or len(lengths) == 2  # broken once, anywhere
    if passes_luhn(number) and (cue or (is_one and not _is_serial(before))):
        return "bank_card", BY_CHECK
    return ("bank_card", BY_CUE) if cue and in_groups else None


def _phone(
    text: str, number: str, window: Sequence[tuple[int, int]], before: str
) -> tuple[str, str] | None:
    first = window[0][1] - window[0][0]
    in_groups = len(window) <= 2 or first in (2, 3, 4)
    is_mobile = _MOBILE.match(number) and (in_groups or _PHONE_CUE.search(before))
    if text.startswith("号", window[-1][1]) and not text.startswith("号码", window[-1][1]):
        return None
    is_office = _OFFICE_CUE.search(before) and not _PERSONAL.search(before)
    if not is_mobile and (is_office or not _LANDLINE.match(number)):
        return None
    return None if _is_serial(before) and not _PHONE_CUE.search(before) else ("phone", BY_FORM)


def _is_serial(before: str) -> bool:
    """Whether the word before says that it is a number of a thing (编号, 票据号)."""
    return _SERIAL.search(before) is not None or _SOME_NUMBER.search(before) is not None


def _mark(span: tuple[int, int], rule: str, found_by: str) -> Mark:
    return Mark(*span, rule, INSTEAD, found_by=found_by)


def numbers_of(person: Party) -> list[tuple[str, str]]:
    """The numbers that were given for a person, with the rule that hides each."""
    given = (
        ("resident_id", person.resident_id),
        ("passport", person.passport),
        ("phone", person.phone),
    )
    return [(rule, number) for rule, number in given if number and len(compact(plain(number))) > 4]


def births_of(persons: Sequence[Party]) -> set[tuple[int, int, int]]:
    """The days on which these persons were born, given or read from their numbers."""
    days = {
        (day.year, day.month, day.day)
        for day in (person.birth_date for person in persons)
        if day is not None
    }
    for person in persons:
        number = compact(plain(person.resident_id)) if person.resident_id else ""
        if len(number) == _RESIDENT_SIGNS[0]:
            number = f"{number[:6]}19{number[6:]}"
        day = number[6:14]
        if len(day) == len("19700101") and day.isdigit():
            days.add((int(day[:4]), int(day[4:6]), int(day[6:])))
    return days
