"""Officers of tests, and the tokens that the gateway would give them."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mingjing_shared.web.officer import Caller, HeldRole, Officer
from mingjing_shared.web.token import HEADER, TokenMaker

TOKEN_KEY = Ed25519PrivateKey.from_private_bytes(b"the key that signs tokens, tests")
MAKER = TokenMaker(TOKEN_KEY)
CITY = "340400000000"
COUNTY = "340402000000"
STATION = "340402080000"
ELSEWHERE = "340403000000"
CSRF = "the mark of a session in tests"


def private_half(key: Ed25519PrivateKey) -> str:
    """A signing key as its file holds it."""
    return base64.b64encode(key.private_bytes_raw()).decode()


def an_officer(
    *roles: str | tuple[str, str], number: str = "034211", unit: str = STATION
) -> Officer:
    """An officer with these roles, each for the officer's unit unless it names another."""
    held = [role if isinstance(role, tuple) else (role, unit) for role in roles]
    return Officer(
        number=number,
        name="测试民警",
        unit=unit,
        unit_name="测试单位",
        roles=tuple(HeldRole(*role) for role in held),
        csrf=CSRF,
    )


def signed_in(officer: Officer) -> dict[str, str]:
    """The header that the front proxy would hand on for this officer."""
    return {HEADER: MAKER.for_officer(officer)}


def calling(name: str = "casework") -> dict[str, str]:
    """The header that the front proxy would hand on for a publisher's system."""
    return {HEADER: MAKER.for_caller(Caller(name, f"/huainan/{name}"))}
