"""The object store: one way to reach it, to read from it, and to say that it is away.

Whoever uses it asks for ``aiobotocore`` in its own project file: the other services do without.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError
from prometheus_client import Counter, Histogram

from mingjing_shared.errors import Unavailable
from mingjing_shared.settings import Settings, secret_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

OP_SECONDS = Histogram(
    "mj_object_op_seconds",
    "Until an object was put, or given back whole",
    ["op", "outcome"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
)
OP_BYTES = Counter("mj_object_bytes", "Bytes put and given back", ["op"])
for _op in ("put", "get"):
    OP_BYTES.labels(_op)
    for _outcome in ("done", "missing", "failed"):
        OP_SECONDS.labels(_op, _outcome)

FAULTS = (BotoCoreError, ClientError)
_GONE = frozenset({404, 416})
_CONFIG = AioConfig(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=60,
    retries={"max_attempts": 2},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class ObjectStoreSettings(Settings):
    """Where the object store is, and who we are there.

    Attributes:
        objectstore_url: its address; empty: there is none, and whatever needs it is refused.
        objectstore_user: this service's identity there, with rights on its one bucket.
        objectstore_password_file: the file that holds its secret.
    """

    objectstore_url: str = ""
    objectstore_user: str = ""
    objectstore_password_file: Path = Path()


class CannotReachStore(Unavailable):
    """The object store does not answer, refuses us, or is not named."""

    code = "cannot-reach-store"


class Missing(Exception):
    """There is no such object, or not so much of it."""


def new_client(settings: ObjectStoreSettings) -> Any:
    """A client to enter and to leave.

    Raises:
        CannotReachStore: nobody said where the store is.
        Misconfigured: the file with our secret cannot be read.
    """
    if not settings.objectstore_url:
        raise CannotReachStore(
            "没有指定对象存储的地址，文件不能保存和读出。",
            "请信息通信部门设置 MINGJING_OBJECTSTORE_URL 等三项后重试。",
        )
    return get_session().create_client(
        "s3",
        region_name="us-east-1",
        endpoint_url=settings.objectstore_url,
        aws_access_key_id=settings.objectstore_user,
        aws_secret_access_key=secret_in(settings.objectstore_password_file),
        config=_CONFIG,
    )


@contextlib.contextmanager
def said_when_away() -> Iterator[None]:
    """What the store does not do for us within the block is said in words.

    Raises:
        CannotReachStore: it does not answer or refuses us.
    """
    try:
        yield
    except FAULTS as error:
        raise CannotReachStore(
            f"对象存储不可用（{type(error).__name__}），文件没有保存或读出。",
            "请稍后重试；仍不行，请信息通信部门检查对象存储是否运行、"
            "桶与权限是否已由部署任务建立。",
        ) from error


@contextlib.contextmanager
def measured(op: Literal["put", "get"]) -> Iterator[None]:
    """What is done in the block is one operation: how long it took, and how it ended.

    A reader who goes away before the end has not seen it fail.
    """
    began, outcome = perf_counter(), "failed"
    try:
        yield
        outcome = "done"
    except Missing:
        outcome = "missing"
        raise
    except GeneratorExit:
        outcome = "done"
        raise
    finally:
        OP_SECONDS.labels(op, outcome).observe(perf_counter() - began)


async def found(asked: Awaitable[Any]) -> Any:
    """What the store answers about one object.

    Raises:
        Missing: there is no such object, or not so much of it.
    """
    try:
        return await asked
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        code = error.response.get("Error", {}).get("Code")
        if status in _GONE and code != "NoSuchBucket":
            raise Missing from error
        raise


def digest_of(body: bytes) -> str:
    """The SHA-256 of what is put, as the store wants it to check what arrived."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
