"""Signed notes: the specification's own example, and everything that is nearly one."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from mingjing_shared.trust.checkpoint import Checkpoint, checkpoint_of
from mingjing_shared.trust.note import (
    BadNote,
    Note,
    Signature,
    note_of,
    signed_by,
    strict_base64,
    strict_decimal,
    with_signatures,
)
from mingjing_shared.trust.signing import (
    LogSigner,
    WitnessSigner,
    cosigned,
    subtree_message,
    verifier_of,
)

# Key and note of Go's golang.org/x/mod/sumdb/note, from which C2SP signed-note is written down.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAYING = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
).encode()

LOG = LogSigner("here/log", Ed25519PrivateKey.from_private_bytes(b"l" * 32))
WITNESS = WitnessSigner(
    "here/witness",
    Ed25519PrivateKey.from_private_bytes(b"w" * 32),
    MLDSA44PrivateKey.from_seed_bytes(b"m" * 32),
)
HEAD = Checkpoint("here/log", 7, bytes(range(32)))


def a_note():
    return Note(HEAD.text, (LOG.sign(HEAD.text), *WITNESS.cosign(HEAD.text, 1_700_000_000)))


def test_the_published_note_is_believed():
    key = verifier_of(PETER)
    note = note_of(SAYING)
    assert signed_by(note, [key]) == [key]
    assert note.raw == SAYING
    assert key.vkey == PETER


def test_a_published_note_that_was_changed_is_not():
    with pytest.raises(BadNote, match="PeterNeumann"):
        signed_by(note_of(SAYING.replace(b"your problem,", b"our problem,,")), [verifier_of(PETER)])


def test_log_and_witness_sign_as_three_keys():
    note = note_of(a_note().raw)
    keys = [LOG.verifier, *WITNESS.verifiers]
    assert signed_by(note, keys) == keys
    assert [verifier_of(key.vkey) for key in keys] == keys
    assert checkpoint_of(note.text) == HEAD


def test_what_a_witness_signs_is_written_as_the_specification_has_it():
    assert cosigned("a\n1\nb\n", 5) == b"cosignature/v1\ntime 5\na\n1\nb\n"
    message = subtree_message("w", HEAD.text, 5)
    assert message == (
        b"subtree/v1\n\x00\x01w" + (5).to_bytes(8) + b"\x08here/log" + bytes(8)
        + (7).to_bytes(8) + bytes(range(32))
    )  # fmt: skip


def test_keys_that_are_not_known_are_passed_over_and_known_ones_must_sign():
    note = a_note()
    assert signed_by(note, []) == []
    stranger = LogSigner("here/log", Ed25519PrivateKey.from_private_bytes(b"s" * 32))
    assert signed_by(note, [stranger.verifier]) == []
    forged = Signature("here/log", LOG.verifier.key_id, bytes(64))
    with pytest.raises(BadNote):
        signed_by(Note(note.text, (forged,)), [LOG.verifier])


@pytest.mark.parametrize("at", [0, 2])
def test_a_cosignature_of_another_time_or_text_does_not_hold(at):
    for line, key in zip(WITNESS.cosign(HEAD.text, 9), WITNESS.verifiers, strict=True):
        assert key.verifies(HEAD.text, line.signature)
        assert not key.verifies(HEAD.text, at.to_bytes(8) + line.signature[8:])
        assert not key.verifies(HEAD.text.replace("7", "8"), line.signature)
        for cut in (0, 8, -1):
            assert not key.verifies(HEAD.text, line.signature[:cut])
        assert not key.verifies(HEAD.text, (1 << 63).to_bytes(8) + line.signature[8:])


def test_the_newer_line_of_a_key_stays():
    old, new = WITNESS.cosign(HEAD.text, 1), WITNESS.cosign(HEAD.text, 2)
    note = with_signatures(Note(HEAD.text, (LOG.sign(HEAD.text), *old)), new)
    assert note.signatures == (LOG.sign(HEAD.text), *new)


GOOD = a_note().raw


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        GOOD[:-1],
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"\n\n", b"\n"),
        GOOD + b"\n",
        GOOD + b"more\n",
        GOOD.replace("— ".encode(), b"- ", 1),
        GOOD.replace(b"here/log ", b"here/log  "),
        GOOD.replace("— here/log".encode(), "— here+log".encode()),
        GOOD.replace(b"\n7\n", b"\n7\t\n"),
        GOOD.replace(b"here/log\n7", b"here/log\xff\n7"),
        HEAD.text.encode() + "\n— here/log AAAA\n".encode(),
        HEAD.text.encode() + "\n— here/log AAAAAAB=\n".encode(),
        HEAD.text.encode() + "\n— here/log AAAAAAAA AAAA\n".encode(),
        HEAD.text.encode() + b"\n" + "— a AAAAAAAA\n".encode() * 65,
    ],
)
def test_what_is_nearly_a_note_is_none(raw):
    with pytest.raises(BadNote):
        note_of(raw)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "here/log\n7\n",
        HEAD.text + "more\n",
        HEAD.text.replace("\n7\n", "\n07\n"),
        HEAD.text.replace("\n7\n", "\n+7\n"),
        HEAD.text.replace("\n7\n", "\n-7\n"),
        HEAD.text.replace("\n7\n", "\n7 \n"),
        HEAD.text.replace("\n7\n", "\n٧\n"),
        HEAD.text.replace("\n7\n", "\n" + "9" * 20 + "\n"),
        HEAD.text.replace("here/log", "here log"),
        HEAD.text.replace("here/log", ""),
        HEAD.text.replace("=", ""),
        "here/log\n7\nAAAA\n",
        HEAD.text[:-1],
    ],
)
def test_what_is_nearly_a_checkpoint_is_none(text):
    with pytest.raises(BadNote):
        checkpoint_of(text)


@pytest.mark.parametrize("text", ["AAA", "AAAB====", "AB==", "A B=", "AAA-", "", " AAAA"])
def test_base64_is_written_in_one_way(text):
    if text:
        with pytest.raises(BadNote):
            strict_base64(text)
    assert strict_base64(base64.b64encode(b"x").decode()) == b"x"


@pytest.mark.parametrize("text", ["", "00", "01", "+1", "1_0", " 1", "1\n", "１"])
def test_a_number_is_written_in_one_way(text):
    with pytest.raises(BadNote):
        strict_decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("ARpc", "BRpc"),
        PETER + "=",
        PETER.replace("PeterNeumann", "Peter Neumann"),
        "a+b",
    ],
)
def test_what_is_nearly_a_key_is_none(text):
    with pytest.raises(BadNote):
        verifier_of(text)
