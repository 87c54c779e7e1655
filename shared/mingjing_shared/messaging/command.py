"""`mingjing letters`: look at dead letters and settle them. A composition root.

Acts in every service that holds the record, each with its own database, keys and handlers; a
service's handlers are loaded by name, since shared code knows no service.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from sqlalchemy.exc import SQLAlchemyError

from mingjing_shared.errors import MingjingError, Misconfigured, Unavailable
from mingjing_shared.events.base import SERVICES
from mingjing_shared.messaging import mending
from mingjing_shared.messaging.mending import Place, Signature
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.messaging.refusals import Reason
from mingjing_shared.operating import settings_of, told_service
from mingjing_shared.privacy.key_check import check_keys

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.messaging.received import Handlers

# Does its part in one service, in a transaction of it, and says what it did; nothing: no part.
Act: TypeAlias = Callable[["Transaction", str, Place], Awaitable[str | None]]


class Refused(click.ClickException):
    """Nothing was done, or not everywhere; Chinese sentences say what is wrong and the way out."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's own signature
        """Print the sentences alone, without click's English head."""
        click.echo(self.message, err=True)


def handlers_of(service: str) -> Handlers:
    """The handlers of a service that is installed here.

    Raises:
        Misconfigured: it is not installed here.
    """
    try:
        found: Handlers = import_module(f"mingjing_{service}.handlers").HANDLERS
    except ModuleNotFoundError as error:
        raise Misconfigured(f"此处没有安装 {service}。", "在装有该服务的机器上运行。") from error
    return found


_SERVICE = click.option(
    "--service",
    "services",
    multiple=True,
    type=click.Choice(sorted(SERVICES)),
    help="只在该服务中进行；可重复。不写则为持有该记录的每个服务。",
)
_BY = click.option("--by", default="", metavar="警号", help="经办人。")
_WHY = click.option("--why", default="", metavar="理由", help="为什么。")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PLACES = click.argument("places", nargs=-1, metavar="位置...")


@click.group(name="letters")
def letters() -> None:
    """死信（网页上称隔离消息）：查看、修补、重放、丢弃。位置写作 主题/分区/偏移量。"""


