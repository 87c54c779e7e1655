"""Which decisions must not be published, whatever their deadline.

Minors: 未成年人保护法 §103, 预防未成年人犯罪法 §59; judged by the age at the act. Records of
违反治安管理 are sealed since 2026-01-01 (治安管理处罚法 §136): whatever rests on that law, and
whatever is decided in a case of that kind but a permit. The stricter reading is taken: what is
withheld can be released by a person, what is published cannot be called back.

Of drug cases, and of cases that were registered as sensitive (minors, public attention, groups,
foreigners, officials, media), nothing is published by routine: 公安机关执法公开规定 §6, §13. A
person decides, with the reason in sight; permits for precursors and the like are no such case.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_disclosure.rules.effect import UNDONE_SAYS
from mingjing_shared.events.codes import Sensitive, names_of
from mingjing_shared.law.rules import Version, load_dated, load_provisions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from mingjing_disclosure.rules.effect import Undone


class Age(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """An age from which on a person counts as adult."""

    years: int


PROVISIONS = load_provisions("mingjing_disclosure", "withholding")
AGES = load_dated("mingjing_disclosure", "adulthood", Age)

CONCERNED_ROLES = frozenset({"suspect", "penalised", "applicant", None})
SENSITIVE = names_of(Sensitive)
SEALING_LAW = "治安管理处罚法"


@dataclass(frozen=True, slots=True)
class Concerned:
    """A party as far as withholding needs it; ``known_as`` tells it from others of the case."""

    kind: str
    role: str | None
    birth_date: date | None
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a decision is not published: code, the rule's version, a sentence, who decided.

    ``releasable`` says whether a person may decide otherwise: where the law leaves it open.
    Such a decision holds for what the reason is ``about``, and for nothing that comes later.
    """

    reason_code: str
    rule: str
    source: str
    says: str
    decided_by: str
    releasable: bool = False
    about: tuple[str, ...] = ()


def is_released(reason: Withheld, released: Mapping[str, Any] | None) -> bool:
    """Whether a person decided against this reason, knowing everybody whom it is about."""
    if not reason.releasable or released is None:
        return False
    named = Counter(released.get("about", {}).get(reason.reason_code, ()))
    return reason.reason_code in released["codes"] and not Counter(reason.about) - named


def withheld(
    *,
    decision_kind: str,
    made_on: date,
    offence_from: date | None,
    case_kind: str | None,
    accepted_on: date,
    parties: Sequence[Concerned],
    basis: Sequence[Mapping[str, Any]] = (),
    released: Mapping[str, Any] | None = None,
    sensitive: Sequence[str] = (),
) -> Withheld | None:
    """Why this decision must not be published, or nothing; ``released`` is a person's decision.

    Judged by the law in force on the day it was made. A natural person whose age is not known is
    treated as a minor until a person has decided, and so is whoever it concerns where nobody was
    named at all. ``basis`` are the laws and articles it rests on, ``sensitive`` the codes for
    which its case was registered as sensitive.
    """
    reasons = [
        _sealed(decision_kind, case_kind, basis, made_on, parties),
        _of_age(made_on, offence_from, accepted_on, parties),
        _of_drugs(decision_kind, case_kind, made_on, parties),
        _of_a_sensitive_case(made_on, sensitive),
    ]
    return next((one for one in reasons if one and not is_released(one, released)), None)


def _sealed(
    decision_kind: str,
    case_kind: str | None,
    basis: Sequence[Mapping[str, Any]],
    made_on: date,
    parties: Sequence[Concerned],
) -> Withheld | None:
    sealed = PROVISIONS["sealed_public_security"]
    if not _is_of_public_security(decision_kind, case_kind, basis):
        return None
    if not sealed.is_in_force_on(made_on):
        return None
    only_units = bool(parties) and all(party.kind == "organisation" for party in parties)
    return _because(
        "sealed_public_security",
        sealed.in_force_on(made_on),
        "治安违法记录依法封存，不予公开。",
        releasable=only_units,
        about=[party.known_as for party in parties],
    )


