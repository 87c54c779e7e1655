"""`mingjing verify package`: what was archived is proved by its receipt, what differs is not."""

import contextlib
import hashlib
import json
import zipfile

import pytest
from click.testing import CliRunner
from portal.given import an_entry
from trust.test_draw_proof import receipt

from mingjing_deploy.package_check import MANIFEST, SUMS, BadPackage, package_of
from mingjing_deploy.verify import verify
from mingjing_shared.messaging.commitment import canonical_note, commitment
from mingjing_shared.trust.keys import public_lines
from mingjing_shared.trust.receipt import entry_of
from support.stack import LOG_KEYS

FILES = {"data/document/001-受案登记表.pdf": b"accepted", "data/footage/002-F1.mp4": b"\0" * 3000}


def items(files=FILES):
    return [
        {"path": path, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for path, body in files.items()
    ]


def a_package(file, *, files=FILES, listed=None, sums=None, packed=zipfile.ZIP_STORED, extra=()):
    """Write a package; by default one that is in order."""
    listed = items() if listed is None else listed
    told = {"case_number": "A1", "items": listed}
    lines = "".join(f"{one.get('sha256')}  {one['path']}\n" for one in listed)
    with zipfile.ZipFile(file, "w", packed) as package:
        package.writestr(MANIFEST, json.dumps(told))
        package.writestr(SUMS, lines if sums is None else sums)
        for path, body in [*files.items(), *extra]:
            package.writestr(path, body)
    return file


def archived(sha256, kind="cn.mingjing.casefile.archived"):
    """The receipt of an event that says that a package was archived."""
    part, _ = an_entry(0)
    told = {**json.loads(part.said), "type": kind, "data": {"package_sha256": sha256, "items": 2}}
    said, salt = canonical_note(told), bytes.fromhex(part.salt)
    lines = entry_of(told["id"], told["type"], told["time"], commitment(salt, said))
    logged = type(part)(index=0, item_id="I1", version=1, salt=part.salt, said=said.decode())
    return receipt([(logged, lines), an_entry(1)], 0)


@pytest.fixture
def checked(tmp_path, monkeypatch):
    """Check a package with a receipt; the exit code and what is said."""
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path / "home"))
    lines = public_lines("test", LOG_KEYS)
    (tmp_path / "log").write_text(next(one for one in lines if one.startswith("test/mingjing/po")))
    (tmp_path / "witnesses").write_text("\n".join(one for one in lines if "/witness+" in one))

    def check(file, receipt_text=None, *, beside=False):
        keys = ["--vkey", str(tmp_path / "log"), "--witness-vkey", str(tmp_path / "witnesses")]
        if receipt_text is not None:
            by = file.with_name(file.name + ".tlog-proof") if beside else tmp_path / "receipt"
            by.write_text(receipt_text)
            keys += [] if beside else ["--receipt", str(by)]
        done = CliRunner().invoke(verify, ["package", str(file), *keys])
        return done.exit_code, done.output

    return check


@pytest.mark.parametrize("beside", [False, True])
def test_a_package_is_proved_by_the_receipt_of_its_archiving(tmp_path, checked, beside):
    file = a_package(tmp_path / "a.zip")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    code, said = checked(file, archived(digest), beside=beside)
    assert code == 0, said
    for part in ("案卷 A1：2 个文件，3008 字节", "案卷归档", digest, "见证："):
        assert part in said


def test_without_a_receipt_or_with_another_nothing_is_proved(tmp_path, checked):
    file = a_package(tmp_path / "a.zip")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    for given, says in (
        (None, "没有给出归档的存证凭证"),
        (archived("0" * 64), "不是归档时存证的那一份"),
        (archived(digest, "cn.mingjing.footage.archived"), "不是案卷归档的凭证"),
        ("not a receipt", "存证凭证"),
    ):
        code, said = checked(file, given)
        assert (code, says in said) == (1, True), said


def other(place, **changes):
    listed = items()
    listed[place] = {**listed[place], **changes}
    return listed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"files": {**FILES, "data/footage/002-F1.mp4": b"\1" * 3000}}, "内容与清单"),
        ({"files": dict([next(iter(FILES.items()))])}, "缺少清单所列"),
        ({"extra": [("data/document/003-x.pdf", b"x")]}, "多出清单没有"),
        ({"extra": [("data/footage/002-F1.mp4", b"\0" * 3000)]}, "重名"),
        ({"listed": other(0, size=7)}, "内容与清单"),
        ({"listed": other(0, sha256="0" * 64)}, "内容与清单"),
        ({"sums": ""}, "sha256sums.txt 与清单不一致"),
        ({"listed": [{"path": path} for path in FILES]}, "清单书写有误"),
        ({"packed": zipfile.ZIP_DEFLATED}, "经过压缩"),
    ],
)
def test_what_differs_from_its_list_is_named(tmp_path, changes, says):
    with pytest.warns() if "重名" in says else contextlib.nullcontext():
        file = a_package(tmp_path / "a.zip", **changes)
    with pytest.raises(BadPackage, match=says):
        package_of(file)


@pytest.mark.parametrize("cut", [1, 100, 3000])
def test_a_package_that_was_cut_off_is_refused(tmp_path, cut):
    file = a_package(tmp_path / "a.zip")
    file.write_bytes(file.read_bytes()[:-cut])
    with pytest.raises(BadPackage, match="损坏"):
        package_of(file)


@pytest.mark.parametrize("sign", [b"\x01\x00", b"\x41\x00", b"\x20\x00"])
def test_a_package_that_says_it_is_locked_or_patched_is_refused(tmp_path, sign):
    file = a_package(tmp_path / "a.zip")
    raw = bytearray(file.read_bytes())
    for begins, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(begins) + flags
        raw[at : at + 2] = sign
    file.write_bytes(bytes(raw))
    with pytest.raises(BadPackage):
        package_of(file)


def test_a_package_that_needs_a_newer_reader_is_refused(tmp_path):
    file = a_package(tmp_path / "a.zip")
    raw = bytearray(file.read_bytes())
    raw[raw.find(b"PK\x01\x02") + 6] = 99
    file.write_bytes(bytes(raw))
    with pytest.raises(BadPackage, match="损坏"):
        package_of(file)
