"""Whoever begins to review penalties must hold the legal qualification (行政处罚法 §58)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.errors import MayNotBegin
from mingjing_review.rules.reviewer import Before, refused_entry
from mingjing_review.store.reviewer import before_of, people_on
from mingjing_shared.clock import local_date

if TYPE_CHECKING:
    from mingjing_review.acts.matter import Matter
    from mingjing_shared.web.desk import Desk


async def refuse_entry(desk: Desk, matter: Matter) -> None:
    """Go on only when the officer may begin to review such decisions, or does not begin.

    Raises:
        MayNotBegin: the law of today asks for what the directory does not say of the officer.
    """
    number, kind, day = desk.officer.number, matter.review["kind"], local_date(matter.now)
    person = (await people_on(desk.tx, day, [number])).get(number)
    before = (await before_of(desk.tx, [number], kind)).get(number, Before())
    reason = refused_entry(kind, person, before, day)
    if reason is not None:
        raise MayNotBegin(
            f"您（警号 {number}）不能出具审核意见：{reason}。",
            "已取得法律职业资格的，请人事部门在人员名录中载明；此前已从事审核的，"
            "请法制支队案管在“审核人员”中登记并写明依据；也可以改派其他审核人员。",
        )
