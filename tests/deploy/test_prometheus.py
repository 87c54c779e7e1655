"""Prometheus asks every process there is, on one machine where they are; without it all runs."""

from __future__ import annotations

import json
import re
import shutil

import pytest
import yaml

from mingjing_deploy.checkout import PROMETHEUS_FOLDER, ROOT
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import why_not
from mingjing_deploy.local.process import Command
from mingjing_deploy.local.prometheus import MISSING, local_configuration, prepare_prometheus
from mingjing_deploy.local.state import ChildState
from mingjing_deploy.topology import Place, read_topology

CONFIGURATION = yaml.safe_load((PROMETHEUS_FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
SERVICES = read_topology().services


@pytest.fixture
def place(tmp_path):
    return Place(read_topology(), Home(tmp_path), 40_000, "huainan")


def targets(document):
    """Every address that is asked."""
    return {
        target
        for job in document["scrape_configs"]
        for group in job["static_configs"]
        for target in group["targets"]
    }


def test_without_prometheus_the_way_out_is_said(place, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeployError, match="apt-get install prometheus"):
        prepare_prometheus(tmp_path, place, SERVICES["metrics"], tmp_path / "log")


def test_status_says_why_something_optional_was_given_up():
    given_up = ChildState("metrics", False, {}, "log", phase="failed", reason=MISSING)
    assert why_not(given_up) == MISSING
    assert why_not(None) == "is not running"


def test_the_platform_does_not_need_it_to_be_ready():
    assert SERVICES["metrics"].optional
    assert [s.name for s in SERVICES.values() if "metrics" in s.needs] == []


def test_every_process_that_has_figures_is_asked():
    ours = {f"{s.name}:8000" for s in SERVICES.values() if s.runner == "python"}
    assert targets(CONFIGURATION) == {*ours, "kafka:7071"}


def test_a_process_is_asked_under_its_service_and_kind():
    for job in CONFIGURATION["scrape_configs"]:
        for group in job["static_configs"]:
            [target] = group["targets"]
            if job["job_name"] in ("mj-kafka-lag", "mj-log-check", "mj-broker"):
                continue
            service, process = target.removesuffix(":8000").split("-")
            assert group["labels"] == {"service": service, "process": process}
            assert job["job_name"] == f"mj-{process}"


def test_on_one_machine_every_target_is_where_the_copy_has_it(place):
    ports = {
        port
        for service in place.topology.services.values()
        for port in place.ports(service).values()
    }
    for target in targets(local_configuration(place)):
        host, port = target.split(":")
        assert host == "127.0.0.1"
        assert int(port) in ports


def test_the_rules_are_those_of_the_containers(place):
    [pattern] = local_configuration(place)["rule_files"]
    assert pattern == str(PROMETHEUS_FOLDER / "rules" / "*.yml")
    assert CONFIGURATION["rule_files"] == ["rules/*.yml"]


def test_every_flag_of_the_container_reaches_the_local_process(place, tmp_path):
    command = prepare_prometheus(tmp_path, place, SERVICES["metrics"], tmp_path / "log")
    said = dict(word.split("=", 1) for word in SERVICES["metrics"].command)
    here = dict(word.split("=", 1) for word in command.argv[1:])
    assert here.keys() == said.keys()
    moved = {"--config.file", "--storage.tsdb.path", "--web.listen-address"}
    assert {name for name in said if here[name] != said[name]} == moved
    assert here["--web.listen-address"] == "127.0.0.1:40017"
    assert here["--enable-feature"] == "exemplar-storage"


@pytest.mark.parametrize("where", ["containers", "here"])
def test_promtool_takes_the_configuration(where, place, tmp_path):
    file = PROMETHEUS_FOLDER / "prometheus.yml"
    if where == "here":
        prepare_prometheus(tmp_path, place, SERVICES["metrics"], tmp_path / "log")
        file = tmp_path / "prometheus.yml"
    program = shutil.which("promtool")
    assert program, "promtool is needed for this test: .ci/run installs it (package prometheus)"
    Command([program, "check", "config", str(file)], {}, tmp_path, tmp_path / "log").run("checking")


def test_the_broker_serves_a_closed_list_of_figures():
    rules = yaml.safe_load((ROOT / "deploy/kafka/jmx.yml").read_text(encoding="utf-8"))
    assert all(":type=" in name for name in rules["includeObjectNames"])
    assert all(re.compile(rule["pattern"]) for rule in rules["rules"])
    assert "*:*" not in json.dumps(rules)


def test_the_container_serves_the_brokers_figures_by_the_same_list():
    script = (ROOT / "deploy/kafka/start.sh").read_text()
    assert "7071:/opt/mingjing/jmx.yml" in script
    assert SERVICES["kafka"].ports["metrics"].container == 7071
