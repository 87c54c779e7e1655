"""The front door on one machine: Caddy with the same file as in the containers."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.local import programs
from mingjing_deploy.local.process import Command

CADDYFILE = ROOT / "deploy" / "front" / "Caddyfile"


def prepare_front(home: Path, env: Mapping[str, str], log: Path) -> Command:
    """Make the front door ready to be started; `env` says where it and the services listen."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    argv = [programs.find("caddy"), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    own = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "GOMEMLIMIT": "128MiB",
    }
    return Command(argv, {**own, **env}, home, log, signal.SIGTERM)
