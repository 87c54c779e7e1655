"""What can go wrong while running the platform.

DeployError
├── PortTaken          somebody else listens there
├── NotReady           a process did not become ready, or ended
└── HalfMade           a state folder that was begun and not finished, or not ours
"""

from pathlib import Path


class DeployError(Exception):
    """One clear sentence for the person at the keyboard, and the log to read when there is one."""

    def __init__(self, sentence: str, *, log: Path | None = None) -> None:
        super().__init__(sentence)
        self.log = log

    def __str__(self) -> str:
        """Give the sentence, and where to read on."""
        sentence = super().__str__()
        return f"{sentence} Read: {self.log}" if self.log else sentence


class PortTaken(DeployError):
    """A port that the platform needs is held by another process."""


class NotReady(DeployError):
    """A process did not become ready in time, or ended while it should run."""


class HalfMade(DeployError):
    """The state on disk was begun and not finished, or belongs to another user or version."""
