"""Where the databases, keys and served logs of one copy of the platform are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mingjing_deploy.home import Home
from mingjing_deploy.local.moving import read_moved
from mingjing_deploy.local.state import running_state
from mingjing_deploy.log_check.database import Access
from mingjing_deploy.log_check.findings import CannotCheck
from mingjing_deploy.log_check.heads import Keys, read_keys
from mingjing_deploy.log_check.served import Door
from mingjing_deploy.topology import LOOPBACK, Place, read_topology

LOGGED = ("gateway", "disclosure", "recording", "review", "tasks")
LOG_KEYS = "log-keys"
AUDITOR_KEY = "auditor-key"
INSTALLATION_CODE = "installation-code"


@dataclass(frozen=True)
class Sources:
    """What a check of any service of one copy is made with.

    Attributes:
        host: of the databases.
        port: of the databases.
        secrets: the folder with passwords and the list of public keys.
        installation_code: first part of every log's name.
        front: HOST:PORT where logs are served to whom may read them.
    """

    host: str
    port: int
    secrets: Path
    installation_code: str
    front: str

    def access(self, service: str) -> Access:
        """By which role a service's database is read."""
        role = f"{service}_app"
        return Access(self.host, self.port, role, self._secret(f"postgres-{service}-app"), service)

    def origin(self, service: str) -> str:
        """The name of a service's log."""
        return f"{self.installation_code}/mingjing/{service}"

    def keys(self) -> Keys:
        """The public keys of logs and witnesses."""
        return read_keys(self._secret(LOG_KEYS))

    def door(self) -> Door:
        """Where logs are served, with the key that opens it."""
        return Door(f"http://{self.front}", self._secret(AUDITOR_KEY))

    def _secret(self, name: str) -> str:
        file = self.secrets / name
        try:
            return file.read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise CannotCheck(f"{file} cannot be read: {problem.strerror}.") from problem


def sources_here() -> Sources:
    """Find the copy that runs in this home.

    Raises:
        CannotCheck: none does.
    """
    home = Home.current()
    state = running_state(home)
    if state is None:
        raise CannotCheck(f"Mingjing is not running in {home.root}; `make up` first.")
    code = (home.secrets / INSTALLATION_CODE).read_text(encoding="utf-8").strip()
    moved = read_moved(home, state.port_base)
    place = Place(read_topology(), home, state.port_base, code, moved)
    front = f"{LOOPBACK}:{place.port('front', 'http')}"
    return Sources(LOOPBACK, place.port("postgres", "sql"), home.secrets, code, front)


def sources_told() -> Sources:
    """Take them from the variables of a process of the topology."""
    return Sources(
        os.environ["MINGJING_DATABASE_HOST"],
        int(os.environ["MINGJING_DATABASE_PORT"]),
        Path(os.environ["MINGJING_SECRETS"]),
        os.environ["MINGJING_INSTALLATION_CODE"],
        os.environ["MINGJING_FRONT"],
    )
