"""Members' commands get the variables of the platform that runs here, and say when none does."""

import pytest
from click.testing import CliRunner

from mingjing_deploy.cli import mingjing
from mingjing_deploy.environment import environment_of
from mingjing_deploy.errors import DeployError


def test_where_nothing_runs_the_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path / "nothing"))
    with pytest.raises(DeployError, match="not running"):
        environment_of("disclosure")


@pytest.mark.parametrize("command", ["letters", "backfill", "archive", "law", "publisher"])
def test_members_commands_can_be_asked_for_help_without_a_platform(command, tmp_path, monkeypatch):
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path / "nothing"))
    result = CliRunner().invoke(mingjing, [command, "--help"])
    assert result.exit_code == 0, result.output
