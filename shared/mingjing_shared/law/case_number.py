"""One key for a case number, however it was typed."""

import unicodedata
from functools import lru_cache

from mingjing_shared.law.errors import BadCaseNumber

CASE_KEY_LENGTH_MAX = 40
_BRACKETS = str.maketrans("〔〕【】〖〗〘〙", "[][][][]")


@lru_cache(maxsize=65_536)
def case_key(raw: str) -> str:
    """The key of a case number; the raw form is kept beside it, for documents.

    Unicode NFKC (so full-width letters, digits, brackets and blanks become half-width), the
    Chinese brackets 〔〕【】〖〗 become [ ], blanks at both ends are dropped; blanks inside and
    the case of letters stay as they are. Applying it twice changes nothing.

    Raises:
        BadCaseNumber: nothing is left, or more than 40 characters are.
    """
    key = unicodedata.normalize("NFKC", raw).translate(_BRACKETS).strip()
    if not key:
        raise BadCaseNumber("案件编号为空")
    if len(key) > CASE_KEY_LENGTH_MAX:
        raise BadCaseNumber(
            f"案件编号“{key[:CASE_KEY_LENGTH_MAX]}…”有{len(key)}个字符，"
            f"最多{CASE_KEY_LENGTH_MAX}个字符"
        )
    return key
