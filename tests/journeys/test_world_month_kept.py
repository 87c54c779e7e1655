"""After the month, all that the platform keeps or tells is read, as somebody who stole it would.

After the month's own journey: it plays the month and changes the keys.
"""

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from journeys.conftest import COMMAND

from mingjing_deploy.demo.story import month
from support import kept

OLD_KEY = re.compile(rb"\\\\x01026b31|AQJrM[Q-Za-f]")  # a version, a length, "k1"; also base64
NEW_KEY = re.compile(rb"\\\\x01026b32|AQJrM[g-v]")
MONTH = {"number": 1, "count": 12}


@pytest.fixture(scope="module")
def home(platform):
    return Path(platform["environment"]["MINGJING_HOME"])


@pytest.fixture(scope="module")
def told(home):
    """The events of the month, as publishers told them."""
    noted = json.loads((home / "demo-months.json").read_text())[0]
    story = month(
        noted["seed"], MONTH["number"], date.fromisoformat(noted["first"]), noted["cases"]
    )
    return [one.event["data"] for day in story.days for one in day.told if hasattr(one, "event")]


@pytest.fixture(scope="module")
def planted(told):
    """What leads to a person: how it may stand in bytes, and what it is."""
    wanted = ("name", "resident_id", "phone", "address", "passport")
    people = [
        party for data in told for party in data.get("parties") or () if party["kind"] == "person"
    ]
    texts = {person[name] for person in people for name in wanted if person.get(name)}
    assert len(texts) > 4 * MONTH["count"]
    return {sign: text for text in texts for sign in kept.spellings(text)}


@pytest.fixture(scope="module")
async def tables(platform, home):
    """Every table of every database, by name."""
    base = int(platform["environment"]["MINGJING_PORT_BASE"])
    password = (home / "secrets" / "postgres-superuser").read_text().strip()
    return {name: raw async for name, raw in kept.databases(base + 5, password)}


@pytest.fixture(scope="module")
async def records(platform, home):
    """Every record, by topic."""
    password = (home / "secrets" / "kafka-admin").read_text().strip()
    found = {}
    async for name, raw in kept.topics(platform["kafka"], password):
        found[name] = found.get(name, b"") + b"\n" + raw
    return found


def named_in(planted, parts):
    """What of the planted is legible in named bytes, by name."""
    found = {name: {planted[sign] for sign in planted if sign in raw} for name, raw in parts}
    return {name: texts for name, texts in found.items() if texts}


def test_no_value_is_left_under_the_older_key(tables):
    assert {name for name, raw in tables.items() if OLD_KEY.search(raw)} == set()
    under_new = {name for name, raw in tables.items() if NEW_KEY.search(raw)}
    assert len(under_new) > 15
    assert {"disclosure.case_facts", "recording.blobs", "review.proposal_words"} <= under_new


def test_whoever_is_told_of_is_legible_in_the_topics_of_publishers_and_in_no_other(
    planted, records
):
    inbound = {name for name in records if name.startswith("topic inbound.")}
    assert set(named_in(planted, records.items())) <= inbound
    assert len(set().union(*named_in(planted, records.items()).values())) > 2 * MONTH["count"]
    assert len(records) - len(inbound) > 4


def test_nobody_is_legible_in_any_table(told, planted, tables):
    assert named_in(planted, tables.items()) == {}
    cases = {sign: data["case_number"] for data in told if "case_number" in data
             for sign in kept.spellings(data["case_number"])}  # fmt: skip
    assert len(named_in(cases, tables.items())) > 10, "the search finds what is there"


def test_nobody_is_legible_in_logs_objects_bundles_and_what_witnesses_remember(planted, home):
    parts = list(kept.files(home))
    assert {name.split("/")[0] for name, _ in parts} >= {"logs", "run", "data"}
    assert named_in(planted, parts) == {}


def test_nobody_is_legible_in_traces_and_figures(platform, planted):
    status = subprocess.run(
        [COMMAND, "status", "--json"], env=platform["environment"], capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    parts = [
        *kept.traces(platform["traces"].removesuffix("/zipkin/")),
        *kept.metrics(json.loads(status.stdout)),
    ]
    assert len(parts) > 12
    assert named_in(planted, parts) == {}
