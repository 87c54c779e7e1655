"""The variables of a service, for commands of members that work on the running platform."""

from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.state import running_state


def environment_of(service: str) -> dict[str, str]:
    """Give the variables of a service's event process, as they are in the copy that runs here.

    Raises:
        DeployError: nothing runs here, or this service has no event process.
    """
    home = Home.current()
    state = running_state(home)
    if state is None:
        raise DeployError(f"Mingjing is not running in {home.root}; `make up` first.")
    copy = Copy(home, state.port_base, tuple(state.services))
    worker = copy.topology.services.get(f"{service}-worker")
    if worker is None:
        raise DeployError(f"{service} has no event process in the copy in {home.root}.")
    return copy.place.environment(worker)
