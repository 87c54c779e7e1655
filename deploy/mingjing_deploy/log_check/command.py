"""`mingjing log check`: the services' transparency logs, derived again and compared."""

from __future__ import annotations

import asyncio
import json
import sys
import threading

import click

from mingjing_deploy.figures import serve_figures
from mingjing_deploy.log_check.findings import CannotCheck
from mingjing_deploy.log_check.nightly import Nightly
from mingjing_deploy.log_check.reporting import DIFFERS, NOT_RUN, SOUND, Report, report_on
from mingjing_deploy.log_check.sources import LOGGED, Sources, sources_here, sources_told

ALL = "all"


@click.group()
def log() -> None:
    """Transparency logs of the services."""


@log.command()
@click.argument("service", type=click.Choice([*LOGGED, ALL]))
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check(service: str, as_json: bool) -> None:
    """Derive a service's log again from its database and compare; `all`: every service's.

    Exit 0: sound. 1: something differs; the first such thing is named. 2: could not be checked.
    """
    try:
        sources = sources_here()
    except CannotCheck as problem:
        click.echo(f"mingjing: {problem}", err=True)
        sys.exit(NOT_RUN)
    reports = asyncio.run(_reports(LOGGED if service == ALL else (service,), sources))
    codes = {report.exit_code for report in reports}
    code = DIFFERS if DIFFERS in codes else max(codes)
    if as_json:
        told = {"sound": code == SOUND, "services": [one.for_machines() for one in reports]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for one in reports:
            click.echo(one.for_people(), err=one.exit_code == NOT_RUN)
    sys.exit(code)


@log.command(hidden=True)
def watch() -> None:
    """Check all logs every night and serve what was found (run by the topology, not by hand)."""
    sources = sources_told()
    nightly = Nightly(lambda service: report_on(service, sources))
    threading.Thread(target=serve_figures, args=(lambda: True,), daemon=True).start()
    asyncio.run(nightly.keep_checking())


async def _reports(services: tuple[str, ...], sources: Sources) -> list[Report]:
    return [await report_on(service, sources) for service in services]
