"""Draws (双随机) in the public log: the plan before chance speaks, the result after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.store.public_log import PublicWord, add_entry, logged_word, words_of
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.trust.draw import BadDraw, drawn
from mingjing_shared.trust.proving import NoSuchEntry, receipt_for
from mingjing_shared.trust.store import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.trust.draw import Plan

COMMITTED, DRAWN = "draw_committed", "drawn"
VERSIONS = {COMMITTED: 1, DRAWN: 2}


async def commit_draw(tx: Transaction, plan: Plan) -> None:
    """Put the digest of a plan into the public log, while no source has spoken.

    Raises:
        InvalidInput: a source speaks already.
        Conflict: the draw is committed to.
    """
    if min(source.at for source in plan.sources) <= machine_now():
        raise InvalidInput("随机来源已经公布，方案不能再作为事先承诺。", "改用以后才公布的来源。")
    if await words_of(tx, plan.draw_id):
        raise Conflict(f"抽取 {plan.draw_id} 的方案已经存证。", "重抽要用新的编号，并写明第几次。")
    data = {"plan_sha256": plan.digest, "subject": plan.subject, "number": plan.number}
    await add_entry(tx, PublicWord(COMMITTED, plan.draw_id, VERSIONS[COMMITTED], data))


async def tell_draw(
    tx: Transaction, plan: Plan, values: Sequence[Sequence[int]], withdrawn: Mapping[str, str]
) -> tuple[str, ...]:
    """Draw by what the sources said, and put the result into the public log; who is drawn.

    Raises:
        InvalidInput: the plan is not the one that was committed to, a source has not spoken
            yet, or what they said does not fit the plan.
        Conflict: the draw was done already.
    """
    words = await words_of(tx, plan.draw_id)
    kinds = {word["type"].rpartition(".")[2]: word for word in words}
    committed = kinds.get(COMMITTED)
    if committed is None or committed["data"]["plan_sha256"] != plan.digest:
        raise InvalidInput("这份方案没有事先存证，或与存证的不同。", "用存证时的那份文件。")
    if DRAWN in kinds:
        raise Conflict("结果已经存证，不能再抽一次。", "确需重抽的，另立方案并写明理由。")
    if max(source.at for source in plan.sources) > machine_now():
        raise InvalidInput("随机来源还没有全部公布。", "到公布以后再抽。")
    try:
        found = drawn(plan, values, withdrawn)
    except BadDraw as error:
        raise InvalidInput(f"{error}。", "核对随机来源后重试。") from error
    data = {
        "plan_sha256": plan.digest,
        "values": [list(numbers) for numbers in values],
        "withdrawn": sorted(withdrawn),
        "result": list(found),
    }
    await add_entry(tx, PublicWord(DRAWN, plan.draw_id, VERSIONS[DRAWN], data))
    return found


async def receipt_of_word(database: Database, draw_id: str, what: str) -> str:
    """The receipt of a draw's commitment or result, as of now.

    That of the commitment proves nothing unless its witnesses' times lie before the first source
    speaks: it must be taken before, and kept.

    Raises:
        NoSuchEntry: there is no such word in the public log.
        NotCoveredYet: not enough witnesses have co-signed it.
    """
    found = await logged_word(database, draw_id, VERSIONS[what])
    if found is None:
        raise NoSuchEntry("公开日志中没有这次抽取。", "先存证方案，再抽取。")
    return (await receipt_for(database, found, PUBLIC)).raw.decode()
