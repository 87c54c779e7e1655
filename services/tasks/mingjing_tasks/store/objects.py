"""The bucket in the object store that holds sealed months: what is put there stays."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError

from mingjing_shared.clock import machine_now
from mingjing_shared.settings import secret_in
from mingjing_tasks.errors import CannotReachStore
from mingjing_tasks.settings import ARCHIVE_BUCKET, RETENTION, RETENTION_LEAST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mingjing_tasks.settings import TasksSettings

_CONFIG = AioConfig(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=60,
    retries={"max_attempts": 2},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_MISSING = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchVersion"})


@dataclass(frozen=True)
class Bucket:
    """The open bucket."""

    client: Any

    async def put(self, key: str, body: bytes, kind: str) -> None:
        """Store an object that nobody can delete or replace for the term of sealing.

        What is there already with the same length and a long lock is left as it is: keys carry
        the hash of their content, and whoever seals reads back.
        """
        if await self._is_locked(key, len(body)):
            return
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        await self.client.put_object(
            Bucket=ARCHIVE_BUCKET,
            Key=key,
            Body=body,
            ContentType=kind,
            ChecksumSHA256=digest,
            ObjectLockMode="COMPLIANCE",
            ObjectLockRetainUntilDate=machine_now() + RETENTION,
        )

    async def get(self, key: str) -> bytes | None:
        """An object's content, if it is there."""
        with contextlib.suppress(_Missing):
            answer = await _found(self.client.get_object(Bucket=ARCHIVE_BUCKET, Key=key))
            async with answer["Body"] as body:
                content: bytes = await body.read()
                return content
        return None

    async def keys(self, prefix: str) -> list[str]:
        """The keys that begin so, sorted."""
        pages = self.client.get_paginator("list_objects_v2")
        found: list[str] = []
        async for page in pages.paginate(Bucket=ARCHIVE_BUCKET, Prefix=prefix):
            found += [entry["Key"] for entry in page.get("Contents", ())]
        return sorted(found)

    async def _is_locked(self, key: str, size: int) -> bool:
        try:
            answer = await _found(self.client.head_object(Bucket=ARCHIVE_BUCKET, Key=key))
        except _Missing:
            return False
        until = answer.get("ObjectLockRetainUntilDate")
        return bool(
            answer["ContentLength"] == size
            and answer.get("ObjectLockMode") == "COMPLIANCE"
            and until is not None
            and until >= machine_now() + RETENTION_LEAST
        )


class _Missing(Exception):
    """There is no such object."""


async def _found(asked: Any) -> Any:
    try:
        return await asked
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _MISSING:
            raise _Missing from error
        raise


@contextlib.asynccontextmanager
async def open_bucket(settings: TasksSettings) -> AsyncIterator[Bucket]:
    """Speak to the object store.

    Raises:
        CannotReachStore: it does not answer, refuses us, or nobody said where it is.
        Misconfigured: the file with our secret cannot be read.
    """
    if not settings.objectstore_url:
        raise CannotReachStore(
            "没有指定对象存储的地址。", "设置 MINGJING_OBJECTSTORE_URL 等三项后重试。"
        )
    try:
        async with get_session().create_client(
            "s3",
            region_name="us-east-1",
            endpoint_url=settings.objectstore_url,
            aws_access_key_id=settings.objectstore_user,
            aws_secret_access_key=secret_in(settings.objectstore_password_file),
            config=_CONFIG,
        ) as client:
            yield Bucket(client)
    except (BotoCoreError, ClientError) as error:
        raise CannotReachStore(
            f"对象存储 {settings.objectstore_url} 不可用：{type(error).__name__}。",
            "检查对象存储是否运行、桶与权限是否已由部署任务建立，然后重试。",
        ) from error
