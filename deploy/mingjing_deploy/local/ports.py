"""Loopback ports: free ones, and who holds a taken one."""

import os
import socket
from collections.abc import Mapping

import psutil

from mingjing_deploy.errors import PortTaken

LOOPBACK = "127.0.0.1"
FIRST, LAST = 20_000, 32_000  # below the kernel's range for outgoing connections
_given: set[int] = set()


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def is_listened_on(port: int) -> bool:
    """Whether a server listens on this loopback port now."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def free_port() -> int:
    """Give a free loopback port, never the same twice in one process.

    Two processes that ask start at different places, so that they seldom meet.
    """
    start = FIRST + os.getpid() * 37 % (LAST - FIRST)
    for step in range(LAST - FIRST):
        port = FIRST + (start - FIRST + step) % (LAST - FIRST)
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise PortTaken(f"No free port from {FIRST} to {LAST} on {LOOPBACK}.")


def holder_of(port: int) -> str:
    """Say who holds a port, by listening or by a connection going out from it."""
    outgoing = ""
    for connection in psutil.net_connections(kind="tcp"):
        if not connection.laddr or connection.laddr.port != port:
            continue
        if connection.status == psutil.CONN_LISTEN:
            return _name(connection.pid)
        outgoing = f"an outgoing connection of {_name(connection.pid)}"
    return outgoing or "a process that cannot be seen from here"


def _name(pid: int | None) -> str:
    if pid is None:
        return "a process of another user"
    try:
        process = psutil.Process(pid)
        return f"{process.name()} (pid {pid}, user {process.username()})"
    except psutil.Error:
        return f"pid {pid}"


def reserve(ports: Mapping[int, str]) -> list[socket.socket]:
    """Keep ports for our servers as long as the sockets given back are open.

    A port that is bound, but not listened on, is never given to an outgoing connection, and a
    server that reuses addresses (all of ours do) may still listen on it. Without this, a block
    of ports within the kernel's range for outgoing connections would be stolen from piecemeal.

    Raises:
        PortTaken: one of them is taken; names the holder.
    """
    kept = []
    for port, purpose in ports.items():
        place = socket.socket()
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((LOOPBACK, port))
        except OSError:
            place.close()
            require_free(port, purpose)
            raise
        kept.append(place)
    return kept


def require_free(port: int, purpose: str) -> None:
    """Refuse to go on when a port is taken.

    Raises:
        PortTaken: names the port, what it is for, and the holder.
    """
    if not is_free(port):
        raise PortTaken(
            f"Port {port}, needed for {purpose}, is taken by {holder_of(port)};"
            " stop that process, or move the whole platform with MINGJING_PORT_BASE."
        )
