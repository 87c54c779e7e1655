"""The folder that holds all state of one copy of the platform."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.errors import DeployError, HalfMade

MARKER = "mingjing-home"


@dataclass(frozen=True)
class Home:
    """Paths below one state folder; nothing of a copy lies outside it."""

    root: Path

    @classmethod
    def current(cls) -> "Home":
        """Give MINGJING_HOME, or .mingjing in the checkout, whatever the working folder is."""
        chosen = os.environ.get("MINGJING_HOME")
        return cls(Path(chosen).absolute() if chosen else ROOT / ".mingjing")

    @property
    def secrets(self) -> Path:
        """One file a secret, each 0600."""
        return self.root / "secrets"

    @property
    def data(self) -> Path:
        """What broker, database and object store keep."""
        return self.root / "data"

    @property
    def run(self) -> Path:
        """What is running now: state, locks, generated configuration."""
        return self.root / "run"

    @property
    def logs(self) -> Path:
        """One log a process."""
        return self.root / "logs"

    @property
    def accounts(self) -> Path:
        """Demo accounts and keys (0600)."""
        return self.root / "accounts.json"

    @property
    def clock(self) -> Path:
        """The one offset of the legal clock, read by all processes."""
        return self.root / "clock.json"

    def ensure(self) -> None:
        """Make the folders, readable by their owner alone, and mark the root as ours.

        Raises:
            HalfMade: the folder exists, holds something, and was not made by us.
            DeployError: the folder cannot be written.
        """
        marker = self.root / MARKER
        try:
            if self.root.exists() and not marker.exists() and any(self.root.iterdir()):
                raise HalfMade(
                    f"{self.root} holds files that are not Mingjing's;"
                    " name an empty folder in MINGJING_HOME."
                )
            for folder in (self.root, self.secrets, self.data, self.run, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _require_writable(folder)
            if not marker.exists():
                marker.write_text("State of one copy of Mingjing; `mingjing reset` deletes it.\n")
        except PermissionError as refused:
            raise DeployError(
                f"{refused.filename} belongs to another user;"
                " run as that user, or name a folder of your own in MINGJING_HOME."
            ) from refused


def _require_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "not writable", str(folder))
