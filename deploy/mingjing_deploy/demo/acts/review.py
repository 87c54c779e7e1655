"""法制审核: hand in, take, hand back, speak; and the casework system that asks the gate."""

from typing import Any

import httpx

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.office import ActRefused

_CHECKS = ("subject", "officers", "procedure", "evidence", "law", "powers", "documents", "crime")


async def submit(scene: Scene, who: str, given: Given) -> None:
    """送审, 补正 or 再次送审: whatever the page offers."""
    seat = await scene.office.seat(who)
    answers = {f"answer-{code}": "adopted" for code in _CHECKS}  # of those that the page asks for
    typed = {"note": given["note"], "answers": "yes", **answers}
    await seat.sends(f"/review/cases/{given['decision_id']}/submit", "/submit", typed)


async def accept(scene: Scene, who: str, given: Given) -> None:
    """受理."""
    seat = await scene.office.seat(who)
    await seat.sends(f"/review/cases/{given['decision_id']}", "/accept")


async def hand_back(scene: Scene, who: str, given: Given) -> None:
    """材料不齐, or 退回补正."""
    seat = await scene.office.seat(who)
    typed = {"note": given["note"], "missing": None}
    await seat.sends(f"/review/cases/{given['decision_id']}/return", "/return", typed)


async def opinion(scene: Scene, who: str, given: Given) -> None:
    """同意, 纠正 or 移送, with all eight checks."""
    seat = await scene.office.seat(who)
    typed: dict[str, Any] = {f"check-{code}": "passed" for code in _CHECKS}
    typed |= {f"note-{code}": "已核对案卷和录像。" for code in _CHECKS}
    if given["failed"]:
        typed |= {
            f"check-{given['failed']}": "failed",
            f"note-{given['failed']}": given["reasons"],
        }
    typed |= {"opinion": given["opinion"], "reasons": given["reasons"]}
    await seat.sends(f"/review/cases/{given['decision_id']}", "/opinion", typed)


async def gate(scene: Scene, who: str, given: Given) -> None:
    """The casework system asks whether this text may be decided.

    Raises:
        ActRefused: it may not; the gate says why.
    """
    answer = await scene.front.post(
        "/review/api/gate",
        json={"decision_id": given["decision_id"], "draft": given["draft"]},
        headers={"Authorization": f"Bearer {scene.publishers[who].key}"},
    )
    if answer.status_code != httpx.codes.OK:
        raise ActRefused(f"The gate refused {given['decision_id']}: {answer.text[:400]}")


ACTS: dict[str, Do] = {
    "submit": submit,
    "accept": accept,
    "return": hand_back,
    "opinion": opinion,
    "gate": gate,
}
