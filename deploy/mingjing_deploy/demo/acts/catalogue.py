"""目录清单: draft a version, note or ask for guidance, approve, publish; enter a change of law."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.office import Seat, until

_LIST, _VERSIONS = "/review/catalogue", "/review/catalogue/versions/"


async def _version(seat: Seat, state: str) -> str:
    """The address of the newest version in a state; waits for it."""

    async def look() -> str | None:
        page = await seat.opens(f"{_LIST}?state={state}")
        links = page.links if page else []
        return next((link for link in links if link.startswith(_VERSIONS)), None)

    return str(await until(look, f"a catalogue is {state}"))


async def draft(scene: Scene, who: str, given: Given) -> None:
    """起草 with one more item, unless the unit is at a draft from an earlier month."""
    seat = await scene.office.seat(who)
    page = await seat.opens(f"{_LIST}/{given['unit']}")
    if page is None or not page.form("/draft"):
        return
    answer = await seat.sends(f"{_LIST}/{given['unit']}", "/draft")
    address = answer.headers["location"].partition("?")[0]
    typed = {name: given[name] for name in ("title", "source", "confiscated")}
    await seat.sends(f"{address}/items", "/items", typed)


async def ask(scene: Scene, who: str, given: Given) -> None:
    """报请上级指导, unless nothing is drafted."""
    seat = await scene.office.seat(who)
    page = await seat.opens(f"{_LIST}?state=drafted")
    if page is not None and any(link.startswith(_VERSIONS) for link in page.links):
        await seat.sends(await _version(seat, "drafted"), "/ask", {"words": given["words"]})


async def outside(scene: Scene, who: str, given: Given) -> None:
    """记录上级机关指导情况."""
    seat = await scene.office.seat(who)
    await seat.sends(await _version(seat, "drafted"), "/outside", {"words": given["words"]})


async def approve(scene: Scene, who: str, _given: Given) -> None:
    """审批, on the page that shows what would differ."""
    seat = await scene.office.seat(who)
    await seat.sends(f"{await _version(seat, 'guided')}/what-if", "/approve")


async def publish(scene: Scene, who: str, _given: Given) -> None:
    """公布, to hold from the next day on."""
    seat = await scene.office.seat(who)
    await seat.sends(await _version(seat, "approved"), "/publish")


async def law_change(scene: Scene, who: str, given: Given) -> None:
    """登记法律变更."""
    seat = await scene.office.seat(who)
    await seat.sends(_LIST, "/changes", given)


ACTS: dict[str, Do] = {
    "draft_catalogue": draft,
    "ask_guidance": ask,
    "note_guidance": outside,
    "approve_catalogue": approve,
    "publish_catalogue": publish,
    "enter_law_change": law_change,
}
