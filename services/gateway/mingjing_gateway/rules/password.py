"""What a password must be. Length against guessing; no rules that make people write it down."""

from __future__ import annotations

CHARS_MIN = 10
CHARS_MAX = 200
_KINDS_MIN = 4  # different characters


def password_fault(password: str, police_number: str) -> str | None:
    """What is wrong with a new password, in Chinese; nothing when it may be taken."""
    if len(password) < CHARS_MIN:
        return f"密码至少 {CHARS_MIN} 个字符，现有 {len(password)} 个。"
    if len(password) > CHARS_MAX:
        return f"密码最多 {CHARS_MAX} 个字符。"
    if police_number in password:
        return "密码不能包含警号。"
    if len(set(password)) < _KINDS_MIN:
        return "密码中不同的字符太少。"
    return None
