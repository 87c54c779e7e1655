"""Forms: read with their session's mark, kept as typed when they are refused."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_shared.errors import InvalidInput, NotAllowed
from mingjing_shared.web.desk import officer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

CSRF_FIELD = "csrf"
CSRF_HEADER = "X-CSRF"
TEXT_CHARS_MAX = 100_000


@dataclass(slots=True)
class Form:
    """What was typed, field by field; ``problems`` says what is wrong with a field."""

    values: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, label: str, *, required: bool = True, chars_max: int = 2000) -> str:
        """A field's text without blanks around it; what is wrong is noted under its name."""
        value = self.values.get(name, "").strip()
        if required and not value:
            self.problems[name] = f"请填写{label}。"
        elif len(value) > chars_max:
            self.problems[name] = f"{label}最多 {chars_max} 字，现有 {len(value)} 字。"
        return value

    def choice(self, name: str, label: str, of: Mapping[str, object]) -> str:
        """One of a closed list."""
        value = self.values.get(name, "")
        if value not in of:
            self.problems[name] = f"请选择{label}。"
        return value

    def refuse_if_wrong(self) -> None:
        """Go on only when nothing is wrong.

        Raises:
            InvalidInput: with every field that is wrong.
        """
        if self.problems:
            places = "".join(self.problems.values())
            raise InvalidInput(
                f"有 {len(self.problems)} 处需要修改：{places}", "已填内容保留在页上。"
            )


async def read_form(request: Request) -> Form:
    """The form of a signed-in officer's request.

    Raises:
        NotAllowed: it does not carry the mark of the officer's session.
        InvalidInput: a field is too long, or is no text.
    """
    form = await read_open_form(request)
    refuse_foreign_form(request, form)
    return form


def refuse_foreign_form(request: Request, form: Form) -> None:
    """Go on only with the mark of the officer's session; it is taken out of the form.

    Raises:
        NotAllowed: the form carries none, or another one.
    """
    typed = form.values.pop(CSRF_FIELD, "")
    sent = request.headers.get(CSRF_HEADER) or typed
    if not hmac.compare_digest(sent.encode(), officer_of(request).csrf.encode()):
        raise NotAllowed("表单不属于当前会话，没有提交。", "请刷新页面后重新提交。")


async def read_open_form(request: Request) -> Form:
    """The form of whoever asks: sign-in, and nothing else.

    Raises:
        InvalidInput: a field is too long, or is no text.
    """
    form = Form()
    async with request.form(max_files=0, max_fields=200) as sent:
        for name, value in sent.multi_items():
            if not isinstance(value, str) or len(value) > TEXT_CHARS_MAX or "\x00" in value:
                raise InvalidInput(f"表单项 {name[:40]} 的内容不能接受。", "请修改后重新提交。")
            text = value.replace("\r\n", "\n")
            form.values[name] = text
            form.many.setdefault(name, []).append(text)
    return form
