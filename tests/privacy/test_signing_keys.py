"""Key files: what holds no key stops the start and is named; both halves of a key fit."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mingjing_shared.errors import Misconfigured
from mingjing_shared.settings import RESTORE_KEY, key_bytes
from mingjing_shared.signing_keys import public_half, signing_key_in, verifying_key_in


@pytest.mark.parametrize("load", [key_bytes, signing_key_in, verifying_key_in])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no key", "不是 base64"),
        ("c2hvcnQ=", "实为 5 字节"),
        (base64.b64encode(bytes(33)).decode(), "实为 33 字节"),
        ("", "是空的"),
        (None, "读不到密钥文件"),
    ],
)
def test_a_file_that_holds_no_key_stops_the_start_and_is_named(tmp_path, load, content, said):
    file = tmp_path / "key"
    if content is not None:
        file.write_text(content)
    with pytest.raises(Misconfigured, match=said) as refused:
        load(file)
    assert str(file) in refused.value.message
    assert refused.value.way_out


def test_the_way_out_is_that_of_the_key(tmp_path):
    file = tmp_path / "key"
    file.write_text("c2hvcnQ=")
    for way_out in (RESTORE_KEY, "有数据时不得重新生成。"):
        with pytest.raises(Misconfigured) as refused:
            signing_key_in(file, way_out)
        assert refused.value.way_out == way_out


def test_what_one_half_signs_the_other_half_checks(tmp_path):
    key = Ed25519PrivateKey.generate()
    private, public = tmp_path / "private", tmp_path / "public"
    private.write_text(base64.b64encode(key.private_bytes_raw()).decode() + "\n")
    public.write_text(public_half(key) + "\n")
    verifying_key_in(public).verify(signing_key_in(private).sign(b"x"), b"x")
