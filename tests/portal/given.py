"""What the inside tells the public."""

import base64
import json
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from trust.test_merkle import naive_root

from mingjing_shared.messaging.commitment import canonical_note, commitment
from mingjing_shared.publicity.content import (
    LogEntry,
    LogHead,
    LogTile,
    Published,
    Withdrawn,
    text_digest,
)
from mingjing_shared.trust.checkpoint import Checkpoint
from mingjing_shared.trust.keys import witness_name
from mingjing_shared.trust.merkle import leaf_hash
from mingjing_shared.trust.note import Note, with_signatures
from mingjing_shared.trust.receipt import entry_of
from mingjing_shared.trust.signing import LogSigner, WitnessSigner
from mingjing_shared.trust.sm2 import signer_of
from mingjing_shared.trust.tiles import ENTRIES
from support.stack import LOG_KEYS, WORKERS

ORIGIN = "test/mingjing/portal"

TEXT = """行政处罚决定书
田公(网)行罚决字〔2026〕00871号
被处罚单位：淮南市示例信息技术有限公司。
以上事实有证人赵某证言等证据证实，当事人有赌博行为。
决定给予警告，并处罚款三万元。"""


def an_item(item_id="I1", **changes):
    given = {
        "item_id": item_id,
        "version": 1,
        "kind": "penalty",
        "title": "未履行网络安全保护义务案行政处罚决定书",
        "document_number": "田公(网)行罚决字〔2026〕00871号",
        "unit_name": "田家庵分局",
        "made_on": date(2026, 11, 18),
        "due_on": date(2026, 11, 27),
        "published_on": date(2026, 11, 23),
        "outcome": ("警告", "罚款 30000 元"),
        "parties": ("淮南市示例信息技术有限公司",),
        "text": TEXT,
        "masked": ((3, 7, 9),),
        "meaning": "该单位违反了规定，受到警告、罚款 30000 元的行政处罚。",
        "remedy": "不服的，可以自收到决定书之日起 60 日内申请行政复议。",
    }
    given |= changes
    return Published(**{"text_sha256": text_digest(given["text"]), **given})


def a_withdrawal(item_id="I1", **changes):
    given = {
        "item_id": item_id,
        "version": 1,
        "withdrawn_on": date(2026, 11, 25),
        "reason": "原决定已被依法撤销，现撤回公开。",
        "basis": "行政处罚法（2021年修订）§48",
        "generic": False,
    }
    return Withdrawn(**{**given, **changes})


def an_entry(index, item_id="I1", version=1, what="published", **data):
    """What the public log says of an item, and its entry as four lines."""
    said = canonical_note(
        {
            "specversion": "1.0",
            "id": f"00000000-0000-7000-8000-{index:012}",
            "source": "/mingjing/portal",
            "type": f"cn.mingjing.public.{what}",
            "subject": item_id,
            "time": "2026-11-23T09:30:00+08:00",
            "data": {"item_id": item_id, "version": version, **data},
        }
    )
    salt = b"\xab" * 31 + bytes([index])
    told = json.loads(said)
    lines = entry_of(told["id"], told["type"], told["time"], commitment(salt, said))
    part = LogEntry(
        index=index, item_id=item_id, version=version, salt=salt.hex(), said=said.decode()
    )
    return part, lines


def a_log(entries, *, from_index=0, witnesses=4, key=None, sm2=None):
    """The parts of the public log with these entries, as far as they are new.

    Signed by SM2 too when ``sm2`` is the text which that line signs: the head's, unless it is a
    forgery.
    """
    leaves = [leaf_hash(lines) for _, lines in entries]
    head = Checkpoint(ORIGIN, len(leaves), naive_root(leaves))
    signer = LogSigner(ORIGIN, key or Ed25519PrivateKey.from_private_bytes(LOG_KEYS["portal"].log))
    note = Note(head.text, (signer.sign(head.text),))
    if sm2 is not None:
        also = signer_of(ORIGIN, LOG_KEYS["portal"].sm2)
        note = with_signatures(note, [also.sign(sm2.format(head.text))])
    for name in list(WORKERS)[:witnesses]:
        keys = LOG_KEYS[name]
        witness = WitnessSigner(
            witness_name("test", name),
            Ed25519PrivateKey.from_private_bytes(keys.witness),
            MLDSA44PrivateKey.from_seed_bytes(keys.witness_ml_dsa),
        )
        note = with_signatures(note, witness.cosign(head.text, 1_795_000_000))
    bodies = [
        (ENTRIES, b"".join(len(lines).to_bytes(2) + lines for _, lines in entries)),
        (0, b"".join(leaves)),
    ]
    tiles = [
        LogTile(level=level, number=0, width=len(leaves), body=base64.b64encode(body).decode())
        for level, body in bodies
    ]
    return [*tiles, *(part for part, _ in entries[from_index:]), LogHead(note=note.raw.decode())]