def _of_age(
    made_on: date, offence_from: date | None, accepted_on: date, parties: Sequence[Concerned]
) -> Withheld | None:
    minor = PROVISIONS["minor"]
    if not minor.is_in_force_on(made_on):
        return None
    version = minor.in_force_on(made_on)
    ages = [
        (party.known_as, _is_minor(party.birth_date, offence_from, accepted_on, made_on))
        for party in parties
        if party.kind == "person" and party.role in CONCERNED_ROLES
    ]
    if any(is_minor for _who, is_minor in ages):
        return _because("minor", version, "当事人行为时未满十八周岁（或不能排除），不予公开。")
    unknown = [who for who, is_minor in ages if is_minor is None]
    if unknown or not parties:
        says = "当事人年龄不明，由人核定之前按未成年人处理，不予公开。"
        return _because("age_unknown", version, says, releasable=True, about=unknown)
    return None


def _of_drugs(
    decision_kind: str, case_kind: str | None, made_on: date, parties: Sequence[Concerned]
) -> Withheld | None:
    provision = PROVISIONS["narcotics"]
    if case_kind != "narcotics" or decision_kind == "permit":
        return None
    if not provision.is_in_force_on(made_on):
        return None
    return _because(
        "narcotics",
        provision.in_force_on(made_on),
        "涉毒案件，可能透露吸毒、戒毒情况，是否公开由人核定。",
        releasable=True,
        about=[party.known_as for party in parties],
    )


def _of_a_sensitive_case(made_on: date, sensitive: Sequence[str]) -> Withheld | None:
    provision = PROVISIONS["sensitive"]
    if not sensitive or not provision.is_in_force_on(made_on):
        return None
    why = "、".join(SENSITIVE.get(code, code) for code in sensitive)
    return _because(
        "sensitive",
        provision.in_force_on(made_on),
        f"受案时登记为敏感案件（{why}），是否公开由人核定。",
        releasable=True,
        about=sensitive,
    )


def _is_of_public_security(
    decision_kind: str, case_kind: str | None, basis: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether it is a record of 违反治安管理, by a law that it names or by its case."""
    if any(SEALING_LAW in article["law"] for article in basis):
        return True
    return case_kind == "public_security" and decision_kind != "permit"


def undone_before_public(undone: Undone, made_on: date) -> Withheld | None:
    """A decision that has lost its effect is not published any more.

    Nothing where no rule of that day is held: then there is no clock either.
    """
    provision = PROVISIONS["undone"]
    if not provision.is_in_force_on(made_on):
        return None
    says = f"决定{UNDONE_SAYS[undone.kind]}，不再公开。"
    return _because(undone.kind, provision.in_force_on(made_on), says)


def _is_minor(
    birth_date: date | None, offence_from: date | None, accepted_on: date, made_on: date
) -> bool | None:
    """Whether a person counts as a minor; nothing when the age is not known."""
    if birth_date is None:
        return None
    if offence_from is not None:
        at_offence = AGES["adult_at_offence"].in_force_on(made_on)
        return offence_from < _birthday(birth_date, at_offence.years)
    at_acceptance = AGES["adult_at_acceptance"].in_force_on(made_on)
    return accepted_on < _birthday(birth_date, at_acceptance.years)


def _birthday(birth_date: date, years: int) -> date:
    """The day a person reaches an age; who was born on 29 February, on 1 March of other years."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return birth_date.replace(year=birth_date.year + years, month=3, day=1)


def _because(
    code: str,
    version: Version,
    says: str,
    *,
    releasable: bool = False,
    about: Sequence[str] = (),
) -> Withheld:
    decided_by = f"rule:{version.id}"
    whom = tuple(sorted(about))
    return Withheld(code, version.id, version.source, says, decided_by, releasable, whom)
