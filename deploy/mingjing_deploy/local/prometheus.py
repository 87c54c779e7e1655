"""Prometheus on one machine: Debian's, with the same settings as in the containers.

It is no wheel and no jar, so it is there or it is not: without it the platform is whole, and
figures are served by every process but kept by nobody.
"""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import yaml

from mingjing_deploy.checkout import PROMETHEUS_FOLDER
from mingjing_deploy.errors import DeployError
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_deploy.local.process import Command
from mingjing_deploy.topology import Place, Service

MISSING = (
    "There is no `prometheus` on this machine: figures are served, but nobody keeps them."
    " Debian: apt-get install prometheus (no service of it need run), then `mingjing down`"
    " and `mingjing up`."
)


def prepare_prometheus(home: Path, place: Place, service: Service, log: Path) -> Command:
    """Make Prometheus ready to be started: its configuration with this copy's ports.

    Raises:
        DeployError: it is not installed; says the way out.
    """
    program = shutil.which("prometheus")
    if program is None:
        raise DeployError(MISSING)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = home / "prometheus.yml"
    config.write_text(yaml.safe_dump(local_configuration(place), allow_unicode=True), "utf-8")
    own = {
        "--config.file": str(config),
        "--storage.tsdb.path": str(home / "data"),
        "--web.listen-address": f"{LOOPBACK}:{place.port(service.name, 'http')}",
    }
    flags = dict(word.split("=", 1) for word in service.command)
    argv = [program, *(f"{name}={value}" for name, value in {**flags, **own}.items())]
    env = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        **service.environment,
    }
    return Command(argv, env, home, log, signal.SIGTERM)


def local_configuration(place: Place) -> dict[str, Any]:
    """Give the containers' configuration with the ports of this copy.

    Nobody receives alerts here (Alertmanager runs with the containers alone): they are shown.
    """
    text = (PROMETHEUS_FOLDER / "prometheus.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    del document["alerting"]
    document["rule_files"] = [str(PROMETHEUS_FOLDER / name) for name in document["rule_files"]]
    for job in document["scrape_configs"]:
        for group in job["static_configs"]:
            group["targets"] = [place.address(target) for target in group["targets"]]
    return document
