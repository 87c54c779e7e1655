"""Commands that run one copy of the platform on this machine."""

import asyncio
import json
import shutil
import sys
import time

import click

from mingjing_deploy.accounts import write_accounts
from mingjing_deploy.errors import DeployError, HalfMade
from mingjing_deploy.home import MARKER, Home
from mingjing_deploy.local.copy import INFRA, Copy, Report, report
from mingjing_deploy.local.starting import (
    follow,
    one_command_at_a_time,
    start,
    stop,
)
from mingjing_deploy.local.state import read_state, running_state
from mingjing_deploy.ports import port_base


def copy_here() -> Copy:
    """Give the copy of this home as it runs, or as it would be started."""
    home = Home.current()
    state = running_state(home)
    if state is not None:
        return Copy(home, state.port_base, tuple(state.services))
    return Copy(home, port_base())


@click.command()
@click.option(
    "--only",
    multiple=True,
    metavar="SERVICE",
    help="Start this service and what it needs; `infra`: broker, database and store.",
)
def up(only: tuple[str, ...]) -> None:
    """Start the platform here and wait until it is ready; a second time: say that it runs."""
    began = time.monotonic()
    home = Home.current()
    wanted = Copy(home, port_base(), _services(only))
    with one_command_at_a_time(home):
        state = running_state(home)
        if state is None or state.phase in ("stopping", "failed", "stopped"):
            if state is not None:
                stop(home, click.echo)
            click.echo(f"Starting Mingjing in {home.root}")
            start(wanted, click.echo)
            copy, what = wanted, "ready"
        else:
            copy, what = Copy(home, state.port_base, tuple(state.services)), "already running"
            if port_base() not in (None, state.port_base):
                raise DeployError(
                    f"{home.root} already runs on another block of ports;"
                    " `mingjing down` first, or name another MINGJING_HOME."
                )
            follow(home, state.supervisor, click.echo)
        if not copy.names:
            write_accounts(home)
    _summary(copy, what, time.monotonic() - began)


def _services(only: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for word in only for name in (INFRA if word == "infra" else (word,)))


def _summary(copy: Copy, what: str, took_seconds: float) -> None:
    told = asyncio.run(report(copy, read_state(copy.home)))
    memory = sum(process["rss_mb"] for process in told["processes"])
    count = len(told["processes"])
    click.echo(f"Mingjing is {what} ({took_seconds:.1f} s, {memory} MB in {count} processes)")
    for name, address in told["entry_points"].items():
        click.echo(f"  {name:7} {address}")
    if copy.home.accounts.exists():
        click.echo(f"  accounts and keys of the demonstration: {copy.home.accounts}")


@click.command()
def down() -> None:
    """Stop the platform in order; data stay."""
    home = Home.current()
    if not (home.root / MARKER).exists():
        click.echo("Mingjing is not running.")
        return
    began = time.monotonic()
    with one_command_at_a_time(home):
        stopped = stop(home, click.echo)
    took = time.monotonic() - began
    click.echo(f"Mingjing has stopped ({took:.1f} s)." if stopped else "Mingjing is not running.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def status(as_json: bool) -> None:
    """Say how the platform is, having asked every process now; exit 0 only when it is ready."""
    home = Home.current()
    state = read_state(home) if (home.root / MARKER).exists() else None
    copy = copy_here()
    told = asyncio.run(report(copy, state))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _show(told, state.failure if state else None)
    sys.exit(0 if told["ready"] else 1)


def _show(told: Report, failure: str | None) -> None:
    if not told["processes"]:
        click.echo("Mingjing is not running." + (f" It last said: {failure}" if failure else ""))
        return
    click.echo("Mingjing is ready." if told["ready"] else "Mingjing is not ready.")
    for process in told["processes"]:
        ports = " ".join(str(port) for port in process["ports"])
        word = "ready" if process["ready"] else f"NOT READY: {process['reason']}"
        size = f"{process['pid'] or '-':>7} {process['rss_mb']:>5} MB"
        click.echo(f"  {process['name']:18} {size}  {ports}  {word}")
    for name, address in told["entry_points"].items():
        click.echo(f"  {name:7} {address}")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Stop the platform and delete all its data, keys and accounts. There is no way back."""
    home = Home.current()
    if not home.root.exists() or not any(home.root.iterdir()):
        click.echo(f"Nothing to delete in {home.root}.")
        return
    if not (home.root / MARKER).exists():
        raise HalfMade(f"{home.root} was not made by Mingjing; nothing was deleted.")
    if not yes:
        click.confirm(f"Delete all data and keys in {home.root}?", abort=True)
    with one_command_at_a_time(home):
        stop(home, click.echo)
    shutil.rmtree(home.root)
    click.echo(f"{home.root} is deleted.")


@click.command()
@click.argument("name", required=False)
@click.option("--lines", default=40, show_default=True, help="How many of the last lines.")
def logs(name: str | None, lines: int) -> None:
    """Show the end of one process's log; without a name: list the logs."""
    folder = Home.current().logs
    known = sorted(path.stem for path in folder.glob("*.log"))
    if name is None:
        for stem in known:
            click.echo(folder / f"{stem}.log")
        return
    if name not in known:
        raise DeployError(f"There is no log of {name!r}; there are: {', '.join(known) or 'none'}.")
    text = (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    click.echo("\n".join(text.splitlines()[-lines:]))
