"""The `mingjing` command: running the platform here, and what the members add to it."""

import errno
import os
import sys
from importlib.metadata import entry_points

import click

from mingjing_deploy.commands import down, logs, reset, status, up
from mingjing_deploy.environment import environment_of
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.keys import keys
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.state import running_state
from mingjing_deploy.observer import observe_kafka
from mingjing_deploy.setup import setup
from mingjing_deploy.topology import read_topology

MEMBERS = "mingjing.commands"


class Commands(click.Group):
    """Commands of ours, and of the members; a member is imported when its command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        members = {entry.name for entry in entry_points(group=MEMBERS)}
        return sorted({*super().list_commands(ctx), *members})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command of ours, or load a member's."""
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        for entry in entry_points(group=MEMBERS, name=cmd_name):
            hand_over(entry.value)
            command: click.Command = entry.load()
            return command
        return None


def hand_over(member: str) -> None:
    """Give a member's command the settings its worker has in the copy that runs here.

    What the environment says already stays. Without a running copy nothing is handed over, and
    a command that needs a database says that it has none.
    """
    service = member.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0].removeprefix("mingjing_")
    home = Home.current()
    state = running_state(home)
    worker = read_topology().services.get(f"{service}-worker")
    if state is None or worker is None:
        return
    for name, value in Copy(home, state.port_base).place.environment(worker).items():
        os.environ.setdefault(name, value)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def mingjing(ctx: click.Context) -> None:
    """Mingjing, the platform of the three systems of lawful enforcement."""
    ctx.obj = environment_of  # members' commands ask it for the service they work on


for command in (up, down, status, reset, logs, keys, setup, observe_kafka):
    mingjing.add_command(command)


def main() -> None:
    """Run the command; what a person can understand is said in one sentence, without a trace."""
    try:
        mingjing()
    except DeployError as problem:
        _give_up(str(problem))
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        _give_up(f"The disk is full ({problem.filename or 'unknown file'}); nothing more was done.")


def _give_up(sentence: str) -> None:
    click.echo(f"mingjing: {sentence}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
