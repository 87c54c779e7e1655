"""The whole of a draw in one file, and whether it was done as it was committed to.

The file holds the plan, the receipt of its commitment, what the sources said and where that
stands, the result and its receipt. What the sources said cannot be checked here: it is cited, and
anybody looks it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mingjing_shared.trust.draw import BadDraw, Plan, drawn, plan_of
from mingjing_shared.trust.note import BadNote
from mingjing_shared.trust.receipt import Proved, proved_by, receipt_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_shared.trust.signing import LogKey, WitnessKey
    from mingjing_shared.trust.sm2 import Sm2Key

COMMITTED, DRAWN = "cn.mingjing.public.draw_committed", "cn.mingjing.public.drawn"


@dataclass(frozen=True, slots=True)
class ProvedDraw:
    """A draw that was done as it was committed to."""

    plan: Plan
    result: tuple[str, ...]
    committed: Proved
    told: Proved
    citations: tuple[str, ...]


def proved_draw(
    told: Mapping[str, Any], logs: Iterable[LogKey | Sm2Key], witnesses: Iterable[WitnessKey]
) -> ProvedDraw:
    """What a file of a draw proves.

    Raises:
        BadDraw: the pool was changed after the commitment, the commitment came too late, the
            result is another one, it was drawn again, or a receipt proves nothing.
    """
    logs, witnesses = tuple(logs), tuple(witnesses)
    plan = plan_of(_part(told, "plan", dict))
    committed = _receipt(told, "commitment_receipt", COMMITTED, logs, witnesses)
    result = _receipt(told, "result_receipt", DRAWN, logs, witnesses)
    if committed.said["data"].get("plan_sha256") != plan.digest:
        raise BadDraw("名单或方案与事先存证的不同")
    if result.said["data"].get("plan_sha256") != plan.digest:
        raise BadDraw("结果不是按这份方案抽取的")
    _refuse_late(plan, committed, result)
    _refuse_again(plan, told)
    values = [_part(one, "values", list) for one in _part(told, "sources", list)]
    withdrawn = tuple(_part(told, "withdrawn", dict))
    found = drawn(plan, values, withdrawn)
    if list(found) != _part(told, "result", list) or list(found) != result.said["data"]["result"]:
        raise BadDraw("按随机来源重新计算，结果不同")
    cited = tuple(str(_part(one, "cited", str)) for one in told["sources"])
    return ProvedDraw(plan, found, committed, result, cited)


def _receipt(
    told: Mapping[str, Any],
    name: str,
    kind: str,
    logs: Iterable[LogKey | Sm2Key],
    witnesses: Iterable[WitnessKey],
) -> Proved:
    try:
        proved = proved_by(receipt_of(_part(told, name, str).encode()), logs, witnesses)
    except BadNote as error:
        raise BadDraw(f"{error}") from None
    if proved.said["type"] != kind or not isinstance(proved.said.get("data"), dict):
        raise BadDraw("凭证不是抽取的凭证")
    return proved


def _refuse_late(plan: Plan, committed: Proved, result: Proved) -> None:
    """The commitment stands in the log before the first source speaks, and before the result."""
    first = min(source.at for source in plan.sources)
    seen = max(committed.witnesses.values(), default=None)
    if seen is None:
        raise BadDraw("方案的存证没有见证，不能证明在随机来源之前")
    if seen >= first:
        raise BadDraw("方案存证太晚：随机来源已经公布")
    if committed.head.origin != result.head.origin or committed.index >= result.index:
        raise BadDraw("方案没有在结果之前列入同一日志")
    if datetime.fromisoformat(result.said["time"]) < first:
        raise BadDraw("结果早于随机来源")


def _refuse_again(plan: Plan, told: Mapping[str, Any]) -> None:
    """A second draw for one subject says so, and why."""
    if plan.number > 1 and not told.get("drawn_again_because"):
        raise BadDraw(f"这是第 {plan.number} 次抽取（重抽），没有写明理由")


def _part(told: Mapping[str, Any], name: str, kind: type) -> Any:
    found = told.get(name) if isinstance(told, dict) else None
    if not isinstance(found, kind):
        raise BadDraw(f"抽取文件缺少 {name}")
    return found
