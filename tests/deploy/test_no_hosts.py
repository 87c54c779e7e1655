"""No lock, pom, setting or script names a registry: a bureau behind its mirror gets the same."""

import re
import subprocess

from mingjing_deploy.checkout import ROOT

NAMES = re.compile(
    r"(requirements\.lock|package-lock\.json|pom\.xml|jars\.lock|\.npmrc|\.sh|Makefile|Dockerfile"
    r"|pyproject\.toml|run)$"
)
HOSTS = re.compile(
    r"https?://(?!127\.0\.0\.1|maven\.apache\.org/POM/|localhost|www\.w3\.org)"
    r"|pypi\.org|pythonhosted|npmjs|maven\.org|repo1|proxy\.golang",
    re.IGNORECASE,
)


def test_no_file_that_brings_software_names_a_registry_host():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    brings = [name for name in tracked if NAMES.search(name)]
    assert "requirements.lock" in brings
    assert "deploy/kafka/pom.xml" in brings
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in brings
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1)
        if HOSTS.search(line)
    ]
    assert found == []


def test_the_lock_with_hosts_is_not_committed():
    listed = subprocess.run(
        ["git", "ls-files", "uv.lock"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert listed.stdout == ""


def test_every_pin_has_a_hash():
    for file in [ROOT / "requirements.lock", *ROOT.glob("services/*/requirements.lock")]:
        entries = file.read_text().replace("\\\n", "").splitlines()
        assert entries, file
        for entry in entries:
            assert "--hash=sha256:" in entry, f"{file}: {entry[:60]}"
