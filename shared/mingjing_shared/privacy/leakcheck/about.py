"""What a check is told of a case: who is in it, what must stay, what else must not be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingjing_shared.privacy.leakcheck.dwelling import residences_in
from mingjing_shared.privacy.leakcheck.folding import as_digits, bare_signs, folded
from mingjing_shared.privacy.leakcheck.original import Original
from mingjing_shared.privacy.leakcheck.recognising import numbers_in, people_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NAMES = {"name", "姓名", "person", "given_name", "witness", "nickname"}
_NUMBERS = {
    "resident_id": "resident_id",
    "id": "resident_id",
    "phone": "phone",
    "plate": "plate",
    "bank_card": "bank_card",
    "passport": "passport",
    "email": "email",
    "account": "account",
    "公民身份号码": "resident_id",
    "身份证号": "resident_id",
    "联系电话": "phone",
    "电话": "phone",
    "车牌号": "plate",
    "银行账号": "bank_card",
    "护照": "passport",
    "证件号码": "passport",
    "电子邮箱": "email",
    "账号": "account",
}
_ADDRESSES = {"address", "详细住址", "住址", "地址"}
_BIRTHS = {"birth", "birth_date", "出生月日", "出生日期"}
_CHINESE = re.compile(r"[\u3400-\u9fff·•.]+")
_DAY = re.compile(r"([0-9]{4})\D+([0-9]{1,2})\D+([0-9]{1,2})")


class BadAbout(Exception):
    """What is told of the case has not the form that is needed; says in Chinese what is wrong."""


@dataclass(frozen=True, slots=True)
class About:
    """A case, in the words by which its persons could be recognised.

    Attributes:
        names: names of natural persons.
        numbers: (rule, number) of theirs, as written.
        addresses: where they live, as written.
        births: (year, month, day); a year that is not known is 0.
        phrases: other words that must not be seen.
        keep: what must stay and is no leak.
        document_number: the number of the decision.
        original: the original text: by it an everyday word is told from a name that is one.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    births: tuple[tuple[int, int, int], ...] = ()
    phrases: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    document_number: str | None = None
    original: Original = field(default_factory=Original)


def about_of(told: Mapping[str, Any]) -> About:
    """What is told in the form of ``mingjing privacy mask``; ``text``, ``hidden`` may be missing.

    Raises:
        BadAbout: names the field that has another form.
    """
    parties = _list(told, "parties", dict)
    keep = [str(one) for one in _list(told, "keep", str)]
    hidden = _list(told, "hidden", dict)
    text = told.get("text") or ""
    number = told.get("document_number")
    if not isinstance(text, str):
        raise BadAbout("text 应为文字")
    if number is not None and not isinstance(number, str):
        raise BadAbout("document_number 应为文字或空")
    gathered = _Gathered()
    for at, party in enumerate(parties):
        _party(gathered, keep, party, at)
    for at, one in enumerate(hidden):
        if not isinstance(one.get("text"), str) or not one["text"].strip():
            raise BadAbout(f"hidden[{at}].text 应为非空文字")
        gathered.hidden(one["text"].strip(), str(one.get("rule") or ""))
    kept = tuple(dict.fromkeys(term.strip() for term in keep if term.strip()))
    gathered.from_text(text, kept)
    return gathered.about(kept, number, Original(text, _places(hidden, text)))


def _places(hidden: Sequence[Mapping[str, Any]], text: str) -> tuple[tuple[int, int], ...]:
    """Where in the original something was hidden; a place that does not fit is left out."""
    found = []
    for one in hidden:
        start, end = one.get("start"), one.get("end")
        if isinstance(start, int) and isinstance(end, int) and text[start:end] == one["text"]:
            found.append((start, end))
    return tuple(found)


def _list(told: Mapping[str, Any], field: str, kind: type) -> Sequence[Any]:
    value = told.get(field)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(one, kind) for one in value):
        words = "对象" if kind is dict else "文字"
        raise BadAbout(f"{field} 应为{words}的列表")
    return value


def _party(gathered: _Gathered, keep: list[str], party: Mapping[str, Any], at: int) -> None:
    name = party.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadAbout(f"parties[{at}].name 应为非空文字")
    if party.get("kind") not in ("person", "organisation"):
        raise BadAbout(f"parties[{at}].kind 应为 person 或 organisation")
    for named in ("resident_id", "phone", "passport", "address", "birth_date"):
        if party.get(named) is not None and not isinstance(party[named], str):
            raise BadAbout(f"parties[{at}].{named} 应为文字或空")
    if party["kind"] == "organisation":
        keep += [name, str(party.get("social_credit_code") or "")]
        return
    gathered.names.append(name.strip())
    for named in ("resident_id", "phone", "passport"):
        if party.get(named):
            gathered.numbers.append((named, party[named].strip()))
    if party.get("address"):
        gathered.addresses.append(party["address"].strip())
    if party.get("birth_date"):
        gathered.birth(party["birth_date"])


class _Gathered:
    """Collects what is told, in whatever order it comes."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.numbers: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.births: list[tuple[int, int, int]] = []
        self.phrases: list[str] = []

    def hidden(self, text: str, rule: str) -> None:
        """A word of the original that must not be seen, by what it is."""
        key = rule.strip().lower()
        found = list(numbers_in(text))
        if key in _NAMES and len(text) > 1:
            self.names.append(text)
        elif key in _BIRTHS:
            self.birth(text)
        elif key in _ADDRESSES:
            self.addresses.append(text)
        elif key in _NUMBERS:
            self.numbers.append((_NUMBERS[key], text))
        elif found and not _CHINESE.search(text[3:]):
            self.numbers.extend(found)
        elif len(text) > 1:
            self.phrases.append(text)

    def birth(self, text: str) -> None:
        """A day of birth, with or without its year."""
        plain = as_digits(folded(text))
        if found := _DAY.search(plain):
            self.births.append((int(found[1]), int(found[2]), int(found[3])))
        elif len(parts := re.findall(r"[0-9]+", plain)) == 2 and len(parts[0]) < 3:
            self.births.append((0, int(parts[0]), int(parts[1])))
        elif len(text) > 2:
            self.phrases.append(text)

    def from_text(self, text: str, keep: Iterable[str]) -> None:
        """What the original says: numbers, where somebody lives, who is named by role."""
        if not text:
            return
        kept = {bare_signs(term) for term in keep}
        for rule, number in numbers_in(text):
            plain = bare_signs(number)
            if not any(plain in term for term in kept):
                self.numbers.append((rule, number))
        self.addresses.extend(one for one in residences_in(text) if bare_signs(one) not in kept)
        self.names.extend(
            one for one in people_in(text) if not any(bare_signs(one) in term for term in kept)
        )

    def about(
        self, keep: tuple[str, ...], document_number: str | None, original: Original
    ) -> About:
        """All of it, each once."""
        for rule, number in self.numbers:
            plain = re.sub(r"\D", "", number)
            if rule == "resident_id" and len(plain) >= 14:
                at = plain[6:14] if len(plain) > 15 else f"19{plain[6:12]}"
                self.births.append((int(at[:4]), int(at[4:6]), int(at[6:8])))
        return About(
            names=tuple(dict.fromkeys(self.names)),
            numbers=tuple(dict.fromkeys(self.numbers)),
            addresses=tuple(dict.fromkeys(self.addresses)),
            births=tuple(dict.fromkeys(self.births)),
            phrases=tuple(dict.fromkeys(self.phrases)),
            keep=keep,
            document_number=document_number,
            original=original,
        )
