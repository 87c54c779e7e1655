"""Demo accounts and keys, for people and tools that try the platform."""

import json
import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mingjing_deploy.credentials import Credentials, write_private
from mingjing_deploy.home import Home

PUBLISHERS_MODULE = "mingjing_deploy.publisher"
DEMO_PUBLISHERS = ("casework", "casework-direct", "recorders")


def demo_wanted() -> bool:
    """Whether demo accounts were asked for (unless DEMO=0)."""
    return os.environ.get("DEMO", "1") != "0"


def write_accounts(home: Home) -> None:
    """Write accounts.json (0600), with the accounts that exist; nothing without demo.

    Repeating it keeps every key and adds what is missing.
    """
    if not demo_wanted():
        return
    known = Credentials(home)
    accounts = {
        "officers": [],
        "publishers": _publishers(home),
        "auditor": {
            "key": known.password("auditor-key"),
            "kafka_username": "auditor",
            "kafka_password": known.password("kafka-auditor"),
        },
    }
    write_private(home.accounts, json.dumps(accounts, ensure_ascii=False, indent=1) + "\n")


def _publishers(home: Home) -> list[dict[str, Any]]:
    if find_spec(PUBLISHERS_MODULE) is None:
        return []
    found: list[dict[str, Any]] = import_module(PUBLISHERS_MODULE).ensure_demo_publishers(home)
    return found
