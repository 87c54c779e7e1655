"""Where acts happen: the people, the publishers' keys, the portal; and what was done there."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from mingjing_deploy.demo.office import Office
from mingjing_deploy.demo.senders import Account


@dataclass
class Scene:
    """What an act needs of the running platform, seen from outside."""

    office: Office
    publishers: Mapping[str, Account]
    front: httpx.AsyncClient
    portal: httpx.AsyncClient
    command: Path
    done: Counter[str] = field(default_factory=Counter)


Given: TypeAlias = Mapping[str, Any]
Do: TypeAlias = Callable[[Scene, str, Given], Awaitable[None]]
