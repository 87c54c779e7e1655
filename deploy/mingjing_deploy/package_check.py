"""Whether a case-file package holds exactly what its own list names. Reads the file and no more."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

MANIFEST, SUMS = "manifest.json", "sha256sums.txt"
LIST_BYTES_MAX = 64 << 20
_PIECE_BYTES = 1 << 20


class BadPackage(ValueError):
    """A package is not what its list says; why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose files are those of its list."""

    sha256: str
    case_number: str
    files: int
    bytes: int


def package_of(file: Path) -> Package:
    """Read a package whole: every file that its list names is there, and no other.

    Raises:
        BadPackage: it is damaged, or something is missing, changed or added.
    """
    with file.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    try:
        with zipfile.ZipFile(file) as package:
            manifest = _manifest(package)
            wanted = {one["path"]: one for one in manifest["items"]}
            _refuse_other_names(package, wanted)
            _refuse_other_sums(package, wanted)
            for path, one in wanted.items():
                _refuse_changed(package, path, one)
            total = sum(one["size"] for one in wanted.values())
            return Package(digest, str(manifest["case_number"]), len(wanted), total)
    except (zipfile.BadZipFile, EOFError, RuntimeError, OSError) as error:  # also: locked, too new
        raise BadPackage(f"案卷包已损坏（{error}）") from None
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, BadPackage):
            raise
        raise BadPackage(f"案卷包的清单书写有误（{type(error).__name__}）") from None


def _manifest(package: zipfile.ZipFile) -> Any:
    info = package.getinfo(MANIFEST)
    if info.file_size > LIST_BYTES_MAX:
        raise BadPackage("案卷包的清单过大")
    return orjson.loads(package.read(info))


def _refuse_other_names(package: zipfile.ZipFile, wanted: dict[str, Any]) -> None:
    names = [info.filename for info in package.infolist()]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadPackage(f"案卷包中有重名的文件 {min(twice)}")
    if missing := set(wanted) - set(names):
        raise BadPackage(f"案卷包缺少清单所列的 {min(missing)}")
    if added := set(names) - set(wanted) - {MANIFEST, SUMS}:
        raise BadPackage(f"案卷包多出清单没有的 {min(added)}")
    if packed := [i.filename for i in package.infolist() if i.compress_type != zipfile.ZIP_STORED]:
        raise BadPackage(f"案卷包中 {packed[0]} 经过压缩，不是本平台的写法")


def _refuse_other_sums(package: zipfile.ZipFile, wanted: dict[str, Any]) -> None:
    lines = "".join(f"{one['sha256']}  {path}\n" for path, one in wanted.items())
    if package.read(SUMS) != lines.encode():
        raise BadPackage(f"{SUMS} 与清单不一致")


def _refuse_changed(package: zipfile.ZipFile, path: str, one: Any) -> None:
    digest, size = hashlib.sha256(), 0
    with package.open(path) as content:
        while piece := content.read(_PIECE_BYTES):
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (one["size"], one["sha256"]):
        raise BadPackage(f"{path} 的内容与清单中的大小或 SHA-256 不同")
