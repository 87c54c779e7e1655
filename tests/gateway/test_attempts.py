"""What one network address may try at signing in."""

import contextlib

import pytest

from mingjing_gateway.acts.session import TRIES_PER_MINUTE, Attempts, TooOften, WrongSignIn


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
