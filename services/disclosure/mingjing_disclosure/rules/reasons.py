"""Why a person may withhold, and why something public is taken back: the lists of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.law.rules import Version, load_dated, load_provisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class PublicReason(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A reason with what the public is told; a generic one tells the same of every such item."""

    says: str
    generic: bool = False
    public_basis: str | None = None

    @property
    def told_basis(self) -> str:
        """The basis as the public reads it."""
        return self.public_basis or self.source


WITHHOLDING = load_provisions("mingjing_disclosure", "withholding_reasons")
WITHDRAWAL = load_dated("mingjing_disclosure", "withdrawal_reasons", PublicReason)


def withholding_reasons(kind: str, procedure: str | None, today: date) -> Mapping[str, Version]:
    """The reasons that may be given for a decision: publishing is judged by today's law too."""
    found = {
        code: dated.in_force_on(today)
        for code, dated in WITHHOLDING.items()
        if dated.is_in_force_on(today)
    }
    if kind != "penalty":
        found.pop("no_social_impact", None)
    if procedure != "simple":
        found.pop("simple_procedure", None)
    return found


def withdrawal_reasons(today: date) -> Mapping[str, PublicReason]:
    """The reasons for which something public may be taken back today."""
    return {
        code: dated.in_force_on(today)
        for code, dated in WITHDRAWAL.items()
        if dated.is_in_force_on(today)
    }
