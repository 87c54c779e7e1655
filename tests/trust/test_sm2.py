"""SM2 with SM3: the standards' own examples, whatever is nearly one, and another's programs."""

import base64
import hashlib

import gmssl_pyx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from trust.test_note import HEAD, LOG, WITNESS

from mingjing_shared.errors import Misconfigured
from mingjing_shared.trust.keys import keys_of, sm2_signer
from mingjing_shared.trust.note import BadNote, Note, Signature, note_of, signed_by, vkey
from mingjing_shared.trust.signing import LogSigner, verifier_of
from mingjing_shared.trust.sm2 import SM2, Sm2Key, new_pair, signer_of
from support import sm2_by_the_book as book
from support.openssl import checked_by_openssl

# GB/T 32905-2016, annex A.
SM3_EXAMPLES = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}
# GB/T 32918.5-2017, annex A.2: the recommended curve, the id 1234567812345678.
MESSAGE = "message digest"
SECRET = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
PUBLIC = (
    0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
    0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
)
Z = 0xB2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3
E = 0xF0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640
K = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA


def on_paper(*numbers):
    return b"".join(number.to_bytes(32) for number in numbers)


KEY = Sm2Key("here/log", b"\x04" + on_paper(*PUBLIC))
SIGNER = signer_of("here/log", on_paper(SECRET, *PUBLIC))


@pytest.mark.parametrize(("message", "wanted"), SM3_EXAMPLES.items())
def test_sm3_gives_the_hashes_of_the_standard(message, wanted):
    assert gmssl_pyx.sm3_hash(message).hex() == wanted
    assert book.sm3(message).hex() == wanted


def test_the_example_of_the_standard_comes_out_step_by_step():
    assert book.times(SECRET, book.G) == PUBLIC
    assert int.from_bytes(book.z_of(PUBLIC)) == Z
    assert book.digest(MESSAGE.encode(), PUBLIC) == E
    assert book.signed(MESSAGE.encode(), SECRET, K) == (R, S)


def test_the_signature_of_the_standard_is_believed():
    assert KEY.verifies(MESSAGE, on_paper(R, S))
    assert book.verifies(MESSAGE.encode(), PUBLIC, R, S)


NEARLY = {
    "swapped": (S, R),
    "r of another digit": (R ^ 1, S),
    "s of another digit": (R, S ^ 1 << 255),
    "r zero": (0, S),
    "s zero": (R, 0),
    "r the order": (book.N, S),
    "s the order": (R, book.N),
    "r beyond the order": (book.N + 1, S),
    "all ones": (2**256 - 1, 2**256 - 1),
    "together the order": (R, book.N - R),
    "both zero": (0, 0),
    "s negative": (R, book.N - S),
}


@pytest.mark.parametrize(("r", "s"), NEARLY.values(), ids=NEARLY)
def test_what_is_nearly_the_signature_is_none(r, s):
    assert not KEY.verifies(MESSAGE, on_paper(r, s))
    assert not book.verifies(MESSAGE.encode(), PUBLIC, r, s)


def test_neither_another_text_nor_another_key_nor_another_id_is_signed():
    assert not KEY.verifies("message digesT", on_paper(R, S))
    other = signer_of("here/log", new_pair()).verifier
    assert not other.verifies(MESSAGE, on_paper(R, S))
    for signer_id in (b"ALICE123@YAHOO.COM", b"1234567812345679", b""):
        r, s = book.signed(MESSAGE.encode(), SECRET, K, signer_id)
        assert book.verifies(MESSAGE.encode(), PUBLIC, r, s, signer_id)
        assert not KEY.verifies(MESSAGE, on_paper(r, s))


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        on_paper(R, S)[:-1],
        on_paper(R, S) + b"\0",
        b"\x04" + on_paper(R, S),
        encode_dss_signature(R, S),
        on_paper(R),
    ],
)
def test_a_signature_is_written_in_one_way(signature):
    assert not KEY.verifies(MESSAGE, signature)


def test_what_is_signed_here_is_verified_by_the_book_and_each_time_another():
    lines = {SIGNER.sign(HEAD.text) for _ in range(8)}
    assert len({line.signature[:32] for line in lines}) == 8  # never one k twice
    for line in lines:
        assert len(line.signature) == 64
        r, s = (int.from_bytes(half) for half in (line.signature[:32], line.signature[32:]))
        assert book.verifies(HEAD.text.encode(), PUBLIC, r, s)
        assert KEY.verifies(HEAD.text, line.signature)


