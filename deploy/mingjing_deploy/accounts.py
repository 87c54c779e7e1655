"""Demo accounts and keys, for people and tools that try the platform."""

import json
import os
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mingjing_deploy.credentials import Credentials, write_private
from mingjing_deploy.home import Home

PUBLISHERS_MODULE = "mingjing_deploy.publisher"
OFFICERS_MODULE = "mingjing_deploy.officers"
DEMO_PUBLISHERS = ("casework", "casework-direct", "recorders", "personnel")


def demo_wanted() -> bool:
    """Whether demo accounts were asked for (unless DEMO=0)."""
    return os.environ.get("DEMO", "1") != "0"


def write_accounts(home: Home) -> None:
    """Write accounts.json (0600), with the accounts that exist; nothing without demo.

    Repeating it keeps every key and adds what is missing; accounts that a demo month brought
    stay.
    """
    if not demo_wanted():
        return
    known, before = Credentials(home), _written(home)
    publishers = _publishers(home)
    accounts = {
        "officers": with_others(
            _officers(home, publishers), before.get("officers", ()), "username"
        ),
        "publishers": with_others(publishers, before.get("publishers", ()), "name"),
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


def _officers(home: Home, publishers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = [one["key"] for one in publishers if one["name"] == "personnel"]
    if find_spec(OFFICERS_MODULE) is None or not keys:
        return []
    ensure = import_module(OFFICERS_MODULE).ensure_demo_officers
    found: list[dict[str, Any]] = ensure(home, _known_officers(home), keys[0])
    return found


def _known_officers(home: Home) -> dict[str, dict[str, Any]]:
    return {one["username"]: one for one in _written(home).get("officers", ())}


def _written(home: Home) -> dict[str, Any]:
    if not home.accounts.exists():
        return {}
    told: dict[str, Any] = json.loads(home.accounts.read_text(encoding="utf-8"))
    return told


def with_others(
    ours: list[dict[str, Any]], before: Iterable[dict[str, Any]], name: str
) -> list[dict[str, Any]]:
    """Ours, and after them those of before that are not ours."""
    names = {one[name] for one in ours}
    return [*ours, *(one for one in before if one[name] not in names)]
