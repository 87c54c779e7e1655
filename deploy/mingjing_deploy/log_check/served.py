"""What a service serves of its log over HTTP, as the auditor gets it."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from mingjing_deploy.log_check.findings import CannotCheck
from mingjing_deploy.log_check.tree import path_of

WAIT_SECONDS = 10.0
NOT_THERE = b""
AWAY = frozenset({502, 503, 504})


@dataclass(frozen=True)
class Door:
    """Where logs are served, and the key by which the auditor may read them."""

    url: str
    auditor_key: str


class Served:
    """One log as it is served; to be closed."""

    def __init__(self, door: Door, service: str) -> None:
        self.prefix = f"{door.url.rstrip('/')}/{service}/log"
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {door.auditor_key}"},
            timeout=WAIT_SECONDS,
            trust_env=False,
        )

    async def checkpoint(self) -> bytes | None:
        """The newest head; empty when there is none, nothing when the service does not answer.

        Raises:
            CannotCheck: it answers something else, such as that the auditor may not read.
        """
        try:
            answer = await self._client.get(f"{self.prefix}/checkpoint")
        except httpx.TransportError:
            return None
        if answer.status_code in AWAY:
            return None
        if answer.status_code == httpx.codes.NOT_FOUND:
            return NOT_THERE
        if answer.status_code != httpx.codes.OK:
            raise CannotCheck(f"{self.prefix}/checkpoint answers {answer.status_code}.")
        return answer.content

    async def tile(self, level: int, number: int, width: int) -> bytes | None:
        """A tile or bundle; of one that has been filled since, its first part alone is compared.

        Nothing when it is not served.

        Raises:
            CannotCheck: the service went away.
        """
        for path in dict.fromkeys((path_of(level, number, width), path_of(level, number))):
            try:
                answer = await self._client.get(f"{self.prefix}/{path}")
            except httpx.TransportError as problem:
                raise CannotCheck(f"{self.prefix} went away: {problem}.") from problem
            if answer.status_code in AWAY:
                raise CannotCheck(f"{self.prefix}/{path} answers {answer.status_code}.")
            if answer.status_code == httpx.codes.OK:
                return answer.content
        return None

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()
