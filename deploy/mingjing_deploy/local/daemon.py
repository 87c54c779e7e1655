"""The detached process that looks after one copy: `python -m mingjing_deploy.local.daemon`."""

import asyncio
import fcntl
import os
import signal
import sys
from datetime import datetime

from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy, went_round
from mingjing_deploy.local.ports import reserve
from mingjing_deploy.local.process import Identity
from mingjing_deploy.local.state import PlatformState, write_state
from mingjing_deploy.local.supervisor import Supervisor
from mingjing_deploy.ports import port_base
from mingjing_shared.clock import machine_now


def main() -> None:
    """Look after the copy that MINGJING_HOME and MINGJING_PORT_BASE name; arguments: services."""
    home = Home.current()
    lock = (home.run / "supervisor.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit("Another supervisor looks after this home.")
    started = machine_now()
    own = Identity.of(os.getpid())
    assert own is not None
    state = PlatformState(
        own.pid, own.started, started.isoformat(), port_base(), services=sys.argv[1:]
    )
    write_state(home, state)
    try:
        asyncio.run(_look_after(Copy(home, port_base(), tuple(sys.argv[1:])), state, started))
    except DeployError as problem:
        state.phase, state.failure = "failed", str(problem)
        write_state(home, state)
        sys.exit(str(problem))


async def _look_after(copy: Copy, state: PlatformState, started: datetime) -> None:
    workers = copy.worker_ports()
    planned = copy.planned()
    kept = reserve(copy.purposes(planned))
    supervisor = Supervisor(
        planned,
        state,
        lambda new: write_state(copy.home, new),
        lambda: went_round(workers, started),
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, supervisor.stop)
    await supervisor.run()
    for place in kept:
        place.close()


if __name__ == "__main__":
    main()
