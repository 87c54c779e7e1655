"""The facts of the machine that every figure stands on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine_facts() -> str:
    """One line: cores, memory, kernel, versions."""
    memory = Path("/proc/meminfo").read_text().split()[1]
    parts = [
        f"{os.cpu_count()} cores",
        f"{int(memory) // 1024 // 1024} GiB",
        platform.platform(),
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in ("aiokafka", "asyncpg", "sqlalchemy", "msgspec")),
    ]
    return ", ".join(parts)
