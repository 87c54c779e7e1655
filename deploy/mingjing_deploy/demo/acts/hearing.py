"""听证, 办案期限, 移送: each step sends the form of the page that offers it."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene

_ROUTES = {
    "told": "record",
    "requested": "record",
    "waived": "record",
    "withdrawn": "record",
    "accepted": "decide",
    "refused": "decide",
    "noticed": "notice",
    "held": "hold",
    "no_show": "hold",
    "reported": "report",
}


async def hearing(scene: Scene, who: str, given: Given) -> None:
    """One step of a hearing."""
    seat = await scene.office.seat(who)
    step = given["step"]
    typed = {name: value for name, value in given.items() if name not in {"decision_id", "step"}}
    if step == "noticed":
        number = scene.office.number_of(who)
        typed |= {"chair": number, "recorder": "034090", "place": "二楼听证室", "time": "09:30"}
    address = f"/review/hearings/{given['decision_id']}?step={step}"
    await seat.sends(address, f"/{_ROUTES[step]}", typed)


async def ask_extension(scene: Scene, who: str, given: Given) -> None:
    """申请延长办案期限."""
    await _on_limit(scene, who, given, "/ask")


async def decide_extension(scene: Scene, who: str, given: Given) -> None:
    """批准延长."""
    await _on_limit(scene, who, given, "/decide")


async def _on_limit(scene: Scene, who: str, given: Given, ending: str) -> None:
    seat = await scene.office.seat(who)
    file = await seat.finds("recording", given["case_number"], "/recording/casefiles/")
    typed = {"reason": given["reason"], "decision": "extended"}
    await seat.sends(f"/review/limits/{file.rpartition('/')[2]}", ending, typed)


async def transfer(scene: Scene, who: str, given: Given) -> None:
    """批准移送."""
    seat = await scene.office.seat(who)
    typed = {"reason": given["reason"], "decision": given["decision"]}
    await seat.sends(f"/review/transfers/{given['decision_id']}", "/decide", typed)


ACTS: dict[str, Do] = {
    "hearing": hearing,
    "ask_extension": ask_extension,
    "decide_extension": decide_extension,
    "transfer": transfer,
}
