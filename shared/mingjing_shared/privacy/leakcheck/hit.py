"""What the check finds: which rule, where, what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingjing_shared.privacy.leakcheck.artefact import Place

RULES = {
    "name": "姓名",
    "given_name": "名字（未带姓）",
    "partial_name": "姓名的一部分",
    "reversed_name": "倒写的姓名",
    "pinyin": "姓名的拼音",
    "nickname": "绰号或小名",
    "resident_id": "公民身份号码",
    "phone": "电话号码",
    "plate": "车牌号",
    "bank_card": "银行账号",
    "passport": "护照或其他证件号码",
    "email": "电子邮箱",
    "account": "网络账号",
    "number": "号码",
    "partial_number": "号码的一部分",
    "address": "县级以下住址",
    "birth": "出生月日",
    "phrase": "应隐去的内容",
    "ngram": "拆成片段后仍能拼回的内容",
    "join": "与先前公开的材料合并即可认出本人",
}
_SHOWN_MAX = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a text that must not be there: from, to, rule, and what is meant by it."""

    start: int
    end: int
    rule: str
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A leak: in which artefact, where, by which rule, and the words that stand there."""

    artefact: str
    place: Place
    rule: str
    text: str
    meant: str = ""

    @property
    def says(self) -> str:
        """One Chinese sentence for whoever mends it."""
        shown = " ".join(self.text.split())[:_SHOWN_MAX]
        meant = f"（{self.meant}）" if self.meant else ""
        return f"{self.artefact}：{self.place.says}：{RULES[self.rule]}“{shown}”{meant}"

    def as_json(self) -> dict[str, Any]:
        """The hit for a program."""
        return {
            "artefact": self.artefact,
            "place": self.place.label,
            "line": self.place.line,
            "sign": self.place.sign,
            "pointer": self.place.pointer,
            "page": self.place.page,
            "rule": self.rule,
            "text": self.text,
            "says": self.says,
        }
