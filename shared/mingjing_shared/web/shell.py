"""The page around every page: Jinja2 with our templates, our words for dates, our style sheet.

Whatever is put into a template is escaped. A page names no other host and holds no inline style
or script, so that the content policy can forbid both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse

from mingjing_shared.clock import SHANGHAI, legal_today
from mingjing_shared.web.assets import Assets
from mingjing_shared.web.officer import Officer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from starlette.requests import Request

_WEB = "mingjing_shared.web"


@dataclass(frozen=True, slots=True)
class Department:
    """A department as the bar and the start page show it."""

    code: str
    name: str
    duty: str


DEPARTMENTS = (
    Department("disclosure", "公示", "什么应当公开、何时、用什么文字"),
    Department("recording", "记录", "什么应当全程记录，音视频与案卷"),
    Department("review", "审核", "哪些决定须经法制审核，意见与去向"),
    Department("tasks", "任务", "四十三项任务、案件时间线与预警"),
)


class Shell:
    """Renders the pages of one web process.

    Templates are looked up in the service's own package first, then in the shared ones; every
    template knows ``words``.
    """

    def __init__(
        self,
        service: str,
        package: str,
        *,
        static: str | None = None,
        words: Mapping[str, str] | None = None,
        body_name: str = "",
    ) -> None:
        self.service = service
        self.static = f"/{service}/static" if static is None else static
        self.assets = Assets([package, _WEB])
        self._templates = jinja2.Environment(
            loader=jinja2.ChoiceLoader([_templates_of(package), jinja2.PackageLoader(_WEB)]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"day": day, "moment": moment, "number": number}
        self._templates.globals |= {
            "departments": DEPARTMENTS,
            "service": service,
            "static": self.address_of,
            "body_name": body_name,
            **(words or {}),
        }

    def address_of(self, name: str) -> str:
        """Where a static file is, with the name of its content."""
        return f"{self.static}/{name}?v={self.assets.version(name)}"

    def text(self, template: str, **values: Any) -> str:
        """A template filled with values."""
        return self._templates.get_template(template).render(values)

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """A page as an answer; templates know ``request_id`` and the signed-in ``officer``."""
        who = getattr(request.state, "who", None)
        officer = who if isinstance(who, Officer) else None
        values = {"request_id": request.state.request_id, "officer": officer, **values}
        text = self.text(template, **values)
        return HTMLResponse(text, status, dict(headers or {}))


def _templates_of(package: str) -> jinja2.BaseLoader:
    try:
        return jinja2.PackageLoader(package)
    except ValueError:  # a service without templates of its own
        return jinja2.DictLoader({})


def day(value: date | None) -> Markup:
    """A day for reading: ``11-27`` within the legal year, else in full; in full on hover."""
    if value is None:
        return Markup('<span class="none">—</span>')
    full = value.isoformat()
    short = full[5:] if value.year == legal_today().year else full
    return Markup('<time datetime="{full}" title="{full}">{short}</time>').format(
        full=full, short=short
    )


def moment(value: datetime | None) -> Markup:
    """An instant in Asia/Shanghai for reading, 24 h; with its seconds on hover."""
    if value is None:
        return Markup('<span class="none">—</span>')
    local = value.astimezone(SHANGHAI)
    form = "%m-%d %H:%M" if local.year == legal_today().year else "%Y-%m-%d %H:%M"
    return Markup('<time datetime="{iso}" title="{full}">{short}</time>').format(
        iso=local.isoformat(timespec="seconds"),
        full=local.strftime("%Y-%m-%d %H:%M:%S"),
        short=local.strftime(form),
    )


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"
