"""Real ready checks: each asks the process for what it is there for. None means it answers."""

import asyncio
import http
import json
from collections.abc import Awaitable, Callable
from typing import Any

from mingjing_deploy.local.kafka import kafka_problem
from mingjing_deploy.local.objectstore import objectstore_problem
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_deploy.local.postgres import postgres_problem_now

Check = Callable[[], Awaitable[str | None]]
ANSWER_SECONDS_MAX = 4.0
BODY_BYTES_MAX = 1_000_000


async def http_answer(port: int, path: str) -> tuple[int, bytes]:
    """Ask a process on this machine by plain HTTP; give status and body.

    Raises:
        OSError: it does not answer, or not in time.
        ValueError: what it answers is not HTTP.
    """
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        try:
            request = f"GET {path} HTTP/1.0\r\nHost: {LOOPBACK}:{port}\r\n\r\n"
            writer.write(request.encode())
            await writer.drain()
            answer = await reader.read(BODY_BYTES_MAX)
            while more := await reader.read(BODY_BYTES_MAX):
                answer += more
        finally:
            writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    version, status, *_ = head.split(b" ", 2)
    if not version.startswith(b"HTTP/"):
        raise ValueError(f"not HTTP: {version[:20]!r}")
    return int(status), body


async def readiness(port: int) -> dict[str, Any]:
    """Give what a process says at /readyz: {"ready", "reason", …}; never raises."""
    try:
        status, body = await http_answer(port, "/readyz")
    except TimeoutError:
        return {"ready": False, "reason": "does not answer in time"}
    except (OSError, ValueError) as problem:
        return {"ready": False, "reason": str(problem) or type(problem).__name__}
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    said = dict(said) if isinstance(said, dict) else {}
    said["ready"] = status == http.HTTPStatus.OK
    if not said["ready"]:
        said["reason"] = said.get("reason") or f"/readyz answers {status}"
    return said


def web_check(port: int, path: str) -> Check:
    """Ready when a page answers 200."""

    async def check() -> str | None:
        try:
            status, _ = await http_answer(port, path)
        except TimeoutError:
            return "does not answer in time"
        except (OSError, ValueError) as problem:
            return str(problem) or type(problem).__name__
        return None if status == http.HTTPStatus.OK else f"{path} answers {status}"

    return check


def readyz_check(port: int) -> Check:
    """Ready when /readyz answers 200; else the reason it gives."""

    async def check() -> str | None:
        said = await readiness(port)
        return None if said["ready"] else str(said["reason"])

    return check


def kafka_check(bootstrap: str, user: str, password: str) -> Check:
    """Ready when the broker answers an authenticated request."""

    async def check() -> str | None:
        return await asyncio.to_thread(kafka_problem, bootstrap, user, password)

    return check


def postgres_check(host: str, port: int, password: str) -> Check:
    """Ready when the database answers a query."""

    async def check() -> str | None:
        return await postgres_problem_now(host, port, password)

    return check


def objectstore_check(port: int) -> Check:
    """Ready when the store refuses a stranger at its S3 door."""

    async def check() -> str | None:
        return await asyncio.to_thread(objectstore_problem, port)

    return check
