"""Recordings of journeys: brought by the handler, asked for by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeys.matter import local_time

from support.video import a_video

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.matter import Matter
    from journeys.people import Office, Person


def film(file: Path, *, shade: int) -> Path:
    """A short film; ``shade`` makes it another than those of other tests."""
    file.write_bytes(a_video(90, shade=shade))
    return file


async def footage_brought(office: Office, matter: Matter, started: str, file: Path) -> str:
    """The id of a recording that the handler brings for the act."""
    handler = await office.person("case_handler")
    address = f"/recording/actions/{matter.action}"
    await handler.sees_after_a_while(address, "上传")
    await handler.page.get_by_role("link", name="上传").first.click()
    await handler.page.fill("#started_at", local_time(started))
    await handler.page.set_input_files("#file", str(file))
    await handler.presses("上传")
    await handler.sees_after_a_while(address, "已关联的音视频\n1 段")
    link = handler.page.locator("a[href^='/recording/footage/']:not([href*='?'])").last
    return str(await link.get_attribute("href")).rsplit("/", 1)[1]


async def asks(person: Person, words: str, purpose: str = "cooperation") -> None:
    """Fill in why, and send it."""
    await person.page.select_option("#purpose", purpose)
    await person.page.fill("#purpose_words", words)
    await person.page.locator("main form button.primary").click()
