"""`mingjing privacy mask`: the text of a decision as the public may read it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from mingjing_shared.events.values import Party
from mingjing_shared.law.command import BadInput
from mingjing_shared.privacy.masking import Known, Masked, mask
from mingjing_shared.privacy.masking_form import Mark

BLOCKED = 1
_WANTED = "text（必填）、parties、keep、document_number、kind、made_on"


class Told(msgspec.Struct, forbid_unknown_fields=False):
    """What a file says: a decision's text, whose it is, and what must stay in it."""

    text: str
    parties: tuple[Party, ...] = ()
    keep: tuple[str, ...] = ()
    document_number: str | None = None
    kind: str | None = None
    made_on: date | None = None


@click.command(name="mask")
@click.argument("file", metavar="决定文件", required=False)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出公开文本和每一处的规则、依据。")
@click.pass_context
def mask_text(ctx: click.Context, file: str | None, as_json: bool) -> None:
    """由决定原文生成公开文本：隐去个人信息，保留必须公开的内容。

    决定文件是一个 JSON 对象，含原文 text、当事人 parties（与 case.accepted 相同）、须保留的
    姓名、警号和机关名称 keep、文书号 document_number、文书种类 kind、作出日期 made_on。
    退出码：0 已生成；1 有须人工处理之处；2 文件不能用。
    """
    if file is None:
        raise BadInput(
            "用法：mingjing privacy mask 决定文件 --json，例如 mingjing privacy mask a.json"
        )
    told = told_in(Path(file))
    known = Known(told.parties, told.keep, told.document_number, told.made_on)
    masked = mask(told.text, known)
    if as_json:
        click.echo(json.dumps(as_told(masked), ensure_ascii=False, indent=2))
    else:
        click.echo(masked.public_text)
        for reason in masked.blocked:
            click.echo(reason, err=True)
    ctx.exit(BLOCKED if masked.blocked else 0)


def told_in(file: Path) -> Told:
    """What the file says.

    Raises:
        BadInput: it cannot be read, or is no such object; the sentence says which.
    """
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput(f"读不了决定文件 {file}（{error.strerror}）") from error
    except ValueError as error:
        raise BadInput(f"决定文件 {file} 不是 UTF-8 编码的 JSON：{error}") from error
    if not isinstance(told, dict):
        raise BadInput(f"决定文件 {file} 应为一个 JSON 对象，含 {_WANTED}")
    try:
        return msgspec.convert(told, Told)
    except msgspec.ValidationError as error:
        raise BadInput(f"决定文件 {file} 的内容不对：{error}；应含 {_WANTED}") from error


def as_told(masked: Masked) -> dict[str, Any]:
    """The result in the form that other programs read; places are those of the original."""
    return {
        "public_text": masked.public_text,
        "hidden": [
            {
                **_place(mark),
                "rule": mark.rule,
                "source": mark.source,
                "instead": mark.instead,
                "found_by": mark.found_by,
            }
            for mark in masked.hidden
        ],
        "kept": [_place(mark) for mark in masked.kept],
        "blocked": list(masked.blocked),
    }


def _place(mark: Mark) -> dict[str, Any]:
    return {"start": mark.start, "end": mark.end, "text": mark.text}
