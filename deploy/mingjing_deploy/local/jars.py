"""Jars of the servers that run on Java: fetched by Maven once, checked at every start.

`python -m mingjing_deploy.local.jars` writes the locks anew after a change of a pom.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mingjing_deploy.checkout import KAFKA_FOLDER, ZIPKIN_FOLDER, cache_folder
from mingjing_deploy.errors import DeployError

GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
FETCH_SECONDS_MAX = 600
LOCK_HEAD = "# SHA-256 and name of every jar of the pom; written by mingjing_deploy.local.jars\n"


@dataclass(frozen=True)
class Jars:
    """What one server runs on; `folder` has the pom and the lock."""

    name: str
    version: str
    folder: Path

    @property
    def lock(self) -> Path:
        """The digests that are known to be right."""
        return self.folder / "jars.lock"

    def there(self) -> Path:
        """Give the folder with the jars, fetching them when it is not complete.

        Raises:
            DeployError: Maven is missing or failed, or a jar is not the one we know.
        """
        folder = cache_folder() / f"{self.name.lower()}-{self.version}"
        wanted = self._locked()
        if folder.is_dir() and _sums(folder) == wanted:
            return folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as name:
            fetched = Path(name) / "lib"
            self.fetch(fetched)
            self._compare(_sums(fetched), wanted)
            shutil.rmtree(folder, ignore_errors=True)
            try:
                fetched.replace(folder)
            except OSError:  # another copy was quicker
                self._compare(_sums(folder), wanted)
        return folder

    def fetch(self, folder: Path) -> None:
        """Let Maven copy what the pom names into a folder.

        Raises:
            DeployError: Maven is not installed, or could not fetch; its log is named.
        """
        maven = shutil.which("mvn")
        if maven is None:
            raise DeployError(
                f"Maven (mvn) is not installed; it brings {self.name}."
                " Install it (Debian: apt-get install maven) and start again."
            )
        log = cache_folder() / f"maven-{self.name.lower()}.log"
        command = [maven, "-q", "-B", GOAL, "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
        with tempfile.TemporaryDirectory() as workplace, log.open("wb") as output:
            shutil.copy(self.folder / "pom.xml", workplace)
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
                raise DeployError(
                    f"Maven did not fetch {self.name} in ten minutes.", log=log
                ) from None
        if done.returncode != 0:
            raise DeployError(f"Maven could not fetch the jars of {self.name}.", log=log)

    def write_lock(self) -> int:
        """Lock what Maven brings now; how many jars."""
        with tempfile.TemporaryDirectory() as name:
            self.fetch(Path(name))
            sums = _sums(Path(name))
        text = "".join(f"{digest}  {jar}\n" for jar, digest in sums.items())
        self.lock.write_text(LOCK_HEAD + text, encoding="ascii")
        return len(sums)

    def _locked(self) -> dict[str, str]:
        lines = self.lock.read_text(encoding="ascii").splitlines()
        pairs = (line.split() for line in lines if line and not line.startswith("#"))
        return {name: digest for digest, name in pairs}

    def _compare(self, found: dict[str, str], wanted: dict[str, str]) -> None:
        wrong = sorted(
            name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name)
        )
        if wrong:
            raise DeployError(
                f"The jars of {self.name} are not those of {self.lock.name}: {', '.join(wrong)}."
                " The mirror gave other bytes; nothing was started."
            )


KAFKA = Jars("Kafka", "4.4.0", KAFKA_FOLDER)
ZIPKIN = Jars("Zipkin", "3.6.1", ZIPKIN_FOLDER)


def _sums(folder: Path) -> dict[str, str]:
    return {jar.name: _sha256(jar) for jar in sorted(folder.glob("*.jar"))}


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def main() -> None:
    """Write the locks from what Maven brings now."""
    for jars in (KAFKA, ZIPKIN):
        sys.stdout.write(f"{jars.name}: {jars.write_lock()} jars\n")


if __name__ == "__main__":
    main()
