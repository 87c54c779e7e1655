"""Who is signed in, as a token says it and as pages and acts know it."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = {
    "case_handler": "承办民警",
    "unit_head": "办案单位负责人",
    "legal_reviewer": "法制审核员",
    "case_manager": "法制支队案管",
    "disclosure_editor": "公示编辑",
    "disclosure_checker": "公示复核",
    "inspector": "督察",
    "bureau_leader": "市局领导",
    "operator": "信息通信",
    "administrator": "系统管理员",
}
"""Every role, by code, with its word on screen. Granted in the gateway by two people."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held for a unit; ``instead_of`` names whom the officer stands in for (代行)."""

    code: str
    unit: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """A signed-in officer.

    Attributes:
        number: 6-digit police number.
        name: the name colleagues know; shown on screen, never logged.
        unit: 12-digit code of the unit of the main post.
        unit_name: its name.
        roles: what was granted, and what was handed over for a time.
        csrf: what each form of this session carries.
        epoch: the session epoch under which the token was made.
    """

    number: str
    name: str
    unit: str
    unit_name: str
    roles: tuple[HeldRole, ...]
    csrf: str
    epoch: int = 0

    def has(self, *codes: str) -> bool:
        """Whether any of these roles is held, for whatever unit."""
        return any(role.code in codes for role in self.roles)

    @property
    def titles(self) -> str:
        """The roles in words, each once."""
        words = dict.fromkeys(
            ROLES.get(role.code, role.code) + ("（代行）" if role.instead_of else "")
            for role in self.roles
        )
        return "、".join(words)


@dataclass(frozen=True, slots=True)
class Caller:
    """A publisher's system that calls an open API with its key."""

    name: str
    source: str


AUDITOR = Caller("auditor", "/auditor")
"""Who examines from outside (检察, 纪检): reads the logs with a key of its own, and no more."""