@letters.command(name="list")
@_SERVICE
@click.option("--all", "everything", is_flag=True, help="连同已处理的。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def list_letters(services: Sequence[str], everything: bool, as_json: bool) -> None:
    """列出死信：位置、原因、次数；不显示内容。每个服务各存各的，同一记录可有几封。"""
    found = asyncio.run(_listed(_services(services), "open" if not everything else None))
    if as_json:
        rows = [{"service": service, **_as_json(row)} for service, row in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for service, row in found:
        click.echo(f"{service:11}{_line(row)}")
    click.echo(_summed(found))


@letters.command()
@_PLACES
@_SERVICE
@click.option("--open", "open_", is_flag=True, help="显示原文（含个人信息）；须写明经办人和理由。")
@_BY
@_WHY
def show(places: Sequence[str], services: Sequence[str], open_: bool, by: str, why: str) -> None:
    """查看死信；不加 --open 不显示内容，看过原文会留下记录。"""
    signature = _signed(by, why) if open_ else None

    async def act(tx: Transaction, service: str, place: Place) -> str | None:
        row = await mending.letter(tx, place)
        if row is None:
            return None
        told = f"{service}：{json.dumps(_as_json(row), ensure_ascii=False, indent=2)}"
        if signature is None:
            return told
        return f"{told}\n{_shown(await mending.opened(tx, place, signature))}"

    _act_on(_places(places), services, act)


@letters.command()
@_PLACES
@_SERVICE
@click.option("--stack", metavar="摘要", help="重放同一种失败的全部死信，代替位置。")
@_BY
@_WHY
def replay(
    places: Sequence[str], services: Sequence[str], stack: str | None, by: str, why: str
) -> None:
    """把原文再处理一次，例如在程序修复之后。"""
    if bool(places) == bool(stack):
        raise Refused("写明一个或多个位置，或用 --stack 写明一种失败。")
    signature = _signed(by, why)
    wanted = _places(places)
    if stack:
        found = asyncio.run(_listed(_services(services), "open", stack))
        wanted = [Place(row.topic, row.partition, row.record_offset) for _service, row in found]

    async def act(tx: Transaction, service: str, place: Place) -> str | None:
        if stack and not await _failed_so(tx, place, stack):
            return None
        await mending.replay(tx, handlers_of(service), place, signature)
        return f"{service}：{place} 已重放。"

    _act_on(wanted, services, act)


@letters.command()
@click.argument("place", metavar="位置")
@click.argument("file", metavar="文件", type=_FILE)
@_SERVICE
@_BY
@_WHY
def mend(place: str, file: Path, services: Sequence[str], by: str, why: str) -> None:
    """用文件中修补后的数据（JSON）按原来源、原编号处理；原文和修补的摘要都保留。"""
    wanted = _places([place])
    signature = _signed(by, why)
    body = file.read_bytes()

    async def act(tx: Transaction, service: str, place: Place) -> str | None:
        await mending.mend(tx, handlers_of(service), place, body, signature)
        return f"{service}：{place} 已按修补后的内容处理。"

    _act_on(wanted, services, act)


@letters.command()
@_PLACES
@_SERVICE
@_BY
@_WHY
def discard(places: Sequence[str], services: Sequence[str], by: str, why: str) -> None:
    """不再处理；密封的原文保留。"""
    wanted = _places(places)
    signature = _signed(by, why)

    async def act(tx: Transaction, service: str, place: Place) -> str | None:
        await mending.discard(tx, place, signature)
        return f"{service}：{place} 已丢弃。"

    _act_on(wanted, services, act)


async def _failed_so(tx: Transaction, place: Place, stack: str) -> bool:
    row = await mending.letter(tx, place)
    return row is not None and row.state == "open" and row.stack_digest == stack


async def _listed(
    services: Sequence[str], state: str | None, stack: str | None = None
) -> list[tuple[str, Row[Any]]]:
    found: list[tuple[str, Row[Any]]] = []
    for service in services:
        try:
            async with _opened(service) as database, database.transaction() as tx:
                rows = await mending.letters(tx, state=state, stack=stack)
        except MingjingError as error:
            raise Refused(f"{service}：{error.message}{error.way_out}") from error
        found += [(service, row) for row in rows]
    return found


def _act_on(places: Sequence[Place], named: Sequence[str], act: Act) -> None:
    """Act on each letter in each service that holds it, each in a transaction of its own.

    Raises:
        Refused: one could not be done; what was done is said first, and stands.
    """
    if not places:
        raise Refused("写明死信的位置：主题/分区/偏移量；用 mingjing letters list 查看。")
    done = asyncio.run(_act_in_all(_services(named), list(dict.fromkeys(places)), act))
    for line in done.told:
        click.echo(line)
    if done.refused:
        raise Refused("\n".join(done.refused))


@dataclass
class _Done:
    """What was done, what was not, and which letters there are at all."""

    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    held: set[Place] = field(default_factory=set)


async def _act_in_all(services: Sequence[str], places: Sequence[Place], act: Act) -> _Done:
    done = _Done()
    for service in services:
        try:
            async with _opened(service) as database:
                for place in places:
                    await _act_on_one(database, place, act, done)
        except MingjingError as error:
            done.refused.append(f"{service}：{error.message}{error.way_out}")
    unknown = [place for place in places if place not in done.held]
    done.refused += [f"没有服务持有 {place} 的死信。" for place in unknown]
    return done


async def _act_on_one(database: Database, place: Place, act: Act, done: _Done) -> None:
    service = database.installation.service
    try:
        async with database.transaction() as tx:
            if await mending.letter(tx, place) is None:
                return
            done.held.add(place)
            said = await act(tx, service, place)
    except MingjingError as error:
        done.refused.append(f"{service}：{error.message}{error.way_out}")
    except Exception as error:  # noqa: BLE001 - the process's edge: nothing was changed, the letter stays
        text = f"{service}：{place} 处理失败（{type(error).__name__}），没有改变任何内容。"
        done.refused.append(text)
    else:
        done.told += [said] if said else []


@contextlib.asynccontextmanager
async def _opened(service: str) -> AsyncIterator[Database]:
    """A service's database, its keys checked.

    Raises:
        MingjingError: it does not answer, or its keys are not those of its data.
    """
    database = open_database(settings_of(service))
    try:
        try:
            async with database.transaction() as tx:
                await check_keys(tx)
        except (OSError, SQLAlchemyError) as error:
            said = f"数据库不可用（{type(error).__name__}），没有改变任何内容。"
            raise Unavailable(said, "平台运行后再试。") from error
        yield database
    finally:
        await database.close()


def _services(named: Sequence[str]) -> Sequence[str]:
    alone = told_service()
    return named or ([alone] if alone else sorted(SERVICES))


def _places(texts: Sequence[str]) -> list[Place]:
    try:
        return [mending.place_of(text) for text in texts]
    except MingjingError as error:
        raise Refused(error.message + error.way_out) from error


def _signed(by: str, why: str) -> Signature:
    try:
        return Signature(by, why)
    except MingjingError as error:
        raise Refused(error.message + error.way_out) from error


def _summed(found: Sequence[tuple[str, Row[Any]]]) -> str:
    """How many letters there are in which service, and of how many records."""
    if not found:
        return "共 0 封。"
    held = Counter(service for service, _row in found)
    records = {(row.topic, row.partition, row.record_offset) for _service, row in found}
    named = "、".join(
        f"{service} {count}{'（只列最早的这些）' if count >= mending.LETTERS_MAX else ''}"
        for service, count in held.items()
    )
    return f"共 {len(found)} 封（{named}），出自 {len(records)} 条记录。"


def _line(row: Row[Any]) -> str:
    place = f"{row.topic}/{row.partition}/{row.record_offset}"
    return (
        f"{place}  {Reason(row.reason).chinese}  {row.event_type or '（类型不明）'}"
        f"  {row.failed_at:%Y-%m-%d %H:%M}  {mending.state_name(row.state)}  {row.explanation}"
    )


def _as_json(row: Row[Any]) -> dict[str, Any]:
    found = {
        name: value if value is None or isinstance(value, int) else _text(value)
        for name, value in row._mapping.items()  # noqa: SLF001 - SQLAlchemy's public name
    }
    return {"place": f"{row.topic}/{row.partition}/{row.record_offset}", **found}


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _shown(content: mending.Content) -> str:
    headers = [f"{name}: {raw.decode('utf-8', 'replace')}" for name, raw in content.headers]
    value = content.value or b""
    try:
        body = value.decode()
    except UnicodeDecodeError:
        body = "（base64）" + base64.b64encode(value).decode()
    return "\n".join([*headers, "", body])


if __name__ == "__main__":
    letters()
