"""`mingjing privacy`: what must not be seen, looked for in what is about to be public."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from mingjing_deploy.privacy_mask import mask_text
from mingjing_shared.privacy.leakcheck.about import About, BadAbout, about_of
from mingjing_shared.privacy.leakcheck.artefact import Artefact, artefact_of
from mingjing_shared.privacy.leakcheck.check import check
from mingjing_shared.privacy.leakcheck.hit import Hit
from mingjing_shared.privacy.leakcheck.reading import CannotRead, read_artefact

FOUND = 1
_USAGE = (
    "用法：mingjing privacy check 待公开文件… --about 案件文件，"
    "例如 mingjing privacy check item.html feed.xml --about case.json"
)


class BadInput(click.ClickException):
    """What was typed cannot be used; one Chinese sentence says what is accepted."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 (click's own signature)
        """Print the sentence alone, without click's English head."""
        click.echo(self.message, err=True)


class SeveralEarlier(click.Command):
    """Takes ``--earlier a b c`` for ``--earlier a --earlier b --earlier c``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before every file that follows it."""
        spread: list[str] = []
        is_earlier = False
        for one in args:
            is_file = not one.startswith("-")
            if is_earlier and is_file and spread[-1] != "--earlier":
                spread.append("--earlier")
            is_earlier = one == "--earlier" or (is_earlier and is_file)
            spread.append(one)
        return super().parse_args(ctx, spread)


@click.group(name="privacy")
def privacy() -> None:
    """公开前的隐私检查。"""


privacy.add_command(mask_text)


@privacy.command(name="check", cls=SeveralEarlier)
@click.argument("artefacts", nargs=-1, metavar="待公开文件…")
@click.option("--about", "about_file", metavar="文件", help="案件信息（JSON，与 mask 相同）。")
@click.option("--earlier", multiple=True, metavar="文件", help="先前已公开的文件，可接多个。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@click.pass_context
def check_artefacts(
    ctx: click.Context,
    artefacts: tuple[str, ...],
    about_file: str | None,
    earlier: tuple[str, ...],
    as_json: bool,
) -> None:
    """检查待公开的文件是否泄露案件中应当隐去的内容：没有则退出码为 0，有则为 1 并逐处列出。

    网页、JSON、PDF（文本层和元数据）、CSV、订阅源、检索索引和纯文本都可以；文件夹逐个检查；
    文件名一并检查；写成 http(s):// 的视为网址，只检查网址本身。
    """
    if not artefacts or about_file is None:
        raise BadInput(_USAGE)
    about = _about(Path(about_file))
    read = _read(artefacts)
    hits = check(read, about, _read(earlier))
    _tell([one.name for one in read], hits, as_json=as_json)
    ctx.exit(FOUND if hits else 0)


def _about(file: Path) -> About:
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput(f"读不了案件文件 {file}（{error.strerror}）") from error
    except ValueError as error:
        raise BadInput(f"案件文件 {file} 不是 UTF-8 编码的 JSON：{error}") from error
    if not isinstance(told, dict):
        raise BadInput(f"案件文件 {file} 应为一个 JSON 对象，含 parties、keep、document_number 等")
    try:
        return about_of(told)
    except BadAbout as error:
        raise BadInput(f"案件文件 {file}：{error}") from error


def _read(named: Iterable[str]) -> list[Artefact]:
    found = []
    for name in named:
        if "://" in name:
            found.append(artefact_of(name))
            continue
        file = Path(name)
        inside = sorted(one for one in file.rglob("*") if one.is_file()) if file.is_dir() else []
        try:
            found += [read_artefact(one, str(one.relative_to(file))) for one in inside]
            found += [] if file.is_dir() else [read_artefact(file)]
        except CannotRead as error:
            raise BadInput(f"{error}，不能判断是否泄露") from error
    return found


def _tell(names: Sequence[str], hits: Sequence[Hit], *, as_json: bool) -> None:
    if as_json:
        told = {"clean": not hits, "checked": names, "hits": [hit.as_json() for hit in hits]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        click.echo(hit.says)
    if hits:
        click.echo(f"发现 {len(hits)} 处可能泄露，不得公开；请逐处隐去后再检查。")
    else:
        click.echo(f"检查 {len(names)} 个文件，没有发现泄露。")
