"""公示: mask, check, approve; withhold, release, correct, withdraw; answer citizens."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.office import Seat, until


async def _item(seat: Seat, given: Given) -> str:
    return await seat.finds("disclosure", given["case_number"], "/disclosure/items/")


async def mask(scene: Scene, who: str, given: Given) -> None:
    """Hand the machine's masked text on to the second person, as it is."""
    seat = await scene.office.seat(who)
    await seat.sends(await _item(seat, given), "/text", {"submit": "yes"})


async def check(scene: Scene, who: str, given: Given) -> None:
    """复核通过."""
    seat = await scene.office.seat(who)
    await seat.sends(await _item(seat, given), "/check")


async def send_back(scene: Scene, who: str, given: Given) -> None:
    """退回修改."""
    seat = await scene.office.seat(who)
    await seat.sends(await _item(seat, given), "/return", {"reason": given["reason"]})


async def approve(scene: Scene, who: str, given: Given) -> None:
    """批准公开."""
    seat = await scene.office.seat(who)
    await seat.sends(await _item(seat, given), "/approve")
    scene.done["publications"] += 1


async def withhold(scene: Scene, who: str, given: Given) -> None:
    """决定不予公开."""
    seat = await scene.office.seat(who)
    typed = {"withhold_code": given["code"], "withhold_note": given["note"]}
    await seat.sends(await _item(seat, given), "/withhold", typed)


async def release(scene: Scene, who: str, given: Given) -> None:
    """解除不予公开."""
    seat = await scene.office.seat(who)
    await seat.sends(await _item(seat, given), "/release", {"release_note": given["note"]})


async def correct(scene: Scene, who: str, given: Given) -> None:
    """开始更正."""
    seat = await scene.office.seat(who)
    await seat.sends(await _item(seat, given), "/correct", {"correct_why": given["why"]})


async def withdraw(scene: Scene, who: str, given: Given) -> None:
    """撤回公示."""
    seat = await scene.office.seat(who)
    typed = {"withdraw_code": given["code"], "withdraw_note": given["note"]}
    await seat.sends(await _item(seat, given), "/withdraw", typed)


async def answer(scene: Scene, who: str, given: Given) -> None:
    """Settle what a citizen wrote, found by its words."""
    seat = await scene.office.seat(who)

    async def look() -> str | None:
        page = await seat.client.get("/disclosure/feedback")
        before, found, _ = page.text.partition(given["text"])
        rest = page.text[len(before) :].split('action="/disclosure/feedback/', 1) if found else []
        return rest[1].split('"', 1)[0] if len(rest) > 1 else None

    number = await until(look, "the editor reads what a citizen wrote")
    typed = {"outcome": given["outcome"], "answer": given["answer"]}
    await seat.sends("/disclosure/feedback", f"/{number}", typed)


ACTS: dict[str, Do] = {
    "mask": mask,
    "check": check,
    "send_back": send_back,
    "approve": approve,
    "withhold": withhold,
    "release": release,
    "correct": correct,
    "withdraw": withdraw,
    "answer": answer,
}
