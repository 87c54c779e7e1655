"""Dashboards are what their code says, ask only for figures that exist, and lead somewhere."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys

import pytest
import yaml
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.dashboards.__main__ import FOLDER, text_of
from mingjing_deploy.dashboards.boards import BOARDS as CODE
from support.boards import boards, declared, metrics_of, panels, questions, rules

BOARDS = boards()
ASKED = [(uid, name, expr) for uid in BOARDS for name, expr in questions(BOARDS[uid])]
CHINESE = re.compile(r"[一-鿿]")
RANGE = re.compile(r"\b(rate|increase|irate|delta|changes|deriv)\(([^()]*?)\[([^\]]+)\]\)")
# Windows that are a promise, not a matter of how far one zooms: the objective's month, the hour
# of the alert about missed terms, the ten minutes of the alert about rebalances.
FIXED = {"30d", "1h", "10m", "1m"}
NOBODY = re.compile(r"case|person|officer|unit|handler_id|trace_id|url|path_info")
# Not declared in our code: Prometheus's own, the Python client's and the JVM's.
FOREIGN = {
    "up", "ALERTS", "process_resident_memory_bytes", "process_cpu_seconds_total",
    "process_open_fds", "process_start_time_seconds", "jvm_memory_used_bytes",
    "jvm_memory_max_bytes", "jvm_gc_collection_seconds_sum",
}  # fmt: skip


@pytest.fixture(params=BOARDS)
def board(request):
    return BOARDS[request.param]


def brokers():
    """The names that the broker's list of figures makes."""
    document = yaml.safe_load((ROOT / "deploy/kafka/jmx.yml").read_text(encoding="utf-8"))
    names = {rule["name"] for rule in document["rules"]}
    return re.compile("|".join(f"{re.sub(r'[$]1', '[a-z]+', name)}" for name in names))


def test_what_is_committed_is_what_the_code_makes():
    assert {f"{board.uid}.json" for board in CODE} == {file.name for file in FOLDER.iterdir()}
    for board in CODE:
        committed = (FOLDER / f"{board.uid}.json").read_text(encoding="utf-8")
        assert committed == text_of(board), "python -m mingjing_deploy.dashboards"


def test_the_command_runs_without_what_makes_dashboards():
    """The kit is for developers; the platform is installed without it."""
    asked = "import sys, mingjing_deploy.cli; print([m for m in sys.modules if 'grafana' in m])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_dashboard_is_found_and_cannot_be_edited_away(board):
    assert board["uid"].startswith("mj-")
    assert CHINESE.search(board["title"]) or board["title"] == "Kafka"
    assert CHINESE.search(board["description"])
    assert board["tags"] == ["mingjing"]
    assert board["editable"] is False


def test_the_source_of_data_is_chosen_above_and_nowhere_else(board):
    [source] = [v for v in board["templating"]["list"] if v["type"] == "datasource"]
    assert (source["name"], source["query"]) == ("datasource", "prometheus")
    found = re.findall(r'"uid": "([^"]+)"', json.dumps(board))
    assert set(found) == {"${datasource}", board["uid"]}


def test_every_panel_says_what_it_shows_what_bad_looks_like_and_in_which_unit(board):
    for panel in panels(board):
        assert CHINESE.search(panel["title"])
        assert CHINESE.search(panel["description"]), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert panel["targets"], panel["title"]
        letters = [target["refId"] for target in panel["targets"]]
        assert letters == sorted(set(letters)), panel["title"]


def test_panels_have_ids_of_their_own_and_do_not_overlap(board):
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids))
    for panel in board["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
    for one, other in itertools.combinations(board["panels"], 2):
        assert not overlap(one["gridPos"], other["gridPos"]), (one["title"], other["title"])


def overlap(one, other):
    """Whether two places have a cell in common."""
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "w"), ("y", "h"))
    )


@pytest.mark.parametrize(("uid", "name", "expr"), ASKED)
def test_a_window_follows_the_zoom_and_totals_stand_in_windows(uid, name, expr):
    windows = RANGE.findall(expr)
    assert {window for _, _, window in windows} <= {"$__rate_interval", *FIXED}
    assert expr.count("[") == len(windows)
    outside = RANGE.sub("", expr)
    assert not re.search(r"_total\b", outside)


@pytest.mark.parametrize(("uid", "name", "expr"), ASKED)
def test_nobody_can_be_told_apart_by_what_is_asked(uid, name, expr):
    labels = re.findall(r"(?:by|on|ignoring) \(([^)]*)\)", expr)
    labels += re.findall(r"(\w+)(?:=~|!~|!=|=)\"", expr)
    assert not NOBODY.search(" ".join(labels))


def test_every_figure_that_is_asked_for_exists():
    known = {*declared(), *FOREIGN, *(r["record"] for r in rules() if "record" in r)}
    listed = brokers()
    asked = {metric for *_, expr in ASKED for metric in metrics_of(expr)}
    asked |= {metric for rule in rules() for metric in metrics_of(rule["expr"])}
    assert {name for name in asked - known if not listed.fullmatch(name)} == set()


def test_every_figure_that_exists_is_shown_or_watched():
    asked = {metric for *_, expr in ASKED for metric in metrics_of(expr)}
    asked |= {metric for rule in rules() for metric in metrics_of(rule["expr"])}
    assert {*declared()} - asked == set()


def test_every_figure_of_the_broker_is_shown_or_watched():
    asked = {metric for *_, expr in ASKED for metric in metrics_of(expr)}
    document = yaml.safe_load((ROOT / "deploy/kafka/jmx.yml").read_text(encoding="utf-8"))
    for name in document["includeObjectNames"]:
        last = re.search(r"name=(\w+?)(PerSec)?(,|$)", name)[1].lower()
        assert [metric for metric in asked if last.removesuffix("percent") in metric], name


def test_grafanas_own_kit_reads_a_dashboard_back_as_it_is(board):
    """It is read as Grafana's types say: nothing of ours is dropped or has another place."""
    register_default_plugins()
    back = json.loads(JSONEncoder().encode(Dashboard.from_json(board)))
    assert within(board, back)


def within(ours, theirs):
    """Whether everything of ours stands in theirs, which may have more (values by default)."""
    if isinstance(ours, dict):
        return all(key in theirs and within(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(within, ours, theirs))
    return ours == theirs


def test_links_lead_to_dashboards_that_exist(board):
    for link in board["links"]:
        assert link["type"] == "dashboards"
        assert [b for b in BOARDS.values() if set(link["tags"]) <= set(b["tags"])]
    for address in re.findall(r'"url": "(/d/[^"?]*)', json.dumps(board)):
        assert address.removeprefix("/d/") in BOARDS


def test_a_variable_is_used_where_it_is_offered(board):
    text = json.dumps([panel["targets"] for panel in panels(board)])
    for variable in board["templating"]["list"]:
        assert f"${variable['name']}" in text or f"${{{variable['name']}}}" in text
