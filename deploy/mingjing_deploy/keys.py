"""The keys of this copy: what is missing is made, and field encryption goes over to a new key."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from mingjing_deploy.credentials import ROTATED, Credentials
from mingjing_deploy.environment import environment_of
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.starting import make_secrets, one_command_at_a_time
from mingjing_deploy.ports import port_base


@click.group()
def keys() -> None:
    """Keys and passwords of this copy."""


@keys.command("init")
def keys_init() -> None:
    """Make what is missing (nothing is ever made anew) and say what must be backed up."""
    home = Home.current()
    with one_command_at_a_time(home):
        make_secrets(Copy(home, port_base()))
    click.echo(
        f"Keys and passwords are in {home.secrets} (readable by you alone).\n"
        "Back them up now, away from this machine, and again after each rotation: without\n"
        "keys-*.json and installation-key nobody can read what the databases hold, or link\n"
        "it to its cases; they are never made anew. Keep the copy as you keep the data."
    )


@keys.command("rotate")
@click.argument("services", nargs=-1, type=click.Choice(ROTATED))
@click.option("--finish", is_flag=True, help="Make no new key; go on where a rotation broke off.")
def keys_rotate(services: tuple[str, ...], *, finish: bool) -> None:
    """Encrypt personal data anew, under a new key, while the platform runs.

    Without a name: all services. Older keys stay in the ring: backups and sealed months of the
    archive were encrypted with them. Back the rings up before and after.
    """
    known = Credentials(Home.current())
    for service in services or ROTATED:
        environment = {**os.environ, **_as_owner(service, known)}
        name = known.current_key(service) if finish else known.new_key(service)
        click.echo(f"{service}: sealing under {name}")
        run = subprocess.run(  # noqa: S603 - our own module, a service of our own list
            [sys.executable, "-m", "mingjing_shared.rotate", service],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for line in run.stdout.splitlines():
            rows, table, column = line.split("\t")
            click.echo(f"  {rows:>8} {table}.{column}")
        if run.returncode:
            raise DeployError(
                f"{service} is not wholly sealed anew: {run.stderr.strip().splitlines()[-1]}"
                f" Nothing is lost; mend it, then `mingjing keys rotate {service} --finish`."
            )


def _as_owner(service: str, known: Credentials) -> dict[str, str]:
    """The variables of a service, with the role that may change what is only added to."""
    return {
        **environment_of(service),
        "MINGJING_DATABASE_USER": f"{service}_owner",
        "MINGJING_DATABASE_PASSWORD_FILE": str(known.path(f"postgres-{service}-owner")),
    }
