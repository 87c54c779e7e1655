"""What one network address may try at signing in."""

import asyncio
import contextlib

import pytest
from sqlalchemy.exc import InterfaceError

from mingjing_gateway.acts.session import TRIES_PER_MINUTE, Attempts, TooOften, WrongSignIn
from mingjing_shared.errors import InvalidInput, Unavailable
from support.front import Browser

NOBODY_LISTENS = 1


def guesses(attempts, place, times):
    for _try in range(times):
        with contextlib.suppress(WrongSignIn), attempts.trying(place):
            raise WrongSignIn("no", "no")


def test_guessing_from_one_place_is_slowed_whatever_the_numbers():
    attempts = Attempts()
    guesses(attempts, "10.1.2.3", TRIES_PER_MINUTE)
    guesses(attempts, "10.1.2.4", 1)
    with pytest.raises(TooOften, match="超过 30 次"), attempts.trying("10.1.2.3"):
        pass


def test_a_bureau_behind_one_address_comes_in_however_many_they_are():
    attempts = Attempts()
    guesses(attempts, "10.1.2.3", TRIES_PER_MINUTE - 1)
    for _officer in range(10 * TRIES_PER_MINUTE):
        with attempts.trying("10.1.2.3"):
            pass
    guesses(attempts, "10.1.2.3", 1)
    with pytest.raises(TooOften), attempts.trying("10.1.2.3"):
        pass


def test_guesses_that_are_still_being_looked_at_count():
    attempts = Attempts()
    with contextlib.ExitStack() as at_once:
        for _try in range(TRIES_PER_MINUTE):
            at_once.enter_context(attempts.trying("10.1.2.3"))
        with pytest.raises(TooOften), attempts.trying("10.1.2.3"):
            pass


@pytest.mark.parametrize(
    "trouble",
    [
        Unavailable("数据库没有应答。", "请稍后重试。"),
        ConnectionRefusedError(),
        TimeoutError(),
        InterfaceError("SELECT 1", {}, Exception("closed")),
        asyncio.CancelledError(),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_what_got_no_answer_does_not_count(trouble):
    attempts = Attempts()
    for _try in range(3 * TRIES_PER_MINUTE):
        with contextlib.suppress(type(trouble)), attempts.trying("10.1.2.3"):
            raise trouble
    with attempts.trying("10.1.2.3"):
        pass


def test_a_wrong_old_password_counts_as_a_wrong_sign_in_does():
    attempts = Attempts()
    for _try in range(TRIES_PER_MINUTE):
        with contextlib.suppress(InvalidInput), attempts.trying("10.1.2.3"):
            raise InvalidInput("原密码不正确。", "请重新输入。")
    with pytest.raises(TooOften), attempts.trying("10.1.2.3"):
        pass


def test_who_was_turned_away_for_others_does_not_prolong_it():
    attempts = Attempts()
    with contextlib.ExitStack() as at_once:
        for _try in range(TRIES_PER_MINUTE):
            at_once.enter_context(attempts.trying("10.1.2.3"))
        for _officer in range(2 * TRIES_PER_MINUTE):
            with pytest.raises(TooOften), attempts.trying("10.1.2.3"):
                pass
    with attempts.trying("10.1.2.3"):
        pass


async def test_signing_in_while_the_database_is_away_leads_to_no_limit(house):
    async with house.served(database_port=NOBODY_LISTENS) as client:
        for _try in range(TRIES_PER_MINUTE + 5):
            answer = await Browser(client).sign_in("034001", "a long enough one 8")
            assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
