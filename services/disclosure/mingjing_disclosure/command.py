"""``mingjing draw``: plans and results of draws into the public log. A composition root."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from mingjing_disclosure.acts.draw import commit_draw, tell_draw
from mingjing_disclosure.settings import SERVICE
from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.operating import settings_of
from mingjing_shared.trust.draw import BadDraw, plan_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mingjing_shared.database import Transaction

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Refused(click.ClickException):
    """One Chinese sentence says what is wrong, another what to do."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's own signature
        click.echo(self.message, err=True)


@click.group()
def draw() -> None:
    """双随机抽取：先存证方案，随机来源公布后再抽。"""


@draw.command()
@click.argument("plan_file", metavar="方案文件", type=_FILE)
def commit(plan_file: Path) -> None:
    """把方案的摘要列入公开日志；须在随机来源公布之前。"""
    plan = _plan(plan_file)
    _within(lambda tx: commit_draw(tx, plan))
    click.echo(
        f"方案 {plan.draw_id} 已存证，摘要 {plan.digest}。凭证：/receipts/{plan.draw_id}?version=1"
    )


@draw.command()
@click.argument("plan_file", metavar="方案文件", type=_FILE)
@click.argument("sources_file", metavar="来源文件", type=_FILE)
def tell(plan_file: Path, sources_file: Path) -> None:
    """按公布的随机来源抽取，并把结果列入公开日志。

    来源文件：{"sources": [{"values": [整数…], "cited": "出处"}…], "withdrawn": {名称: 理由}}
    """
    plan, told = _plan(plan_file), _read(sources_file)
    try:
        values = [one["values"] for one in told["sources"]]
        withdrawn = told.get("withdrawn", {})
    except (KeyError, TypeError, AttributeError) as error:
        raise _Refused(f"来源文件书写有误（{error}）。") from error
    found = _within(lambda tx: tell_draw(tx, plan, values, withdrawn))
    click.echo("\n".join(found))


def _plan(file: Path) -> Any:
    try:
        return plan_of(_read(file))
    except BadDraw as error:
        raise _Refused(f"{error}。") from error


def _read(file: Path) -> Any:
    try:
        return orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise _Refused(f"{file} 不是 JSON：{error}。") from error


def _within(act: Callable[[Transaction], Awaitable[Any]]) -> Any:
    """Do this in one transaction of disclosure's database."""

    async def run() -> Any:
        database = open_database(settings_of(SERVICE))
        try:
            async with database.transaction() as tx:
                return await act(tx)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except MingjingError as error:
        raise _Refused(f"{error.message}{error.way_out}") from error
