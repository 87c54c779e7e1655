"""Programs that came with the environment."""

import shutil
import sys
from pathlib import Path

from mingjing_deploy.errors import DeployError


def find(name: str) -> str:
    """Give the path of a program that a pinned package brought.

    Raises:
        DeployError: it is not in the environment.
    """
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise DeployError(f"{name} is not in {Path(sys.executable).parent}; run `make setup`.")
    return found
