"""Query codes: what a party types on the portal to find the own decision, printed on the document.

A keyed hash (HMAC-SHA-256) of who told the decision and of its id: it says nothing, nobody
without the installation's key can make one, and the same decision always has the same. 60 bits
in Crockford's alphabet, ``XXXX-XXXX-XXXX``: no I, L, O, U, which are read as 1, 1, 0, V.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 12
_GROUP = 4
_BITS = 5
_DOMAIN = b"mingjing query code 1"
_MISREAD = str.maketrans("ILOU", "110V")
_BETWEEN = re.compile(
    r"[\s\-\u2010-\u2015\u2212_.\u00b7]+"
)  # every dash that a keyboard or a printer makes
_CODE = re.compile(f"[{ALPHABET}]{{{CHARACTERS}}}")


def query_code(installation_key: bytes, source: str, decision_id: str) -> str:
    """The code of a decision, as it is printed; another source or another id has another one."""
    told = (_DOMAIN, source.encode(), decision_id.encode())
    message = b"".join(len(part).to_bytes(4) + part for part in told)
    number = int.from_bytes(hmac.new(installation_key, message, hashlib.sha256).digest())
    signs = [
        ALPHABET[number >> place & (1 << _BITS) - 1]
        for place in range(256 - _BITS, 256 - _BITS * (CHARACTERS + 1), -_BITS)
    ]
    return _grouped("".join(signs))


def reads(typed: str) -> str | None:
    """The code that somebody meant, whatever case, width, blanks, dashes; none if it is none."""
    plain = unicodedata.normalize("NFKC", typed[:100]).upper()
    plain = _BETWEEN.sub("", plain).translate(_MISREAD)
    return _grouped(plain) if _CODE.fullmatch(plain) else None


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, CHARACTERS, _GROUP))
