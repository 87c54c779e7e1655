"""Numbers and persons that show by their form alone, whoever's they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.folding import as_digits, folded
from mingjing_shared.privacy.leakcheck.words import (
    COUNTRY_PLATE,
    NO_NAMES,
    ROLE_WORDS,
    SURNAMES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# All on a folded text with numerals as digits.
RESIDENT_ID = re.compile(
    r"(?<![0-9a-z])[1-8][0-9]{5}(?:[ \-]{0,2}[0-9]){11}[ \-]{0,2}[0-9x](?![0-9a-z])"
)
RESIDENT_ID_15 = re.compile(
    r"(?<![0-9a-z])[1-8][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9a-z])"
)
PHONE = re.compile(r"(?<![0-9a-z])(?:\+?86[ \-]?)?(1[3-9][0-9](?:[ \-.]?[0-9]){8})(?![0-9a-z])")
CARD = re.compile(r"(?<![0-9a-z])[3-6][0-9]{3}(?:[ \-]?[0-9]){12,15}(?![0-9a-z])")
PLATE = re.compile(
    rf"[{COUNTRY_PLATE}][a-z][·.\- ]?(?:[0-9a-z]{{5,6}}|[0-9a-z]{{4}}[挂学警港澳])(?![0-9a-z])"
)
VEHICLE = re.compile(
    r"(?:车架号|车辆识别代[号码]|识别代号|发动机号|档案编号|驾驶证号)(?:码|分别)?[:：为是 ]{0,3}"
    r"([0-9a-z][0-9a-z\-]{5,20})"
)
EMAIL = re.compile(r"[a-z0-9][a-z0-9._+\-]{0,63} ?@ ?(?:[a-z0-9\-]+\.)+[a-z]{2,}")
PASSPORT = re.compile(
    r"(?:护照|通行证|居留证|证件)[^0-9a-z\n。；]{0,8}([a-z]{0,2}[0-9]{7,9})(?![0-9])"
)
ACCOUNT = re.compile(
    r"(?:微信|wechat|qq|支付宝|抖音|快手|微博|网名|网络账号|游戏账号|账号|账户|帐号|帐户|用户名|昵称)"
    r"(?:号码|账号|账户|号|id|名)?(?:分别|均)?[:：为是系“\"( ]{0,3}([a-z0-9][a-z0-9_\-]{4,29})"
)
LANDLINE = re.compile(r"(?<![0-9a-z])0[1-9][0-9]{1,2}[\- ]?[2-8][0-9]{6,7}(?![0-9a-z])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_OTHER_NUMBER = re.compile(
    r"(?:编号|编码|代码|序号|[受办]理号|单号|票号|案号|文号|[证号]书号|许可证号|合同号|档案号|缴款码"
    r"|识别码|流水号|校验码|金额|价款|货款|封条号|热线|本[所局队]|大队|中队|值班室|派出所|支队"
    r"|(?:办公|值班|监督|举报|咨询|窗口|投诉|单位|服务|报警|查询)电话)[^0-9a-z。;；,，\n]{0,6}$"
)
_MONEY = re.compile(r"^(?:\.[0-9]{1,2})?元|^\.[0-9]{2}(?![0-9])")
_ROLE = re.compile(
    rf"(?:{'|'.join(sorted(ROLE_WORDS[:-2], key=len, reverse=True))})[:：]?"
    rf"([{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{1,2}}?)"
    r"(?=[,，。、:：;；()（）\s]|$|的(?:陈述|证言|供述|申辩|指认|辨认)|陈述|证言|供述|系"
    r"|,|[(]?男|[(]?女)"
)
_NAME_MASKS = frozenset("某×*甲乙丙丁")


def numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """Every personal number of a text, with its rule, without blanks."""
    plain = as_digits(folded(text))
    for rule, start, end in places_of_numbers(plain):
        yield rule, _number(rule, plain[start:end])
    for found in RESIDENT_ID_15.finditer(plain):
        yield "resident_id", found.group()
    for found in LANDLINE.finditer(plain):
        if is_a_person_s(plain, found):
            yield "phone", compact(found.group())


def _number(rule: str, written: str) -> str:
    return written.replace(" ", "") if rule in {"email", "account"} else compact(written)


def places_of_numbers(plain: str) -> Iterator[tuple[str, int, int]]:
    """Rule and place of every number in a folded text that shows by its form whose it may be."""
    for rule, pattern, group, is_one in _FORMS:
        for found in pattern.finditer(plain):
            if is_one(plain, found):
                yield rule, *found.span(group)


def _is_checked_id(_plain: str, found: re.Match[str]) -> bool:
    return is_resident_id(compact(found.group()))


def _is_checked_card(plain: str, found: re.Match[str]) -> bool:
    digits = compact(found.group())
    return is_card(digits) and not is_resident_id(digits) and is_a_person_s(plain, found)


def _has_digit(_plain: str, found: re.Match[str]) -> bool:
    return any(sign.isdigit() for sign in found.group())


def _is_private_mail(_plain: str, found: re.Match[str]) -> bool:
    return not is_public_mail(found.group())


def people_in(text: str) -> Iterator[str]:
    """Everybody whom the text names right behind a role."""
    for found in _ROLE.finditer(folded(text)):
        name = found[1]
        if name not in NO_NAMES and name[:2] not in NO_NAMES and not _NAME_MASKS & set(name):
            yield name


def is_a_person_s(plain: str, found: re.Match[str]) -> bool:
    """Whether a number that has the form of a telephone or card is not said to be another one."""
    before, after = plain[max(found.start() - 16, 0) : found.start()], plain[found.end() :][:6]
    return not _OTHER_NUMBER.search(before) and not _MONEY.match(after)


def compact(word: str) -> str:
    """A number without the signs between its digits."""
    return re.sub(r"[^0-9a-z\u3400-\u9fff]", "", word)


def is_resident_id(number: str) -> bool:
    """Whether 18 signs are a resident id: a day of birth and the check sign fit."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    month, day = int(number[10:12]), int(number[12:14])
    if number[6:8] not in ("18", "19", "20") or not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "10x98765432"[total % 11] == number[17]


def is_card(number: str) -> bool:
    """Whether the digits are a card number by its check digit."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_public_mail(address: str) -> bool:
    """Whether a mail address is a public body's."""
    return address.rstrip().endswith(".gov.cn")


_FORMS: tuple[tuple[str, re.Pattern[str], int, Callable[[str, re.Match[str]], bool]], ...] = (
    ("resident_id", RESIDENT_ID, 0, _is_checked_id),
    ("phone", PHONE, 1, is_a_person_s),
    ("bank_card", CARD, 0, _is_checked_card),
    ("plate", PLATE, 0, _has_digit),
    ("passport", PASSPORT, 1, _has_digit),
    ("account", ACCOUNT, 1, lambda _plain, _found: True),
    ("email", EMAIL, 0, _is_private_mail),
    ("number", VEHICLE, 1, _has_digit),
)
