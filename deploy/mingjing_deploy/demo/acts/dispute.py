"""Disagreements, extensions, and what people say of contradictions."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.office import ActRefused

_LIST = "/review/contradictions"


async def dispute(scene: Scene, who: str, given: Given) -> None:
    """提出异议, 复审, 协调 or 讨论: whatever the page offers."""
    seat = await scene.office.seat(who)
    path = f"/review/cases/{given['decision_id']}/disagreement"
    await seat.sends(path, "/disagreement", given["typed"])


async def longer(scene: Scene, who: str, given: Given) -> None:
    """申请延长 or 批准延长."""
    seat = await scene.office.seat(who)
    path = f"/review/cases/{given['decision_id']}/extension"
    await seat.sends(path, "/extension", given["typed"])


async def judge_finding(scene: Scene, who: str, given: Given) -> None:
    """Say whether a contradiction of a case holds.

    Raises:
        ActRefused: nothing of this kind was found in the case.
    """
    seat = await scene.office.seat(who)
    page = await seat.opens(f"{_LIST}?kind={given['kind']}")
    for link in page.links if page else ():
        if not link.startswith(f"{_LIST}/"):
            continue
        one = await seat.opens(link)
        if one and given["case_number"] in one.text:
            typed = {"verdict": given["verdict"], "note": given["note"]}
            await seat.sends(link, link, typed)
            return
    raise ActRefused(f"No {given['kind']} was found in {given['case_number']}.")


ACTS: dict[str, Do] = {"dispute": dispute, "longer": longer, "judge_finding": judge_finding}
