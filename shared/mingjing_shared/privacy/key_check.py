"""Tells a wrong key from the right one at start, before anything is written with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.errors import Misconfigured
from mingjing_shared.messaging.tables import KEY_CHECKS
from mingjing_shared.privacy.fields import CannotOpen
from mingjing_shared.privacy.sealed import Sealed

if TYPE_CHECKING:
    from mingjing_shared.database import Transaction

PROOF = Sealed(KEY_CHECKS.c.proof, "key_checks.proof/{name}")
_RING = "key_ring"
_WORD = b"mingjing key ring"


async def check_keys(tx: Transaction) -> None:
    """Compare the keys handed over with those the data were written with; keep the proof once.

    Raises:
        Misconfigured: a key differs from the one that this database knows.
    """
    held = {
        row.name: bytes(row.proof) for row in await tx.all("SELECT name, proof FROM key_checks")
    }
    reference = tx.installation.references.case("key check").encode()
    if "installation" not in held:
        await _keep(tx, "installation", reference)
    elif held["installation"] != reference:
        raise Misconfigured(
            "安装密钥与本库数据所用的不同，已拒绝启动。",
            "恢复原来的 installation-key 文件后再启动。",
        )
    place = PROOF.place(name=_RING)
    if _RING not in held:
        await _keep(tx, _RING, tx.installation.keys.seal(_WORD, place))
        return
    try:
        tx.installation.keys.open(held[_RING], place)
    except CannotOpen as error:
        raise Misconfigured(
            f"密钥环打不开本库的数据（{error}），已拒绝启动。",
            f"恢复 {tx.installation.service} 原来的密钥环文件后再启动。",
        ) from error


async def _keep(tx: Transaction, name: str, proof: bytes) -> None:
    await tx.execute(
        "INSERT INTO key_checks (name, proof) VALUES (:name, :proof) ON CONFLICT DO NOTHING",
        name=name,
        proof=proof,
    )
