"""``mingjing draw``: plans and results of draws into the public log. A composition root."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import orjson

from mingjing_disclosure.acts.draw import (
    COMMITTED,
    DRAWN,
    commit_draw,
    receipt_of_word,
    tell_draw,
)
from mingjing_disclosure.settings import SERVICE
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.operating import settings_of
from mingjing_shared.trust.draw import BadDraw, plan_of
from mingjing_shared.trust.note import BadNote
from mingjing_shared.trust.proving import NotCoveredYet
from mingjing_shared.trust.receipt import receipt_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence

    from mingjing_shared.database import Database
    from mingjing_shared.trust.draw import Plan

COMMITMENT = ".commitment.tlog-proof"
WITNESSED_WITHIN_SECONDS = 60
_T = TypeVar("_T")
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
    """把方案的摘要列入公开日志，并取回存证凭证；须在随机来源公布之前。"""
    plan = _plan(plan_file)
    _run(_committing(plan))
    click.echo(f"方案 {plan.draw_id} 已存证，摘要 {plan.digest}。")
    _keep_receipt(plan, plan_file)


@draw.command()
@click.argument("plan_file", metavar="方案文件", type=_FILE)
def receipt(plan_file: Path) -> None:
    """取回方案的存证凭证；commit 没有等到见证时用，须在随机来源公布之前。"""
    _keep_receipt(_plan(plan_file), plan_file)


@draw.command()
@click.argument("plan_file", metavar="方案文件", type=_FILE)
@click.argument("sources_file", metavar="来源文件", type=_FILE)
def tell(plan_file: Path, sources_file: Path) -> None:
    """按公布的随机来源抽取，把结果列入公开日志，并写出可供任何人核验的抽取文件。

    来源文件：{"sources": [{"values": [整数…], "cited": "出处"}…], "withdrawn": {名称: 理由}}
    """
    plan, told = _plan(plan_file), _read(sources_file)
    try:
        values = [one["values"] for one in told["sources"]]
        withdrawn = told.get("withdrawn", {})
    except (KeyError, TypeError, AttributeError) as error:
        raise _Refused(f"来源文件书写有误（{error}）。") from error
    kept = plan_file.with_suffix(COMMITMENT)
    try:
        commitment = receipt_of(kept.read_bytes()).raw.decode()
    except (OSError, BadNote) as error:
        raise _Refused(
            f"方案的存证凭证 {kept} 读不了（{error}）。把存证时取回的放回原处。"
        ) from error
    found = _run(_telling(plan, values, withdrawn))
    whole = {
        "plan": plan.told,
        "commitment_receipt": commitment,
        "result_receipt": _run(_receipt(plan.draw_id, DRAWN)),
        "sources": told["sources"],
        "withdrawn": withdrawn,
        "result": list(found),
        **({"drawn_again_because": told["because"]} if "because" in told else {}),
    }
    file = plan_file.with_suffix(".draw.json")
    file.write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2))
    click.echo("\n".join(found))
    click.echo(f"抽取文件 {file}；任何人可用 mingjing verify draw 核验。", err=True)


async def _committing(plan: Plan) -> None:
    async with _opened() as database, database.transaction() as tx:
        await commit_draw(tx, plan)


async def _telling(
    plan: Plan, values: Sequence[Sequence[int]], withdrawn: Mapping[str, str]
) -> tuple[str, ...]:
    async with _opened() as database, database.transaction() as tx:
        return await tell_draw(tx, plan, values, withdrawn)


async def _receipt(draw_id: str, what: str) -> str:
    """A receipt, once enough witnesses have co-signed."""
    async with _opened() as database:
        for _ in range(WITNESSED_WITHIN_SECONDS):
            try:
                return await receipt_of_word(database, draw_id, what)
            except NotCoveredYet:
                await asyncio.sleep(1)
        return await receipt_of_word(database, draw_id, what)


def _keep_receipt(plan: Plan, plan_file: Path) -> None:
    """Write the receipt of a commitment beside its plan; it is worth nothing when taken late."""
    first = min(source.at for source in plan.sources)
    text = _run(_receipt(plan.draw_id, COMMITTED))
    if machine_now() >= first:
        raise _Refused("随机来源已经公布：这时取回的凭证不能证明方案在先。请另立方案。")
    file = plan_file.with_suffix(COMMITMENT)
    file.write_text(text, encoding="utf-8")
    click.echo(f"凭证 {file}，抽取时要用，请保存好。")


def _plan(file: Path) -> Plan:
    try:
        return plan_of(_read(file))
    except BadDraw as error:
        raise _Refused(f"{error}。") from error


def _read(file: Path) -> Any:
    try:
        return orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise _Refused(f"{file} 不是 JSON：{error}。") from error


@contextlib.asynccontextmanager
async def _opened() -> AsyncIterator[Database]:
    database = open_database(settings_of(SERVICE))
    try:
        yield database
    finally:
        await database.close()


def _run(work: Coroutine[Any, Any, _T]) -> _T:
    """Do this; what is refused is said in one line."""
    try:
        return asyncio.run(work)
    except MingjingError as error:
        raise _Refused(f"{error.message}{error.way_out}") from error
