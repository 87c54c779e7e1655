"""`mingjing law`: what the law says on a day, and by when something is due.

Besides the rules that departments share, those of every installed package are found by the
entry-point group `mingjing.law`, whose values name packages with a folder `law/`: shared code
knows no service. Commands that ask a service's own database (`what-if`) are that service's.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from importlib.metadata import entry_points
from importlib.resources import files

import click

from mingjing_shared.errors import MingjingError
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.deadline import deadline as deadline_of
from mingjing_shared.law.rules import Dated, Headline, Rule, load_dated, load_rules

ENTRY_POINT_GROUP = "mingjing.law"
COMMANDS_GROUP = "mingjing.law.commands"
SHARED = "mingjing_shared"
PERIOD_UNITS = ("working_day", "day", "hour", "month")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "month": "个月", "yuan": "元"}
_CONFIDENCE = {"verified": "已核对原文", "secondary": "转引", "assumed": "推定"}


class BadInput(click.ClickException):
    """What was typed cannot be used; one Chinese sentence says what is accepted."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 (click's own signature)
        """Print the sentence alone, without click's English head."""
        click.echo(self.message, err=True)


def law_files() -> list[tuple[str, str]]:
    """(package, name) of every law file of the installed packages, sorted."""
    found = {point.value for point in entry_points(group=ENTRY_POINT_GROUP)}
    packages = sorted({SHARED, *found})
    return [
        (package, path.name.removesuffix(".toml"))
        for package in packages
        for path in sorted(files(package).joinpath("law").iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]


def all_facts() -> Mapping[str, tuple[str, str, Dated[Headline]]]:
    """Every dated fact by its id, with package and file name; whatever its form."""
    return {
        fact.id: (package, name, fact)
        for package, name in law_files()
        for fact in load_dated(package, name, Headline).values()
    }


def find_rule(rule_id: str) -> Rule:
    """The period with that id.

    Raises:
        BadInput: there is none; the message lists those that exist.
    """
    facts = all_facts()
    periods = [key for key, (_, _, fact) in facts.items() if _is_period(fact)]
    if rule_id not in periods:
        known = "、".join(sorted(periods))
        if rule_id in facts:
            raise BadInput(f"规则“{rule_id}”不是期限，不能计算截止日；可用的期限规则：{known}")
        raise BadInput(f"没有规则“{rule_id}”；可用的期限规则：{known}")
    package, name, _ = facts[rule_id]
    return next(rule for rule in load_rules(package, name).values() if rule.id == rule_id)


def _is_period(fact: Dated[Headline]) -> bool:
    return fact.versions[0].unit in PERIOD_UNITS


class Laws(click.Group):
    """Our own commands, and what services add to them by the group `mingjing.law.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        added = {entry.name for entry in entry_points(group=COMMANDS_GROUP)}
        return sorted({*super().list_commands(ctx), *added})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command of ours, or load a service's."""
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        for entry in entry_points(group=COMMANDS_GROUP, name=cmd_name):
            command: click.Command = entry.load()
            return command
        return None


@click.group(name="law", cls=Laws)
def law() -> None:
    """法律规则与期限：查看规则，计算截止日。"""


@law.command(name="rules")
@click.option("--on", "on", metavar="日期", help="只列出这一天有效的版本，如 2026-09-18。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def list_rules(on: str | None, as_json: bool) -> None:
    """列出法律规则：编号、期限或数额、有效期间、依据与可信程度。"""
    day = None if on is None else _date(on)
    rows = [
        version
        for _, (_, _, fact) in sorted(all_facts().items())
        for version in fact.versions
        if day is None or version.covers(day)
    ]
    if as_json:
        click.echo(json.dumps([_row(version) for version in rows], ensure_ascii=False, indent=2))
        return
    for version in rows:
        click.echo(_line(version))
    click.echo(f"共{len(rows)}条" + (f"在{day}有效。" if day else "（含历史版本）。"))


@law.command(name="deadline")
@click.argument("rule", required=False)
@click.argument("start", required=False)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def show_deadline(rule: str | None, start: str | None, as_json: bool) -> None:
    """计算截止日：RULE 为规则编号，START 为起算日期；按小时的规则为带时区的时刻。"""
    if rule is None or start is None:
        raise BadInput(
            "用法：mingjing law deadline 规则编号 起算日期，"
            "例如 mingjing law deadline disclosure.penalty 2026-09-18；"
            "规则编号可用 mingjing law rules 查看"
        )
    found = find_rule(rule)
    is_hours = found.versions[-1].unit == "hour"
    begin = _instant(start) if is_hours else _date(start)
    try:
        result = deadline_of(found, begin, published_calendar())
    except MingjingError as error:
        raise BadInput(error.message) from error
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(result.text())


def _date(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadInput(f"“{text}”不是有效日期；应为 年-月-日，例如 2026-09-18")


def _instant(text: str) -> datetime:
    accepted = "应为带时区的时刻，例如 2026-09-18T10:20:00+08:00"
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{text}”不是有效时刻；{accepted}") from None
    if instant.utcoffset() is None or _DATE.fullmatch(text):
        raise BadInput(f"“{text}”没有时区或没有时刻，此规则按小时计算；{accepted}")
    return instant


def _row(version: Headline) -> dict[str, str | int | None]:
    return {
        "rule": version.id,
        "title": version.title,
        "task": version.task,
        "unit": version.unit,
        "count": version.count,
        "at_least": None if version.at_least is None else str(version.at_least),
        "level": version.level,
        "start_event": version.start_event,
        "roll": version.roll,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": None if version.valid_to is None else version.valid_to.isoformat(),
        "source": version.source,
        "confidence": version.confidence,
    }


def _line(version: Headline) -> str:
    amount = ""
    if version.count is not None:
        amount = f"，{version.count}{_UNITS.get(version.unit or '', version.unit)}"
    elif version.at_least is not None:
        amount = f"，{version.at_least}元以上（含）"
    until = f"至{version.valid_to}" if version.valid_to else "起"
    return (
        f"{version.id}  {version.title}{amount}；{version.valid_from}{until}；"
        f"{version.source}（{_CONFIDENCE[version.confidence]}）"
    )
