"""Logs: one JSON line an entry, and no floods.

Entries name events and cases by reference only. Libraries that repeat one complaint many times a
second while a server is away are let through once, then counted.
"""

from __future__ import annotations

import logging
import sys
from time import monotonic

import structlog

REPEAT_SECONDS = 10.0
_NOISY = ("aiokafka", "asyncio", "sqlalchemy", "asyncpg")


class FloodFilter(logging.Filter):
    """Lets one record of each place in the code through per interval and says how many were not.

    Works on where a record comes from, not on its text, so that changing offsets or addresses
    in the text do not make each repetition look new.
    """

    def __init__(self, every_seconds: float = REPEAT_SECONDS) -> None:
        super().__init__()
        self._every_seconds = every_seconds
        self._last: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is let through."""
        place = (record.pathname, record.lineno, record.levelname)
        now = monotonic()
        since, suppressed = self._last.get(place, (-self._every_seconds, 0))
        if now - since < self._every_seconds:
            self._last[place] = (since, suppressed + 1)
            return False
        self._last[place] = (now, 0)
        if suppressed:
            record.msg = f"{record.getMessage()} (and {suppressed} more like it)"
            record.args = ()
        return True


def configure_logs(service: str, process: str) -> None:
    """Send this process's logs to standard output as JSON lines."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _named(service, process),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _named(service, process),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    handler.addFilter(FloodFilter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiokafka.consumer.group_coordinator").setLevel(logging.ERROR)


def _named(service: str, process: str) -> structlog.typing.Processor:
    def add(
        _logger: object, _method: str, entry: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        entry["service"], entry["process"] = service, process
        return entry

    return add
