"""Blocks of ports for whole platforms that tests start."""

import os

from mingjing_deploy.local.ports import FIRST, LAST, is_free

BLOCK = 50
_given: list[int] = []


def free_base():
    """The first port of a block in which all are free, never the same twice in a run."""
    start = FIRST + os.getpid() % 100 * BLOCK
    for base in [*range(start, LAST, BLOCK), *range(FIRST, start, BLOCK)]:
        if base not in _given and all(is_free(port) for port in range(base, base + 40)):
            _given.append(base)
            return base
    raise AssertionError("no free block of ports")
