"""People before their browsers: signed in, or a citizen who is not."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, expect

from support.npm import installed

SCREENS = os.environ.get("MINGJING_SCREENS")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | ")}`)"""
expect.set_options(timeout=20_000)


@dataclass
class Person:
    """Somebody with a browser window."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    async def opens(self, path: str) -> Page:
        """Go to an address of the platform; whatever the browser complains about is kept."""
        answer = await self.page.goto(self.home + path)
        assert answer is not None
        return self.page

    async def sees(self, *words: str) -> None:
        """Wait until the page says all of this."""
        for word in words:
            await expect(self.page.locator("body")).to_contain_text(word)

    async def sees_after_a_while(self, path: str, *words: str) -> None:
        """Load a page again until it says all of this: an event is on its way."""
        for _look in range(60):
            await self.opens(path)
            text = await self.page.locator("body").inner_text()
            if all(word in text for word in words):
                return
            await self.page.wait_for_timeout(500)
        raise AssertionError(f"{path} never said {words}: {text[:1500]}")

    async def presses(self, name: str) -> None:
        """Press the button of this name."""
        await self.page.get_by_role("button", name=name).first.click()

    async def follows(self, name: str) -> None:
        """Follow the link of this name."""
        await self.page.get_by_role("link", name=name).first.click()

    async def fragments_are_there(self) -> None:
        """Wait until what other departments give to this page has come, or is known not to come."""
        await self.page.wait_for_function(
            "() => !document.querySelector('.htmx-request') && ![...document.querySelectorAll("
            "'[hx-trigger=load] .mj-hint')].some(n => n.textContent.includes('正在'))"
        )

    async def pictured(self, name: str) -> None:
        """Leave a picture of the page, where ``MINGJING_SCREENS`` names a folder for them."""
        if SCREENS:
            await self.page.screenshot(path=f"{SCREENS}/{name}.png", full_page=True)

    async def barriers(self) -> list[str]:
        """What keeps somebody from using this page, as axe sees it: serious things only."""
        await self.page.evaluate(axe())
        found: list[str] = await self.page.evaluate(_AXE)
        return found


def axe() -> str:
    """The checker's program."""
    home = installed(Path(__file__).parent / "browser")
    return (home / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


class Office:
    """The platform's people by role, and publishers' systems."""

    def __init__(self, platform: dict[str, Any], chromium: Browser) -> None:
        self.platform = platform
        self._chromium = chromium
        self._people: dict[str, Person] = {}

    def account(self, role: str) -> dict[str, Any]:
        """The demonstration's first account with this role."""
        return next(o for o in self.platform["accounts"]["officers"] if role in o["roles"])

    async def person(self, role: str) -> Person:
        """Whoever has this role, signed in, in the same window each time."""
        if role not in self._people:
            self._people[role] = await self.window(role)
        return self._people[role]

    async def window(self, whose: str, *, phone: bool = False) -> Person:
        """A window of its own: of a role's officer, of a citizen, of nobody signed in."""
        size = PHONE if phone else WIDE
        if whose == "citizen":
            return await self._window(self.platform["portal"], size)
        person = await self._window(self.platform["front"], size)
        if whose == "nobody":
            return person
        account = self.account(whose)
        await person.opens("/session/sign-in")
        await person.page.fill("#number", account["username"])
        await person.page.fill("#password", account["password"])
        await person.page.get_by_role("button", name="登录").click()
        await person.sees("待办")
        return person

    async def citizen(self, *, phone: bool = False) -> Person:
        """Somebody before the public portal."""
        return await self._window(self.platform["portal"], PHONE if phone else WIDE)

    async def _window(self, home: str, size: dict[str, int] = WIDE) -> Person:
        context = await self._chromium.new_context(viewport=size)
        page = await context.new_page()
        person = Person(page, home)
        page.on(
            "console",
            lambda said: person.complaints.append(said.text) if said.type == "error" else None,
        )
        return person

    def publishes(self, *events: dict[str, Any], by: str = "casework") -> None:
        """A publisher's system sends these events through the door."""
        key = next(p["key"] for p in self.platform["accounts"]["publishers"] if p["name"] == by)
        answer = httpx.post(
            f"{self.platform['front']}/intake/events",
            content=json.dumps(events),
            headers={
                "authorization": f"Bearer {key}",
                "content-type": "application/cloudevents-batch+json",
            },
            timeout=30,
        )
        assert answer.status_code == 202, answer.text

    async def close(self) -> None:
        """Close all windows."""
        for person in self._people.values():
            await person.page.context.close()
