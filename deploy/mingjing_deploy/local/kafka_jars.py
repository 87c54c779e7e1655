"""The broker's jars: fetched by Maven once, each checked against its SHA-256 at every start.

`python -m mingjing_deploy.local.kafka_jars` writes the lock anew after a change of the pom.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mingjing_deploy.checkout import KAFKA_FOLDER, cache_folder
from mingjing_deploy.errors import DeployError

KAFKA_VERSION = "4.4.0"
LOCK = KAFKA_FOLDER / "jars.lock"
GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
FETCH_SECONDS_MAX = 600
LOCK_HEAD = (
    "# SHA-256 and name of every jar the pom brings; written by: mingjing_deploy.local.kafka_jars\n"
)


def kafka_jars() -> Path:
    """Give the folder with the broker's jars, fetching them when it is not complete.

    Raises:
        DeployError: Maven is missing or failed, or a jar is not the one we know.
    """
    folder = cache_folder() / f"kafka-{KAFKA_VERSION}"
    wanted = _locked()
    if folder.is_dir() and _sums(folder) == wanted:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        fetched = Path(name) / "lib"
        fetch(fetched)
        _compare(_sums(fetched), wanted)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            fetched.replace(folder)
        except OSError:  # another copy was quicker
            _compare(_sums(folder), wanted)
    return folder


def fetch(folder: Path) -> None:
    """Let Maven copy what the pom names into a folder.

    Raises:
        DeployError: Maven is not installed, or could not fetch; its log is named.
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise DeployError(
            "Maven (mvn) is not installed; it brings the Kafka broker."
            " Install it (Debian: apt-get install maven) and start again."
        )
    log = cache_folder() / "maven.log"
    command = [maven, "-q", "-B", GOAL, "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    with tempfile.TemporaryDirectory() as workplace, log.open("wb") as output:
        shutil.copy(KAFKA_FOLDER / "pom.xml", workplace)
        try:
            done = subprocess.run(
                command,
                cwd=workplace,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=FETCH_SECONDS_MAX,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise DeployError("Maven did not fetch the broker in ten minutes.", log=log) from None
    if done.returncode != 0:
        raise DeployError("Maven could not fetch the Kafka broker's jars.", log=log)


def _locked() -> dict[str, str]:
    lines = LOCK.read_text(encoding="ascii").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: digest for digest, name in pairs}


def _sums(folder: Path) -> dict[str, str]:
    return {jar.name: _sha256(jar) for jar in sorted(folder.glob("*.jar"))}


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _compare(found: dict[str, str], wanted: dict[str, str]) -> None:
    wrong = sorted(
        name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name)
    )
    if wrong:
        raise DeployError(
            f"Kafka's jars are not those of {LOCK.name}: {', '.join(wrong)}."
            " The mirror gave other bytes; nothing was started."
        )


def main() -> None:
    """Write the lock from what Maven brings now."""
    with tempfile.TemporaryDirectory() as name:
        fetch(Path(name))
        sums = _sums(Path(name))
    text = "".join(f"{digest}  {jar}\n" for jar, digest in sums.items())
    LOCK.write_text(LOCK_HEAD + text, encoding="ascii")
    sys.stdout.write(f"{len(sums)} jars\n")


if __name__ == "__main__":
    main()
