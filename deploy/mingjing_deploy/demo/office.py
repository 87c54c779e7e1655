"""People at their browsers: signed in once, each sends the forms that its pages show."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from mingjing_deploy.demo.forms import Form, Page
from mingjing_deploy.errors import DeployError, NotReady

PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.25
_NOT_NOW = (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.BAD_GATEWAY, httpx.codes.GATEWAY_TIMEOUT)
Found = TypeVar("Found")
_HEARD_AGAIN_SECONDS = 2
_SEES_FIRST = "/my/account"


class ActRefused(DeployError):
    """The platform refused an act of the demonstration; says what, and in its words why."""


class AlreadySo(ActRefused):
    """What was asked for is there already."""


@dataclass
class Seat:
    """One officer before a browser."""

    number: str
    client: httpx.AsyncClient
    csrf: str = ""
    ready: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def opens(self, address: str) -> Page | None:
        """A page; nothing while it is not there yet.

        Raises:
            ActRefused: this officer may not see it.
        """
        answer = await self.client.get(address)
        if answer.status_code in (httpx.codes.NOT_FOUND, *_NOT_NOW):
            return None
        if answer.status_code != httpx.codes.OK:
            page = Page(answer.text)
            raise ActRefused(f"{self.number} {address}: {answer.status_code} {page.refused}")
        return Page(answer.text)

    async def awaits(self, address: str) -> Page:
        """A page, once it is there.

        Raises:
            NotReady: it never was.
        """
        return await until(lambda: self.opens(address), f"there is a page {address}")

    async def finds(self, department: str, text: str, below: str) -> str:
        """The first address below a path that a department's search gives; waits for it.

        Raises:
            NotReady: it never came.
        """

        async def look() -> str | None:
            answer = await self.client.post(
                f"/{department}/fragments/search", data={"q": text, "csrf": self.csrf}
            )
            links = Page(answer.text).links if answer.is_success else []
            return next((link for link in links if link.startswith(below)), None)

        return await until(look, f"{department} knows {text}")

    async def form(self, address: str, ending: str) -> Form:
        """A form of a page, once it is offered; waits for what makes it be offered.

        Raises:
            NotReady: it never was.
        """
        seen: list[str] = []

        async def look() -> Form | None:
            page = await self.opens(address)
            seen[:] = [page.text[:300]] if page else ["no such page"]
            return page.form(ending) if page else None

        what = f"{self.number} is offered …{ending} at {address}"
        try:
            return await until(look, what)
        except NotReady as late:
            raise NotReady(f"{late} The page says: {seen[0]}") from None

    async def sends(
        self,
        address: str,
        ending: str,
        typed: Mapping[str, Any] | None = None,
        file: tuple[str, bytes, str] | None = None,
    ) -> httpx.Response:
        """Open a page, type into its form, press the button.

        Raises:
            NotReady: the form was never offered.
            ActRefused: the platform said no; with its reason.
        """

        async def press() -> httpx.Response | None:
            form = await self.form(address, ending)
            sent = form.filled(typed or {})
            files = {"file": file} if file is not None else None
            answer = await self.client.post(form.action, data=sent, files=files)
            return None if answer.status_code in _NOT_NOW else answer

        answer = await until(press, f"{self.number} is heard at {address}")
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            said = Page(answer.text).refused or answer.text[:300]
            kind = AlreadySo if answer.status_code == httpx.codes.CONFLICT else ActRefused
            raise kind(f"{self.number} {answer.url.path}: {answer.status_code} {said}")
        return answer


class Office:
    """Everybody who has an account, by police number or by role."""

    def __init__(self, front: str, accounts: list[dict[str, Any]]) -> None:
        self._front = front
        self._accounts: dict[str, dict[str, Any]] = {str(one["username"]): one for one in accounts}
        self._seats: dict[str, Seat] = {}

    def number_of(self, who: str) -> str:
        """The police number of somebody named by number, or the first who has a role.

        Raises:
            DeployError: nobody has it.
        """
        if who in self._accounts:
            return who
        for number, account in self._accounts.items():
            if who in account["roles"]:
                return number
        raise DeployError(f"Nobody of accounts.json is {who}; `mingjing up` makes the accounts.")

    async def seat(self, who: str) -> Seat:
        """Somebody's browser, signed in."""
        number = self.number_of(who)
        if number not in self._seats:
            limits = httpx.Limits(max_connections=4)
            client = httpx.AsyncClient(
                base_url=self._front, timeout=60, limits=limits, headers={"Origin": self._front}
            )
            self._seats[number] = Seat(number, client)
        seat = self._seats[number]
        async with seat.ready:
            if not seat.csrf:
                await self._sign_in(seat)
        return seat

    async def _sign_in(self, seat: Seat) -> None:
        password = self._accounts[seat.number]["password"]
        typed = {"number": seat.number, "password": password}
        answer = await heard(seat.client, "/session/sign-in", typed)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise ActRefused(f"{seat.number} signs in: {Page(answer.text).refused}")
        page = await seat.opens(_SEES_FIRST)
        marks = [one.values.get("csrf", [""])[0] for one in page.forms] if page else []
        seat.csrf = next(filter(None, marks), "")

    async def close(self) -> None:
        """Close all browsers."""
        for seat in self._seats.values():
            await seat.client.aclose()


async def heard(
    client: httpx.AsyncClient, address: str, typed: Mapping[str, str]
) -> httpx.Response:
    """Send a password until it is heard: one place may try only so often within a minute."""
    while True:
        answer = await client.post(address, data=typed)
        if answer.status_code not in (httpx.codes.TOO_MANY_REQUESTS, *_NOT_NOW):
            return answer
        await asyncio.sleep(int(answer.headers.get("Retry-After", _HEARD_AGAIN_SECONDS)))


async def until(
    look: Callable[[], Awaitable[Found | None]], what: str, seconds: float = PATIENCE_SECONDS
) -> Found:
    """Ask again and again until there is an answer; give it.

    Raises:
        NotReady: there was none in time.
    """
    end = time.monotonic() + seconds
    while True:
        found = await look()
        if found:
            return found
        if time.monotonic() > end:
            raise NotReady(f"Within {seconds:.0f} s it did not come true that {what}.")
        await asyncio.sleep(_PAUSE_SECONDS)
