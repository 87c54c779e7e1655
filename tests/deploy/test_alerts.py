"""Every alert fires when it should, is silent otherwise, and leads to a page of what to do."""

from __future__ import annotations

import re
import shutil
import tomllib

import pytest
import yaml

from mingjing_deploy.checkout import PROMETHEUS_FOLDER, ROOT
from mingjing_deploy.local.process import Command

RULES = sorted((PROMETHEUS_FOLDER / "rules").glob("*.yml"))
ALERTS = {
    rule["alert"]: (file.stem, rule)
    for file in RULES
    for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
    if "alert" in rule
}
ROUTES = yaml.safe_load((ROOT / "deploy/alertmanager/alertmanager.yml").read_text(encoding="utf-8"))
CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture
def promtool(tmp_path):
    """Run promtool; what it says is in the failure."""
    program = shutil.which("promtool")
    assert program, "promtool is needed for this test: .ci/run installs it (package prometheus)"

    def run(*arguments):
        Command([program, *arguments], {}, tmp_path, tmp_path / "promtool.log").run("promtool")

    return run


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_the_rules_are_well_formed(file, promtool):
    promtool("check", "rules", str(file))


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_each_alert_fires_and_is_silent_as_told(file, promtool):
    promtool("test", "rules", str(PROMETHEUS_FOLDER / "tests" / file.name))


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_is_tried_both_ways(name):
    file = PROMETHEUS_FOLDER / "tests" / f"{ALERTS[name][0]}.yml"
    cases = [
        case
        for test in yaml.safe_load(file.read_text(encoding="utf-8"))["tests"]
        for case in test.get("alert_rule_test", ())
        if case["alertname"] == name
    ]
    assert {bool(case["exp_alerts"]) for case in cases} == {True, False}


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_says_who_is_called_in_chinese_and_what_to_read(name):
    rule = ALERTS[name][1]
    assert rule["labels"]["severity"] in {"page", "ticket", "business"}
    said = rule["annotations"]
    assert CHINESE.search(said["summary"])
    assert CHINESE.search(said["description"])
    page = ROOT / said["runbook_url"]
    assert name in page.read_text(encoding="utf-8")


def test_every_severity_has_its_way_to_somebody():
    ways = {route["matchers"][0].split(" = ")[1] for route in ROUTES["route"]["routes"]}
    assert ways == {rule["labels"]["severity"] for _, rule in ALERTS.values()}
    receivers = {receiver["name"] for receiver in ROUTES["receivers"]}
    assert {route["receiver"] for route in ROUTES["route"]["routes"]} == receivers


def test_what_inhibits_and_what_is_inhibited_exists():
    for rule in ROUTES["inhibit_rules"]:
        for matcher in (*rule["source_matchers"], *rule["target_matchers"]):
            for pattern in matcher.split(" ", 2)[2].strip('"').split("|"):
                assert [name for name in ALERTS if re.fullmatch(pattern, name)], pattern


def test_what_counts_as_nearly_too_late_is_half_of_the_shortest_keeping():
    topics = tomllib.loads((ROOT / "deploy/kafka/topics.toml").read_text(encoding="utf-8"))
    kept = {name: topic.get("retention_days") for name, topic in topics["topics"].items()}
    shortest = min(days for name, days in kept.items() if days and name != "replay")
    assert f"> 0.5 * {shortest * 86_400}" in ALERTS["MjRetentionEatsEvents"][1]["expr"]