@pytest.mark.parametrize(
    ("text", "is_right"), [(HEAD.text, True), (HEAD.text.replace("7", "8"), False)]
)
def test_openssl_verifies_what_is_signed_here_by_the_commands_of_the_documents(
    tmp_path, text, is_right
):
    lines = (LOG.sign(text), *WITNESS.cosign(text, 1), SIGNER.sign(HEAD.text))
    done = checked_by_openssl(tmp_path, Note(text, lines).raw, KEY.vkey)
    assert ("Signature Verified Successfully" in done.stdout) is is_right, done.stderr
    assert (done.returncode == 0) is is_right


def test_a_head_is_signed_by_both_keys_of_its_log_and_co_signed():
    lines = (LOG.sign(HEAD.text), SIGNER.sign(HEAD.text), *WITNESS.cosign(HEAD.text, 1))
    note = note_of(Note(HEAD.text, lines).raw)
    every = [LOG.verifier, KEY, *WITNESS.verifiers]
    assert signed_by(note, every) == every
    assert verifier_of(KEY.vkey) == KEY
    known = keys_of(key.vkey for key in every)
    assert (known.log("here/log"), known.sm2("here/log")) == (LOG.verifier, KEY)
    assert signed_by(note, [LOG.verifier, *WITNESS.verifiers]) == [every[0], *every[2:]]


def test_the_line_of_a_known_sm2_key_that_does_not_hold_spoils_the_note():
    forged = Signature("here/log", KEY.key_id, on_paper(R, S))
    note = Note(HEAD.text, (LOG.sign(HEAD.text), forged))
    assert signed_by(note, [LOG.verifier]) == [LOG.verifier]
    with pytest.raises(BadNote, match="here/log 的签名不成立"):
        signed_by(note, [LOG.verifier, KEY])


def test_the_id_of_a_key_is_made_of_name_type_and_key():
    whole = b"here/log\n\xffmingjing/sm2-with-sm3/v1\x04" + on_paper(*PUBLIC)
    assert KEY.key_id == hashlib.sha256(whole).digest()[:4]
    ed25519 = LogSigner("here/log", Ed25519PrivateKey.from_private_bytes(on_paper(SECRET)))
    assert ed25519.verifier.key_id != KEY.key_id


@pytest.mark.parametrize(
    "whole",
    [
        SM2 + on_paper(*PUBLIC),
        SM2 + b"\x02" + on_paper(PUBLIC[0]),
        SM2 + b"\x06" + on_paper(*PUBLIC),
        SM2 + b"\x04" + on_paper(PUBLIC[0], PUBLIC[1] ^ 1),
        SM2 + b"\x04" + on_paper(book.P, pow(book.B, (book.P + 1) // 4, book.P)),  # x is 0 too
        SM2 + b"\x04" + bytes(64),
        SM2 + KEY.public + b"\0",
        SM2,
        SM2[:-1] + b"2" + KEY.public,
        b"\xff" + KEY.public,
    ],
)
def test_what_is_nearly_a_key_is_none(whole):
    with pytest.raises(BadNote):
        verifier_of(vkey("here/log", whole[:1], whole[1:]))


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (None, "读不到密钥文件"),
        (b"", "是空的"),
        (bytes(32), "应为 96 字节的 base64，实为 32 字节"),
        (on_paper(SECRET + 1, *PUBLIC), "SM2 私钥与公钥不符"),
        (on_paper(SECRET, PUBLIC[0], PUBLIC[1] ^ 1), "SM2 私钥与公钥不符"),
        (on_paper(0, *PUBLIC), "SM2 私钥与公钥不符"),
        (on_paper(book.N, *PUBLIC), "SM2 私钥与公钥不符"),
    ],
)
def test_a_key_file_that_is_not_whole_is_refused_and_never_made_anew(tmp_path, pair, says):
    file = tmp_path / "log-sm2-key"
    if pair is not None:
        file.write_text(base64.b64encode(pair).decode())
    with pytest.raises(Misconfigured, match=says) as refused:
        sm2_signer(file, "here/log")
    if pair:
        assert "从备份恢复该文件" in refused.value.way_out
    assert file.exists() is (pair is not None)


def test_a_new_key_signs(tmp_path):
    file = tmp_path / "log-sm2-key"
    file.write_text(base64.b64encode(new_pair()).decode())
    signer = sm2_signer(file, "here/log")
    assert signer.verifier.verifies(HEAD.text, signer.sign(HEAD.text).signature)
