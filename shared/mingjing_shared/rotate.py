"""Seal a service's values anew under its current key: ``python -m mingjing_shared.rotate SERVICE``.

Run with the owner role, beside the running service: the processes' own role may not change what
is only added to. Prints a line a column: rows, table, column.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import sys
from collections import Counter
from typing import TYPE_CHECKING

from mingjing_shared.database import Database
from mingjing_shared.errors import Misconfigured
from mingjing_shared.installation import installation_from
from mingjing_shared.messaging import dead_letters
from mingjing_shared.privacy import key_check
from mingjing_shared.privacy.fields import CannotOpen
from mingjing_shared.privacy.rotation import seal_anew
from mingjing_shared.settings import Settings

if TYPE_CHECKING:
    from mingjing_shared.privacy.sealed import Sealed

ROUNDS_MAX = 20


def sealed_of(service: str) -> tuple[Sealed, ...]:
    """Every sealed column of a service: its own, and those that all services have."""
    name = f"mingjing_{service}.store.sealed"
    own = importlib.import_module(name).SEALED if importlib.util.find_spec(name) else ()
    return (*own, dead_letters.BODY, key_check.PROOF)


async def rotate(database: Database, service: str) -> Counter[tuple[str, str]]:
    """Seal everything anew; rows by table and column.

    What a process sealed under the older key just before it saw the new one is found by going
    round until a round finds nothing.

    Raises:
        CannotOpen: a value does not open.
        Misconfigured: values of older keys keep coming: a process does not read its new ring.
    """
    done: Counter[tuple[str, str]] = Counter()
    for _ in range(ROUNDS_MAX):
        found = 0
        for sealed in sealed_of(service):
            rows = await seal_anew(database, sealed)
            done[sealed.table.name, sealed.column.name] += rows
            found += rows
        if not found:
            return done
    raise Misconfigured(
        f"{service} 的进程仍在用旧密钥写入。", "确认各进程读的是同一个密钥环文件，然后再运行一次。"
    )


async def _rotate(settings: Settings) -> Counter[tuple[str, str]]:
    database = Database(settings.database_url, installation_from(settings), pool_size=1)
    try:
        return await rotate(database, settings.service)
    finally:
        await database.engine.dispose()


def main() -> None:
    """Command line: the service's name; the connection and the ring come from the environment."""
    service = sys.argv[1]
    try:
        done = asyncio.run(_rotate(Settings(service=service)))
    except CannotOpen as error:
        sys.exit(f"{service}: {error}")
    except Misconfigured as error:
        sys.exit(f"{error.message}{error.way_out}")
    for (table, column), rows in sorted(done.items()):
        sys.stdout.write(f"{rows}\t{table}\t{column}\n")


if __name__ == "__main__":
    main()
