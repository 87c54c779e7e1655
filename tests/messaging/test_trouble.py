"""Which failure is the event's own, and which is trouble of the surroundings."""

import asyncpg
import pytest
from aiokafka.errors import KafkaConnectionError, KafkaError
from sqlalchemy import exc

from mingjing_shared.messaging.outbox import TooLargeToPublish
from mingjing_shared.messaging.trouble import Trouble, kind_of

CONNECTION, CONTENTION, POISON = Trouble.CONNECTION, Trouble.CONTENTION, Trouble.POISON
STATES = [
    ("08006", CONNECTION),  # connection failure
    ("53300", CONNECTION),  # too many connections
    ("53100", CONNECTION),  # disk full
    ("57P01", CONNECTION),  # admin shutdown
    ("57P03", CONNECTION),  # cannot connect now
    ("57014", CONNECTION),  # cancelled, also by statement_timeout
    ("58030", CONNECTION),  # I/O error
    ("XX000", CONNECTION),  # internal error
    ("28P01", CONNECTION),  # password refused
    ("3D000", CONNECTION),  # no such database
    ("40001", CONTENTION),  # serialisation failure
    ("40P01", CONTENTION),  # deadlock
    ("55P03", CONTENTION),  # lock timeout
    ("25P02", CONTENTION),  # transaction is aborted
    ("42P01", CONTENTION),  # no such table: a migration is missing
    ("42501", CONTENTION),  # no right: a migration is missing
    ("3F000", CONTENTION),  # no such schema
    ("23505", POISON),  # unique violation
    ("23502", POISON),  # not null
    ("23514", POISON),  # check
    ("22001", POISON),  # text too long
    ("22021", POISON),  # character not in repertoire
    ("P0001", POISON),  # raised in a function
]


class OfTheDriver(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def wrapped(error, invalidated=False):
    """As SQLAlchemy hands on what its driver raised."""
    return exc.DBAPIError("SELECT 1", {}, error, connection_invalidated=invalidated)


@pytest.mark.parametrize(("state", "kind"), STATES)
def test_an_sqlstate_is_judged_by_its_class_bare_or_wrapped(state, kind):
    assert kind_of(OfTheDriver(state)) is kind
    assert kind_of(wrapped(OfTheDriver(state))) is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError("a handler's own"), POISON),
        (KeyError("a handler's own"), POISON),
        (TooLargeToPublish("too large"), POISON),
        (RecursionError(), POISON),
        (ConnectionResetError(), CONNECTION),
        (ConnectionRefusedError(), CONNECTION),
        (TimeoutError(), CONNECTION),
        (OSError(28, "no space left"), CONNECTION),
        (KafkaError(), CONNECTION),
        (KafkaConnectionError(), CONNECTION),
        (asyncpg.InterfaceError("connection is closed"), CONNECTION),
        (asyncpg.DeadlockDetectedError("deadlock"), CONTENTION),
        (asyncpg.UniqueViolationError("twice"), POISON),
        (asyncpg.AdminShutdownError("bye"), CONNECTION),
        (exc.TimeoutError("pool exhausted"), CONNECTION),
        (exc.PendingRollbackError("invalid transaction"), CONNECTION),
        (wrapped(Exception("gone"), invalidated=True), CONNECTION),
        (wrapped(ValueError("cannot encode")), POISON),
        (exc.IntegrityError("COPY inbox", None, asyncpg.UniqueViolationError("twice")), POISON),
    ],
)
def test_an_exception_is_judged_by_what_it_is(error, kind):
    assert kind_of(error) is kind


def test_the_cause_behind_a_handlers_exception_is_looked_at():
    error = ValueError("while deriving")
    error.__cause__ = asyncpg.DeadlockDetectedError("deadlock")
    assert kind_of(error) is CONTENTION


def test_an_exception_whose_cause_is_itself_ends_the_search():
    error = ValueError("a ring")
    error.__cause__ = error
    assert kind_of(error) is POISON
