"""Numbers of persons and organisations: whether they can be right, and what they say.

Residents: GB 11643-1999, 18 digits with a check digit, or the older 15 without. Organisations:
GB 32100-2015. The division in the first digits is not looked up: abolished and special ones
occur on valid numbers.
"""

import unicodedata
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

_USCC_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")


def birth_date_of(resident_id: str) -> date | None:
    """The birth date in a resident id of 18 or 15 digits; None if the number cannot be right.

    Two digits of year are of the 20th century: the short form ended in 1999.
    """
    number = _compact(resident_id)
    if len(number) == 15 and _are_digits(number):
        number = f"{number[:6]}19{number[6:]}"
    elif not (len(number) == 18 and _are_digits(number[:17]) and _check_digit_fits(number)):
        return None
    try:
        return ric.get_birth_date(number)
    except (ValidationError, ValueError):
        return None


def is_resident_id(text: str) -> bool:
    """Whether the text can be a resident id: length, digits, birth date, check digit."""
    return birth_date_of(text) is not None


def is_social_credit_code(text: str) -> bool:
    """Whether the text can be a unified social credit code: length, letters, check digit.

    Letters may stand in the first two places (N for village collectives): the check of
    `stdnum.cn.uscc.validate`, which wants digits there, would refuse them.
    """
    code = _compact(text)
    if len(code) != 18 or not _USCC_ALPHABET.issuperset(code):
        return False
    return _are_digits(code[2:8]) and code[17] == uscc.calc_check_digit(code[:17])


def _compact(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _check_digit_fits(number: str) -> bool:
    return number[17] == ric.calc_check_digit(number)
