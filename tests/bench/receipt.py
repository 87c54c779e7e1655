"""A receipt out of a log of a million entries: how long it takes, how large it is.

    python tests/bench/receipt.py [--entries 1000000] [--receipts 300]

The log lies in tiles in PostgreSQL, its head is co-signed by four witnesses with two keys each.
Beside *made* (three queries, the proof out of the tiles) stands one look at a row by its key on
the same connection. *size* is what the proof itself takes, and the whole with signatures and event.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from bench.log import DATA, attributes
from bench.machine import machine_facts
from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.commitment import canonical_event, commitment
from mingjing_shared.trust.checkpoint import Checkpoint
from mingjing_shared.trust.merkle import leaf_hash, root_of_complete
from mingjing_shared.trust.note import Note
from mingjing_shared.trust.proving import Logged, receipt_for
from mingjing_shared.trust.receipt import entry_of, proved_by, receipt_of
from mingjing_shared.trust.signing import LogSigner, WitnessSigner
from mingjing_shared.trust.store import INNER, keep_checkpoint, root_at
from mingjing_shared.trust.submission import hash_lines
from mingjing_shared.trust.tables import LOG_TILES
from mingjing_shared.trust.tiles import WIDTH
from support.stack import Stack

SALT = b"s" * 32
ROW = "SELECT size FROM log_checkpoints WHERE log = 'inner' AND size = :size"
WITNESSES = 4


def leaves(count: int, chosen: set[int]) -> tuple[list[bytes], dict[int, bytes]]:
    """So many leaves; at the chosen places real events, which are given too."""
    hashes, events = [], {}
    for number in range(count):
        if number not in chosen:
            hashes.append(hashlib.sha256(number.to_bytes(8)).digest())
            continue
        told = attributes(number)
        events[number] = canonical_event(told, DATA)
        digest = commitment(SALT, events[number])
        hashes.append(leaf_hash(entry_of(told["id"], told["type"], told["time"], digest)))
    return hashes, events


def tiles(hashes: list[bytes]) -> list[dict[str, object]]:
    """All tiles of a tree with these leaves, as rows."""
    rows, level = [], 0
    while hashes:
        groups = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
        for number, group in enumerate(groups):
            row = {"log": INNER, "level": level, "number": number, "width": len(group)}
            rows.append({**row, "bytes": b"".join(group)})
        hashes, level = [root_of_complete(one) for one in groups if len(one) == WIDTH], level + 1
    return rows


async def signed(database, size: int) -> tuple[list, list]:
    """Sign and co-sign the head; the keys that check it."""
    log = LogSigner("bench/mingjing/gateway", Ed25519PrivateKey.generate())
    others = [
        WitnessSigner(
            f"bench/mingjing/w{number}/witness",
            Ed25519PrivateKey.generate(),
            MLDSA44PrivateKey.generate(),
        )
        for number in range(WITNESSES)
    ]
    head = Checkpoint(log.name, size, await root_at(database, INNER, size))
    now = int(machine_now().timestamp())
    lines = [line for one in others for line in one.cosign(head.text, now)]
    note = Note(head.text, (log.sign(head.text), *lines))
    row = {"log": INNER, "size": size, "root": head.root, "note": note.raw, "witnesses": WITNESSES}
    async with database.transaction() as tx:
        await keep_checkpoint(tx, {**row, "signed_at": machine_now(), "covered_at": machine_now()})
    return [log.verifier], [key for one in others for key in one.verifiers]


def said(name: str, seconds: list[float]) -> str:
    """Median and the slowest of a hundred."""
    worst = statistics.quantiles(seconds, n=100)[98]
    return f"{name}: median {statistics.median(seconds) * 1e3:.2f} ms, p99 {worst * 1e3:.2f} ms\n"


async def main(entries: int, receipts: int) -> None:
    """Print how long receipts take to be made and verified, and their size."""
    chosen = random.Random(7).sample(range(entries), receipts)
    with tempfile.TemporaryDirectory() as home:
        stack = Stack(Path(home))
        world = await stack.world()
        database = await world.database("gateway")
        hashes, events = leaves(entries, set(chosen))
        async with database.transaction() as tx:
            await tx.insert(LOG_TILES, tiles(hashes))
        logs, witnesses = await signed(database, entries)
        made, verified, looked, sizes = [], [], [], []
        async with database.transaction() as tx:
            for index in chosen:
                began = perf_counter()
                await tx.all(ROW, size=entries)
                looked.append(perf_counter() - began)
                began = perf_counter()
                receipt = await receipt_for(tx, Logged(index, SALT, events[index]))
                made.append(perf_counter() - began)
                began = perf_counter()
                assert proved_by(receipt_of(receipt.raw), logs, witnesses).index == index
                verified.append(perf_counter() - began)
                sizes.append((len(hash_lines(receipt.proof)), len(receipt.raw)))
        await world.close()
        stack.stop()
    proof, whole = (max(one) for one in zip(*sizes, strict=True))
    sys.stdout.write(
        f"{machine_facts()}\n{entries} entries, {receipts} receipts\n"
        + said("made", made)
        + said("one look at a row", looked)
        + f"ratio {statistics.median(made) / statistics.median(looked):.1f}\n"
        + said("verified, offline, nine signatures", verified)
        + f"size: proof {proof} bytes at most, with head, nine signatures and event {whole}\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--receipts", type=int, default=300)
    asked = parser.parse_args()
    asyncio.run(main(asked.entries, asked.receipts))
