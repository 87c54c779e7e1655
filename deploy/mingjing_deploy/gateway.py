"""The gateway of a running copy: its settings and its database, for commands at the keyboard."""

import os

from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.state import running_state
from mingjing_shared.settings import Settings


def running_copy(home: Home) -> Copy:
    """Give the copy that runs in this home.

    Raises:
        DeployError: none does.
    """
    state = running_state(home)
    if state is None:
        raise DeployError(f"Mingjing is not running in {home.root}; `make up` first.")
    return Copy(home, state.port_base, tuple(state.services))


def gateway_settings(copy: Copy) -> Settings:
    """Give the settings that the gateway's web process of a copy has."""
    environment = copy.place.environment(copy.topology.services["gateway-web"])
    if clock := environment.get("MINGJING_CLOCK_FILE"):
        os.environ.setdefault("MINGJING_CLOCK_FILE", clock)
    plain = {name.removeprefix("MINGJING_").lower(): v for name, v in environment.items()}
    return Settings(**plain)  # type: ignore[arg-type]
