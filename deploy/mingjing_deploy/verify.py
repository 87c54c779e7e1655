"""Checking, offline, what the platform handed out: by the public keys and by nothing else."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import orjson

from mingjing_deploy.credentials import LOG_KEYS, Credentials
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.package_check import BadPackage, Package, package_of
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events import event_class
from mingjing_shared.events.recording import CasefileArchived
from mingjing_shared.trust.draw import BadDraw
from mingjing_shared.trust.draw_proof import proved_draw
from mingjing_shared.trust.keys import WITNESSES_MIN, KnownKeys, keys_of
from mingjing_shared.trust.note import BadNote
from mingjing_shared.trust.receipt import SUFFIX, Proved, proved_by, receipt_of
from mingjing_shared.trust.sm2 import Sm2Key

HASHES = {
    "public_sha256": "公开文本",
    "pdf_sha256": "版式文件",
    "opinion_sha256": "审核意见",
    "draft_sha256": "决定草稿",
    "sha256": "文件",
    "package_sha256": "案卷包",
}
PUBLIC = {
    "cn.mingjing.public.published": "公示",
    "cn.mingjing.public.corrected": "更正公示",
    "cn.mingjing.public.withdrawn": "撤回公示",
    "cn.mingjing.public.draw_committed": "抽取方案",
    "cn.mingjing.public.drawn": "抽取结果",
    "audit.done": "办理记录",
    "audit.seen": "查看记录",
    "audit.refused": "拒绝记录",
}
REFUSED = 1


def _file_and_keys(command: Callable[..., None]) -> Callable[..., None]:
    """What every check takes: the file, and whom to believe."""
    one = click.Path(exists=True, dir_okay=False, path_type=Path)
    options = (
        click.argument("file", type=one),
        click.option("--vkey", type=one, help="The log's key."),
        click.option(
            "--witness-vkey",
            "witness_vkeys",
            multiple=True,
            type=one,
            help="Keys of witnesses; may be given several times.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def verify() -> None:
    """Check what the platform handed out; needs no running platform and no network."""


@verify.command()
@_file_and_keys
def receipt(file: Path, vkey: Path | None, witness_vkeys: Sequence[Path]) -> None:
    """Check a receipt (存证凭证); exit 0: proved, 1: refused with the reason.

    Without keys, those of this copy of the platform are taken.
    """
    known = _keys(vkey, witness_vkeys)
    names = {key.name for key in known.witnesses}
    try:
        proved = proved_by(receipt_of(file.read_bytes()), known.logs, known.witnesses)
        _refuse_too_few(proved, min(WITNESSES_MIN, len(names)))
    except BadNote as error:
        click.echo(f"未能证明：{error}。")
        sys.exit(REFUSED)
    click.echo(proved_in_words(proved, is_witnessed=bool(names)))
    asked = [key for key in known.log_keys(proved.head.origin) if isinstance(key, Sm2Key)]
    if vkey and asked and not set(asked) & set(proved.keys):
        click.echo("注意：该检查点没有国密 SM2 签名，签发时没有启用。")


@verify.command()
@_file_and_keys
def draw(file: Path, vkey: Path | None, witness_vkeys: Sequence[Path]) -> None:
    """Do a draw (双随机) again from its file; exit 0: as committed to, 1: refused with the reason.

    What the public sources said is cited in the file and not checked here: look it up.
    """
    known = _keys(vkey, witness_vkeys)
    try:
        found = proved_draw(orjson.loads(file.read_bytes()), known.logs, known.witnesses)
    except (BadDraw, orjson.JSONDecodeError) as error:
        click.echo(f"未能证明：{error}。")
        sys.exit(REFUSED)
    plan, log = found.plan, found.committed.head.origin
    click.echo(
        f"已证明：{plan.subject}（第 {plan.number} 次，编号 {plan.draw_id}）"
        f"从 {len(plan.pool)} 名中抽取 {len(found.result)} 名：{'、'.join(found.result)}；"
        f"方案列入日志 {log} 第 {found.committed.index} 项，早于随机来源，"
        f"结果在第 {found.told.index} 项。"
        f"随机来源的数字本身没有核对，请查：{'；'.join(found.citations)}。"
    )


@verify.command()
@_file_and_keys
@click.option(
    "--receipt",
    "receipt_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The receipt of the case file's archiving; else FILE.tlog-proof beside it.",
)
def package(
    file: Path, vkey: Path | None, witness_vkeys: Sequence[Path], receipt_file: Path | None
) -> None:
    """Check a case-file package (案卷包) by the receipt of its archiving; exit 0: proved, 1: not.

    Every file in it is the one that its list names, and the package is the one that was logged.
    """
    known = _keys(vkey, witness_vkeys)
    beside = file.with_name(file.name + SUFFIX)
    by = receipt_file or (beside if beside.exists() else None)
    try:
        held = package_of(file)
        proved = _proved_archived(held, by, known)
    except (BadPackage, BadNote) as error:
        click.echo(f"未能证明：{error}。")
        sys.exit(REFUSED)
    click.echo(f"案卷 {held.case_number}：{held.files} 个文件，{held.bytes} 字节，与清单一致。")
    click.echo(proved_in_words(proved, is_witnessed=bool(known.witnesses)))


def _proved_archived(held: Package, by: Path | None, known: KnownKeys) -> Proved:
    if by is None:
        raise BadPackage("没有给出归档的存证凭证（--receipt）；包内文件与清单一致")
    proved = proved_by(receipt_of(by.read_bytes()), known.logs, known.witnesses)
    _refuse_too_few(proved, min(WITNESSES_MIN, len({key.name for key in known.witnesses})))
    if proved.said["type"] != CasefileArchived.type:
        raise BadPackage("凭证不是案卷归档的凭证")
    if proved.said["data"].get("package_sha256") != held.sha256:
        raise BadPackage("案卷包不是归档时存证的那一份")
    return proved


def proved_in_words(proved: Proved, *, is_witnessed: bool) -> str:
    """What is proved and by whom, in one line."""
    signed = "、".join(key.algorithm for key in proved.keys)
    said = proved.said
    kind = event_class(said["type"])
    name = PUBLIC.get(said["type"]) if kind is None else kind.label
    label = f"{name}（{said['type']}）" if name else said["type"]
    hashes = "，".join(
        f"{word} SHA-256 {value}"
        for name, word in HASHES.items()
        if (value := (said.get("data") or {}).get(name))
    )
    who = "、".join(
        f"{name}（{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}）"
        for name, at in sorted(proved.witnesses.items())
    )
    return (
        f"已证明：{label} {said['id']}，{said['time']}，"
        f"列入日志 {proved.head.origin} 第 {proved.index} 项（共 {proved.head.size} 项）；"
        + (f"{hashes}；" if hashes else "")
        + f"日志签名：{signed}；"
        + (f"见证：{who}。" if is_witnessed else "没有给出见证公钥，只核对了日志自己的签名。")
    )


def _refuse_too_few(proved: Proved, wanted: int) -> None:
    if len(proved.witnesses) < wanted:
        raise BadNote(f"见证不足：只有 {len(proved.witnesses)} 个部门共同签名")


def _keys(vkey: Path | None, witness_vkeys: Sequence[Path]) -> KnownKeys:
    """Whom to believe: what was named, and of this copy's keys what nobody named."""
    own = [] if vkey and witness_vkeys else [Credentials(Home.current()).path(LOG_KEYS)]
    logs = _read([vkey] if vkey else own).logs
    return KnownKeys(logs, _read(witness_vkeys or ([] if vkey else own)).witnesses)


def _read(files: Sequence[Path]) -> KnownKeys:
    try:
        return keys_of(line for file in files for line in file.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise DeployError(f"The keys cannot be read: {error}") from error
