"""``mingjing review``: a case judged offline; ``mingjing law what-if``. A composition root."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from mingjing_review.acts.what_if import ask
from mingjing_review.rules.contradiction.every import contradictions
from mingjing_review.rules.contradiction.record import Fact, Record
from mingjing_review.rules.offline import judged
from mingjing_review.rules.what_if import KINDS
from mingjing_review.rules.what_if_change import changed_world
from mingjing_review.settings import SERVICE
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import MingjingError
from mingjing_shared.events import event_class
from mingjing_shared.events.decoding import DataRefused, decode
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError
from mingjing_shared.messaging.envelope import BadEnvelope, read_structured
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.messaging.strict_json import MalformedJson
from mingjing_shared.operating import settings_of
from mingjing_shared.web.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mingjing_review.acts.what_if import Answer
    from mingjing_shared.messaging.envelope import Envelope

FOUND = 1


class _Refused(click.ClickException):
    """One Chinese sentence says what is wrong and where."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's own signature
        click.echo(self.message, err=True)


def _file_of_events(command: Callable[..., None]) -> Callable[..., None]:
    """What both commands take: a file of CloudEvents, one a line."""
    one = click.Path(exists=True, dir_okay=False, path_type=Path)
    command = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")(command)
    return click.argument("file", metavar="事件文件", type=one)(command)


@click.group()
def review() -> None:
    """法制审核：离线判断一个案件，不需要平台运行。事件文件每行一个 CloudEvents 事件。"""


@review.command()
@_file_of_events
def judge(file: Path, *, as_json: bool) -> None:
    """每个拟作决定是否应当法制审核，及全部理由。"""
    try:
        found = judged(_told(file))
    except LawError as error:
        raise _Refused(error.message) from error
    if as_json:
        told = [
            {
                "decision_id": one.decision_id,
                "required": bool(one.reasons),
                "reasons": [asdict(reason) for reason in one.reasons],
            }
            for one in found
        ]
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    for one in found:
        why = "；".join(f"{reason.title}（{reason.source}）" for reason in one.reasons)
        said = f"应当法制审核：{why}" if one.reasons else "不需要法制审核：不在目录清单内"
        click.echo(f"{one.decision_id} {said}。")


@review.command("contradictions")
@_file_of_events
def contradictions_command(file: Path, *, as_json: bool) -> None:
    """事件之间不可能、不合法或可疑之处。没有：退出码 0；有：1。"""
    try:
        found = contradictions(Record(_told(file)), published_calendar())
    except LawError as error:
        raise _Refused(error.message) from error
    if as_json:
        keys = ("kind", "facts", "says", "level", "title", "source")
        told = [{key: asdict(one)[key] for key in keys} for one in found]
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
    else:
        for one in found:
            click.echo(f"{one.title}：{one.says}（{'、'.join(one.facts)}；{one.source}）")
    click.get_current_context().exit(FOUND if found else 0)


def _told(file: Path) -> list[Fact[Any]]:
    """The events of a file, in the order in which they happened."""
    found: list[tuple[Envelope, Fact[Any]]] = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            envelope, data, _ = read_structured(line)
            kind = event_class(envelope.type)
            if kind is None:
                raise _Refused(f"第 {number} 行：不认识的事件类型 {envelope.type}。")
            found.append((envelope, Fact(envelope.id, decode(kind, data))))
        except (MalformedJson, BadEnvelope, DataRefused) as error:
            raise _Refused(f"第 {number} 行不是可用的事件：{error}。") from error
    return [fact for _, fact in sorted(found, key=lambda one: one[0].time)]


@click.command("what-if")
@click.option(
    "--change",
    "change",
    required=True,
    metavar="文件",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="改动后的规则文件（catalogue、grounds、hearing、periods.toml），或目录草案（JSON、TOML）。",
)
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="自哪一天起。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="至哪一天止；默认今天。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def what_if(change: Path, since: datetime, until: datetime | None, *, as_json: bool) -> None:
    """影响预演：规则或者目录改动后，过去哪些拟作决定的判断会不同。只读，不写入任何数据。"""
    settings = settings_of(SERVICE)  # takes the platform's legal clock over
    period = (since.date(), until.date() if until else legal_today())

    text = change.read_text(encoding="utf-8")

    async def answered() -> Answer:
        database = open_database(settings)
        try:
            return await ask(
                database,
                lambda now: changed_world(change.name, text, now),
                period,
                Reach(everything=True),
            )
        finally:
            await database.close()

    try:
        answer = asyncio.run(answered())
    except MingjingError as error:
        raise _Refused(error.message) from error
    if as_json:
        click.echo(orjson.dumps(answer.as_json(), option=orjson.OPT_INDENT_2).decode())
        return
    _say(answer)


def _say(answer: Answer) -> None:
    for effect in answer.effects:
        past = effect.past
        differs = "、".join(KINDS[kind] for kind in effect.kinds)
        click.echo(f"{past.case_number} {past.decision_id} {past.on} {differs}")
    counts = answer.summary.by_kind
    said = "，".join(f"{name} {counts[kind]}" for kind, name in KINDS.items() if counts[kind])
    click.echo(
        f"{answer.since} 至 {answer.until}：共 {answer.summary.looked_at} 个拟作决定，"
        f"{len(answer.effects)} 个会不同{f'（{said}）' if said else ''}。"
    )
