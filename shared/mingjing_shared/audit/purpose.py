"""Why somebody looks: by a duty that the state of things gives, or for a purpose stated first."""

from __future__ import annotations

from dataclasses import dataclass

CASE_HANDLING = "case_handling"
LEGAL_REVIEW = "legal_review"
APPROVAL = "approval"
ARCHIVING = "archiving"
PROOFREADING = "proofreading"
FEEDBACK = "feedback"
ACCOUNTS = "accounts"

DUTIES = {
    CASE_HANDLING: "办案",
    LEGAL_REVIEW: "法制审核",
    APPROVAL: "审批",
    ARCHIVING: "归档",
    PROOFREADING: "公示校对",
    FEEDBACK: "群众意见办理",
    ACCOUNTS: "账号管理",
}
"""Purposes that follow from what an officer has to do with the thing now: nobody is asked."""

STATED = {
    "inspection": "督察",
    "unit_oversight": "单位监督",
    "case_management": "案件管理",
    "evaluation": "案件评查",
    "complaint": "信访、投诉核查",
    "litigation": "行政复议、行政诉讼",
    "cooperation": "协查办案",
    "leadership": "领导查阅",
    "other": "其他工作需要",
}
"""Purposes to choose from for everybody else who may look, each with words of one's own."""

NAMES = {**DUTIES, **STATED}
ROLE_PURPOSES = {
    "case_handler": CASE_HANDLING,
    "unit_head": "unit_oversight",
    "legal_reviewer": LEGAL_REVIEW,
    "case_manager": "case_management",
    "disclosure_editor": PROOFREADING,
    "disclosure_checker": PROOFREADING,
    "inspector": "inspection",
    "bureau_leader": "leadership",
}
"""What each role is for: the purpose of looks at what holds no original and no footage."""

WORDS_CHARS_MIN = 4
WORDS_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose by its code, with the officer's own words when it was stated."""

    code: str
    words: str = ""

    @property
    def said(self) -> str:
        """The purpose as the audit keeps it."""
        return f"{self.code} {self.words}".rstrip()


def purpose_of(said: str) -> Purpose:
    """The purpose that the audit keeps in this form."""
    code, _, words = said.partition(" ")
    return Purpose(code, words)


def in_words(said: str, *, whole: bool = True) -> str | None:
    """A purpose as people read it, ``whole`` with the officer's own words; none: it is none."""
    purpose = purpose_of(said)
    name = NAMES.get(purpose.code)
    if name is None or not (whole and purpose.words):
        return name
    return f"{name}：{purpose.words}"
