"""Locked npm packages that a test needs, installed once for each lock by ``npm ci``."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[2] / ".cache"
LOCKED = ("package.json", "package-lock.json", ".npmrc")


def installed(folder: Path) -> Path:
    """A folder with the packages that ``folder`` locks; its modules are in ``node_modules``."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.fail("node (18 or newer) and npm are needed for this test: .ci/run installs them")
    sums = hashlib.sha256(b"".join((folder / name).read_bytes() for name in LOCKED))
    home = CACHE / f"npm-{folder.name}-{sums.hexdigest()[:16]}"
    if home.exists():
        return home
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as work:
        fresh = Path(work) / "packages"
        fresh.mkdir()
        for name in LOCKED:
            shutil.copy(folder / name, fresh / name)
        done = subprocess.run(["npm", "ci"], cwd=fresh, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"npm ci failed:\n{done.stderr}"
        try:
            fresh.rename(home)
        except OSError:
            assert home.exists(), "another run made it meanwhile, or it could not be moved"
    return home
