"""The front proxy's part in tests: it asks the gateway who asks, and hands the token on."""

from __future__ import annotations

import re
from typing import Any

import httpx

from mingjing_shared.web.token import HEADER

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Browser:
    """A person's browser before the gateway: its own cookies, tokens by asking."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.cookies: dict[str, str] = {}
        self.csrf = ""

    async def _send(self, method: str, path: str, **given: Any) -> httpx.Response:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"cookie": jar} if jar else {}
        asked = await self._client.get("/session/check", headers=headers)
        assert asked.status_code == 204
        if HEADER in asked.headers:
            headers[HEADER] = asked.headers[HEADER]
        answer = await self._client.request(method, path, headers=headers, **given)
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            if value and "Max-Age=0" not in line:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        self._client.cookies.clear()
        if found := _CSRF.search(answer.text):
            self.csrf = found.group(1)
        return answer

    async def get(self, path: str) -> httpx.Response:
        """Open an address."""
        return await self._send("GET", path)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form, with the mark of the session if there is one."""
        return await self._send("POST", path, data={"csrf": self.csrf, **fields})

    async def sign_in(self, number: str, password: str, to: str = "/") -> httpx.Response:
        """Sign in, and open the page one is sent to."""
        answer = await self.post("/session/sign-in", number=number, password=password, next=to)
        if answer.status_code == 303:
            await self.get(answer.headers["location"])
        return answer
