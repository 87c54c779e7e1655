"""The AsyncAPI document says what the catalogue says, and the reference parser is content."""

import json
import subprocess
from pathlib import Path

import pytest

from mingjing_shared.events import CATALOGUE, asyncapi_document
from support.npm import installed

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def parser_home():
    """A folder with the locked parser."""
    return installed(HERE)


def test_the_reference_parser_is_content(parser_home, documents_root):
    script, document = HERE / "check_asyncapi.cjs", documents_root / "asyncapi.json"
    done = subprocess.run(
        ["node", script, parser_home, document], capture_output=True, text=True, check=False
    )
    *complaints, counted = done.stdout.splitlines()
    assert (done.returncode, complaints) == (0, []), done.stdout + done.stderr
    assert json.loads(counted)["messages"] == len(CATALOGUE)


def test_the_reference_parser_refuses_a_broken_document(parser_home, tmp_path):
    broken = {key: value for key, value in asyncapi_document().items() if key != "info"}
    document = tmp_path / "asyncapi.json"
    document.write_text(json.dumps(broken))
    done = subprocess.run(
        ["node", HERE / "check_asyncapi.cjs", parser_home, document],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "info" in done.stdout


def test_every_type_travels_on_the_channel_of_its_home(event):
    channels = asyncapi_document()["channels"]
    on = {
        name for name, channel in channels.items() if event.__name__ in channel.get("messages", {})
    }
    assert on == {event.home, event.also_home} - {None}


def test_every_taker_has_an_operation_that_receives(event):
    operations = asyncapi_document()["operations"].items()
    reference = {"$ref": f"#/channels/{event.home}/messages/{event.__name__}"}
    receiving = {
        name.split("TakesFrom")[0]
        for name, operation in operations
        if operation["action"] == "receive" and reference in operation["messages"]
    }
    assert receiving == event.takers
