"""``mingjing backfill``: feed a service from the event archive. A composition root."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.process import open_database
from mingjing_shared.operating import settings_of
from mingjing_shared.privacy.key_check import check_keys
from mingjing_tasks.acts.backfill import backfill, backfilled_type, count_backfill
from mingjing_tasks.settings import SERVICE

if TYPE_CHECKING:
    from datetime import date, datetime

_DAY = click.DateTime(formats=["%Y-%m-%d"])


class _Refused(click.ClickException):
    """One Chinese sentence says what is wrong, another what to do."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's own signature
        click.echo(self.message, err=True)


@click.command(name="backfill")
@click.argument("service", metavar="服务")
@click.argument("event_type", metavar="事件类型")
@click.option("--from", "first", type=_DAY, metavar="日期", help="只补录这一天及以后发生的事件。")
@click.option("--to", "last", type=_DAY, metavar="日期", help="只补录这一天及以前发生的事件。")
@click.option("--dry-run", is_flag=True, help="只报数量，不补录。")
def backfill_command(
    service: str,
    event_type: str,
    first: datetime | None,
    last: datetime | None,
    dry_run: bool,
) -> None:
    """把事件档案中的一类事件补给后来才接收它的服务（方式 backfill，经 tasks 的发件箱）。"""
    span = (first.date() if first else None, last.date() if last else None)
    try:
        said = asyncio.run(_run(service, event_type, span, dry_run=dry_run))
    except MingjingError as error:
        raise _Refused(f"{error.message}{error.way_out}") from error
    click.echo(said)


async def _run(
    service: str, event_type: str, span: tuple[date | None, date | None], *, dry_run: bool
) -> str:
    wanted = backfilled_type(service, event_type)
    database = open_database(settings_of(SERVICE))
    try:
        async with database.transaction() as tx:
            await check_keys(tx)
        if dry_run:
            count = await count_backfill(database, wanted, *span)
            return f"将向 {service} 补录 {wanted.label}（{wanted.type}）{count} 条；未执行。"
        count = await backfill(database, service, wanted, *span)
    finally:
        await database.close()
    return (
        f"已将 {wanted.label}（{wanted.type}）{count} 条放入发件箱，"
        f"由 tasks 的事件进程发往 replay.{service}；已收过的不会重复处理。"
    )
