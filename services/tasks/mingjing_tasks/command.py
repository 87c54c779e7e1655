"""``mingjing backfill``, ``archive`` and ``tasks``: archive and notices. A composition root."""

from __future__ import annotations

import asyncio
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import orjson

from mingjing_shared.clock import machine_now
from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.operating import own_settings_of, settings_of
from mingjing_shared.privacy.key_check import check_keys
from mingjing_tasks.acts.backfill import backfill, backfilled_type, count_backfill
from mingjing_tasks.acts.notice import import_notice
from mingjing_tasks.acts.sealing import Sealed, due_months, seal, verify
from mingjing_tasks.errors import CannotSeal, DamagedNotice
from mingjing_tasks.rules.month import Month
from mingjing_tasks.settings import SERVICE, TasksSettings
from mingjing_tasks.store.objects import open_bucket

if TYPE_CHECKING:
    from datetime import date, datetime

    from mingjing_shared.database import Database
    from mingjing_shared.settings import Settings
    from mingjing_tasks.acts.notice import Imported

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


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


class _MonthType(click.ParamType):
    """A month, written YYYY-MM."""

    name = "month"

    def convert(
        self, value: str | Month, param: click.Parameter | None, ctx: click.Context | None
    ) -> Month:
        """Read it."""
        month = value if isinstance(value, Month) else Month.read(value)
        if month is None:
            self.fail(f"“{value}”不是月份，写法如 2026-10。", param, ctx)
        return month


@click.group(name="archive")
def archive() -> None:
    """事件档案：按月封存到对象存储，并与数据库核对。"""


@archive.command(name="seal")
@click.option("--month", type=_MonthType(), metavar="月份", help="只封存这个月（YYYY-MM）。")
def seal_command(month: Month | None) -> None:
    """把结束满三天的月份封存到对象存储；已封存的不重复封存。"""
    try:
        sealed = asyncio.run(_seal(month))
    except MingjingError as error:
        raise _Refused(f"{error.message}{error.way_out}") from error
    said = [
        f"{one.month} 已封存 {one.events} 条事件"
        if one.is_new
        else f"{one.month} 早已封存（{one.events} 条），内容一致，未重复封存"
        for one in sealed
    ]
    click.echo(f"{'；'.join(said) or '没有到期未封存的月份'}。")


@archive.command(name="verify")
@click.argument("month", type=_MonthType(), metavar="月份")
def verify_command(month: Month) -> None:
    """从对象存储读回一个月（YYYY-MM），逐条与数据库核对：相符退出码 0，不符 1。"""
    try:
        is_whole, said = asyncio.run(_verify(month))
    except MingjingError as error:
        raise _Refused(f"{error.message}{error.way_out}") from error
    click.echo(said, err=not is_whole)
    sys.exit(0 if is_whole else 1)


async def _opened(settings: Settings) -> Database:
    database = open_database(settings)
    async with database.transaction() as tx:
        await check_keys(tx)
    return database


async def _seal(month: Month | None) -> list[Sealed]:
    settings = own_settings_of(SERVICE, TasksSettings)
    database = await _opened(settings)
    try:
        now = machine_now()
        months = [month] if month else await due_months(database, now)
        if not months:
            return []
        async with open_bucket(settings) as bucket:
            return [await seal(database, bucket, one, now) for one in months]
    finally:
        await database.close()


async def _verify(month: Month) -> tuple[bool, str]:
    settings = own_settings_of(SERVICE, TasksSettings)
    database = await _opened(settings)
    try:
        async with open_bucket(settings) as bucket:
            found = await verify(database, bucket, month)
    except CannotSeal as error:
        return False, error.message
    finally:
        await database.close()
    if found.manifest is None or not found.fits:
        return False, f"{month} 的封存与数据库不符：{found.said}。"
    forgotten = f"，其中 {found.forgotten} 条属后来定为涉密的案件，数据库已删除"
    return True, (
        f"{month} 的封存完好：{len(found.manifest.objects)} 个对象、"
        f"{found.manifest.events} 条事件与数据库一致{forgotten if found.forgotten else ''}。"
    )


@click.group(name="tasks")
def tasks() -> None:
    """任务：导入任务分解通知。"""


@tasks.command(name="import")
@click.argument(
    "file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--by", default="", metavar="警号", help="经办人；不写则记运行命令的用户名。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def import_command(file: Path, by: str, as_json: bool) -> None:
    """导入任务分解通知的文本（UTF-8，表格各格以制表符开头）；有一处不对则全部不导入。"""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        _refuse_notice(DamagedNotice([(line, "不是 UTF-8 编码的文本")]), as_json=as_json)
    try:
        done = asyncio.run(_import(text, by or getpass.getuser()))
    except DamagedNotice as error:
        _refuse_notice(error, as_json=as_json)
    except MingjingError as error:
        raise _Refused(f"{error.message}{error.way_out}") from error
    click.echo(_json(_told(done)) if as_json else _said(done))


def _refuse_notice(error: DamagedNotice, *, as_json: bool) -> NoReturn:
    """Name every line that is wrong, and end with 1."""
    if as_json:
        click.echo(_json({"imported": False, **error.details}))
    else:
        for line, reason in error.problems:
            click.echo(f"第 {line} 行：{reason}。", err=True)
        click.echo(f"共 {len(error.problems)} 处有误，没有导入。{error.way_out}", err=True)
    sys.exit(1)


async def _import(text: str, by: str) -> Imported:
    database = open_database(settings_of(SERVICE))
    try:
        async with database.transaction() as tx:
            await check_keys(tx)
            return await import_notice(tx, text, by)
    finally:
        await database.close()


def _told(done: Imported) -> dict[str, Any]:
    notice = done.notice
    return {
        "imported": done.is_new,
        "document_number": notice.document_number,
        "issued_on": notice.issued_on.isoformat(),
        "issuer": notice.issuer,
        "sha256": done.sha256,
        "tasks": len(notice.tasks),
        "differing": {str(number): names for number, names in done.differing.items()},
        "missing": list(done.missing),
    }


def _said(done: Imported) -> str:
    notice = done.notice
    head = f"{notice.document_number}（{notice.issuer}，{notice.issued_on}）"
    if not done.is_new:
        return f"{head}早已导入，内容一致，没有改变。"
    lines = [f"已导入{head}：{len(notice.tasks)} 项任务，正式文本逐字保存。"]
    if done.differing:
        numbers = "、".join(map(str, sorted(done.differing)))
        lines.append(f"与内置目录不同的任务：{numbers}；以导入的通知为准。")
    if done.missing:
        lines.append(f"内置目录中有、通知中没有的任务：{'、'.join(map(str, done.missing))}。")
    return "\n".join(lines)


def _json(told: dict[str, Any]) -> str:
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
