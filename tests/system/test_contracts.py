"""Who may import whom: every contract is kept, and is broken by what it forbids."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAW_BREAKERS = {
    # contract: (the file written, what it says)
    "services": ("mingjing_review/handlers/stray.py", "import mingjing_recording.tables"),
    "shared": ("mingjing_shared/web/stray.py", "import mingjing_portal.settings"),
    "deploy": ("mingjing_tasks/acts/stray.py", "import mingjing_deploy.ports"),
    "deploy-services": ("mingjing_deploy/stray.py", "import mingjing_disclosure.store.item"),
    "floors": ("mingjing_disclosure/store/stray.py", "import mingjing_disclosure.handlers"),
    "shared-floors": ("mingjing_shared/events/stray.py", "import mingjing_shared.messaging.waves"),
    "rules": ("mingjing_recording/rules/stray.py", "import sqlalchemy"),
    "kafka": ("mingjing_disclosure/handlers/stray.py", "import aiokafka"),
    "faust": ("mingjing_tasks/handlers/stray.py", "import faust"),
    "kafka-admin": ("mingjing_gateway/acts/stray.py", "import confluent_kafka"),
    "objects": ("mingjing_tasks/acts/stray.py", "import aiobotocore"),
    "log-check": ("mingjing_deploy/log_check/stray.py", "import mingjing_shared.trust.merkle"),
    "portal": ("mingjing_portal/pages/stray.py", "import mingjing_shared.facts.store"),
}


def contracts() -> dict[str, str]:
    """Id and name of every contract in force."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one["name"] for one in config["tool"]["importlinter"]["contracts"]}


@dataclass(frozen=True)
class Copy:
    """A copy of the product's modules, in which one may break the law."""

    folder: Path

    def check(self, *only: str) -> tuple[int, str]:
        """What ``lint-imports`` answers here: exit code and words, on one line."""
        chosen = [option for name in only for option in ("--contract", name)]
        done = subprocess.run(
            [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", *chosen],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "COLUMNS": "400"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def with_file(self, name: str, text: str) -> Path:
        """Write one module; the caller removes it."""
        file = self.folder / name
        assert not file.exists(), name
        file.write_text(text + "\n", encoding="utf-8")
        return file


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    only_python = shutil.ignore_patterns("__pycache__", "*.json", "*.sql", "*.html", "*.css")
    for package in [*ROOT.glob("services/*/mingjing_*"), *ROOT.glob("*/mingjing_*")]:
        if (package / "__init__.py").exists():
            shutil.copytree(package, folder / package.name, ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return Copy(folder)


def test_every_contract_is_kept_and_nothing_is_excepted(copy):
    code, said = copy.check()
    assert code == 0, said
    assert f"{len(contracts())} kept, 0 broken" in said
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_contract_is_broken_once_below():
    assert LAW_BREAKERS.keys() == contracts().keys()


@pytest.mark.parametrize("contract", LAW_BREAKERS)
def test_a_contract_is_broken_by_what_it_forbids(copy, contract):
    name, text = LAW_BREAKERS[contract]
    file = copy.with_file(name, text)
    try:
        code, said = copy.check(contract)
    finally:
        file.unlink()
    assert code == 1, said
    assert f"{contracts()[contract]} BROKEN" in said
    assert "stray" in said


@pytest.mark.parametrize(
    ("forbidden", "contract", "name", "text"),
    [
        ("a room of no floor", "floors", "mingjing_review/utils.py", ""),
        (
            "pages that use the API",
            "floors",
            "mingjing_tasks/pages/stray.py",
            "import mingjing_tasks.api.event",
        ),
        (
            "rules that reach a framework through messaging",
            "rules",
            "mingjing_review/rules/stray.py",
            "import mingjing_shared.messaging.outbox",
        ),
        (
            "an import hidden in a function",
            "services",
            "mingjing_tasks/store/stray.py",
            "def late():\n    import mingjing_review.tables\n",
        ),
        (
            "Kafka in another room of the gateway",
            "kafka",
            "mingjing_gateway/pages/stray.py",
            "from aiokafka import AIOKafkaProducer",
        ),
    ],
)
def test_a_contract_sees_the_roundabout_way_too(copy, forbidden, contract, name, text):
    file = copy.with_file(name, text)
    try:
        code, said = copy.check(contract)
    finally:
        file.unlink()
    assert code == 1, f"{forbidden}: {said}"
    assert f"{contracts()[contract]} BROKEN" in said
