"""What a citizen writes: sealed to the inside's key and put where the inside fetches it.

Nothing of it is kept here that we could read: whoever takes this machine learns nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from nacl.public import PublicKey, SealedBox

from mingjing_portal.errors import TooOften
from mingjing_portal.rules.rate import Bucket
from mingjing_shared.errors import Unavailable
from mingjing_shared.settings import key_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from mingjing_portal.settings import PathSettings

KINDS = {"correction": "内容有错误", "privacy": "泄露了隐私", "opinion": "其他意见"}
TEXT_CHARS_MAX = 2000
CONTACT_CHARS_MAX = 100
PER_MINUTE_MAX = 30
SPOOLED_MAX = 10_000
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBER_CHARS = 12


@dataclass(slots=True)
class Spool:
    """Where sealed feedback is put."""

    folder: Path
    box: SealedBox[PublicKey]
    bucket: Bucket

    async def put(self, *, kind: str, item_id: str | None, text: str, contact: str) -> str:
        """Seal and store what was written; the number under which it can be asked after.

        Raises:
            TooOften: more was written here than is taken in a minute.
            Unavailable: the inside has not fetched for long; nothing was stored.
        """
        if wait := self.bucket.take(monotonic()):
            seconds = max(1, round(wait + 0.5))
            raise TooOften(
                f"现在提交的人太多，每分钟最多受理 {self.bucket.per_minute_max} 条。",
                f"请 {seconds} 秒后再提交，所填内容保留在页上。",
                retry_after_seconds=seconds,
            )
        number = "".join(secrets.choice(_ALPHABET) for _ in range(_NUMBER_CHARS))
        written = {
            "feedback_id": number,
            "kind": kind,
            "item_id": item_id,
            "text": text,
            "contact": contact,
        }
        sealed = self.box.encrypt(json.dumps(written, ensure_ascii=False).encode())
        await asyncio.to_thread(_store, self.folder, number, bytes(sealed))
        return number


def spool_of(settings: PathSettings) -> Spool | None:
    """The spool, where it is set up.

    Raises:
        Misconfigured: the key file is missing or malformed.
    """
    if settings.feedback_spool is None or settings.spool_public_file is None:
        return None
    box = SealedBox(PublicKey(key_bytes(settings.spool_public_file)))
    return Spool(settings.feedback_spool, box, Bucket(PER_MINUTE_MAX))


def _store(folder: Path, number: str, sealed: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in folder.iterdir()) >= SPOOLED_MAX:
        raise Unavailable("暂时不能在线提交。", "请稍后再试，或向公安机关办事窗口反映。")
    draft = folder / f".{number}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(sealed)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / f"{number}.sealed")
