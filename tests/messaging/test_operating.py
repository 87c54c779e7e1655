"""A command works on the service it is told of: by its own environment, else by the platform."""

import click
import pytest
from click.testing import CliRunner

from mingjing_shared.operating import settings_of, told_service

LENT = {
    "MINGJING_SERVICE": "review",
    "MINGJING_DATABASE_PORT": "6543",
    "MINGJING_DATABASE_NAME": "review",
    "MINGJING_DATABASE_PASSWORD_FILE": "/lent/password",
    "MINGJING_CLOCK_FILE": "/lent/clock.json",
}


@pytest.fixture
def told(monkeypatch):
    """What a command of ours finds; ``lend`` is what `mingjing` hands it."""
    monkeypatch.delenv("MINGJING_DATABASE_PASSWORD_FILE", raising=False)
    monkeypatch.setenv("MINGJING_CLOCK_FILE", "")
    monkeypatch.delenv("MINGJING_CLOCK_FILE")
    found = []

    @click.command()
    def probe():
        found.append(settings_of("review"))

    def run(lend=None):
        result = CliRunner().invoke(probe, obj=lend, catch_exceptions=False)
        assert result.exit_code == 0
        return found[-1]

    return run


def test_the_variables_of_the_running_platform_are_lent(told):
    asked = []
    settings = told(lambda service: asked.append(service) or LENT)
    assert asked == ["review"]
    assert (settings.service, settings.database_port) == ("review", 6543)
    assert str(settings.database_password_file) == "/lent/password"


def test_the_processs_own_environment_comes_first(told, monkeypatch):
    monkeypatch.setenv("MINGJING_DATABASE_PASSWORD_FILE", "/own/password")
    monkeypatch.setenv("MINGJING_SERVICE", "review")
    settings = told(lambda _service: pytest.fail("nothing need be lent"))
    assert str(settings.database_password_file) == "/own/password"
    assert told_service() == "review"


def test_without_either_the_defaults_hold(told):
    assert told().database_port == 5432
    assert told_service() is None
