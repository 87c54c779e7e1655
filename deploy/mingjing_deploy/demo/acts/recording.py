"""全过程记录: bring files, link, explain what lacks, archive."""

import asyncio
from urllib.parse import quote

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.files import document_of, video


async def upload_footage(scene: Scene, who: str, given: Given) -> None:
    """Bring the file of a recording that is known, or of an act."""
    seat = await scene.office.seat(who)
    name = "footage_id" if "footage_id" in given else "action_id"
    about = "footage" if name == "footage_id" else "actions"
    await seat.awaits(f"/recording/{about}/{given[name]}")
    content = await asyncio.to_thread(video, given["seconds"], given["shade"])
    typed = {"started_at": given["started_at"]} if "started_at" in given else {}
    await seat.sends(
        f"/recording/upload?kind=footage&{name}={given[name]}",
        "/upload",
        typed,
        ("scene.webm", content, "video/webm"),
    )
    scene.done["files"] += 1


async def upload_document(scene: Scene, who: str, given: Given) -> None:
    """Bring the file of a document of a case."""
    seat = await scene.office.seat(who)
    address = await seat.finds("recording", given["case_number"], "/recording/casefiles/")
    number = given["document_number"]
    ref = address.rpartition("/")[2]
    await seat.sends(
        f"/recording/upload?kind=document&case_ref={ref}&document_number={quote(number)}",
        "/upload",
        {},
        ("record.pdf", document_of(number), "application/pdf"),
    )
    scene.done["files"] += 1


async def link(scene: Scene, who: str, given: Given) -> None:
    """Link a recording to the act that it shows."""
    seat = await scene.office.seat(who)
    typed = {"what": "link", "action_id": given["action_id"]}
    await seat.sends(f"/recording/footage/{given['footage_id']}", "/links", typed)


async def explain(scene: Scene, who: str, given: Given) -> None:
    """缺录说明."""
    seat = await scene.office.seat(who)
    typed = {"reason": given["reason"], "words": given["words"]}
    await seat.sends(f"/recording/actions/{given['action_id']}", "/explanations", typed)


async def archive(scene: Scene, who: str, given: Given) -> None:
    """案卷归档."""
    seat = await scene.office.seat(who)
    address = await seat.finds("recording", given["case_number"], "/recording/casefiles/")
    await seat.sends(address, "/packages", {"lacking": given["lacking"]})
    scene.done["packages"] += 1


ACTS: dict[str, Do] = {
    "upload_footage": upload_footage,
    "upload_document": upload_document,
    "link": link,
    "explain": explain,
    "archive": archive,
}
