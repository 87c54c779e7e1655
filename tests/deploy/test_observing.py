"""What looks at the platform in containers: its files fit together, though none runs here."""

from __future__ import annotations

import re

import pytest
import yaml

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.dashboards.__main__ import FOLDER
from mingjing_shared.telemetry.scrubbing import ALLOWED, OURS
from support.boards import metrics_of

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def read(path):
    """A file of the checkout."""
    return yaml.safe_load((ROOT / "deploy" / path).read_text(encoding="utf-8"))


COLLECTOR = read("otelcol/config.yml")
SOURCES = {
    source["uid"]: source
    for source in read("grafana/provisioning/datasources/mingjing.yml")["datasources"]
}
OBSERVERS = [name for name, said in COMPOSE.items() if said.get("profiles") == ["observe"]]


def listening(name):
    """The ports that a service of the profile listens on, by its own configuration."""
    text = {
        "tempo": str(read("tempo/tempo.yml")),
        "loki": str(read("loki/loki.yml")),
        "collector": str(COLLECTOR),
        "metrics": str(COMPOSE["metrics"]["command"]),
        "alertmanager": "'http_listen_port': 9093",  # its default
    }[name]
    found = re.findall(r"'http_listen_port': (\d+)|0\.0\.0\.0:(\d+)", text)
    return {int(one or other) for one, other in found}


def test_the_collector_lets_through_what_a_process_lets_through_and_nothing_else():
    rule = COLLECTOR["processors"]["redaction"]
    assert rule["allow_all_keys"] is False
    keys = set(rule["allowed_keys"])
    of_the_process = {"service.name", "service.instance.id"}
    assert {key for key in keys if not key.startswith(OURS)} == ALLOWED | of_the_process


def test_every_mark_of_ours_on_a_span_passes_the_collector():
    code = [*(ROOT / "shared").rglob("*.py"), *(ROOT / "services").rglob("*.py")]
    marks = {m for f in code for m in re.findall(r'"(mj\.[a-z_.]*[a-z_])"', f.read_text("utf-8"))}
    keys = set(COLLECTOR["processors"]["redaction"]["allowed_keys"])
    assert {key for key in keys if key.startswith(OURS)} == marks


def test_every_part_of_the_collector_is_used_and_every_used_one_is_there():
    lines = COLLECTOR["service"]["pipelines"].values()
    for kind in ("receivers", "processors", "exporters"):
        assert {name for line in lines for name in line[kind]} == set(COLLECTOR[kind])


def test_traces_are_scrubbed_before_one_chooses_which_are_kept():
    order = COLLECTOR["service"]["pipelines"]["traces"]["processors"]
    assert order == ["memory_limiter", "redaction", "transform", "tail_sampling", "batch"]


def test_errors_slow_and_retried_ones_are_kept_and_a_tenth_of_the_rest():
    policies = {p["type"]: p for p in COLLECTOR["processors"]["tail_sampling"]["policies"]}
    assert policies["status_code"]["status_code"]["status_codes"] == ["ERROR"]
    assert policies["latency"]["latency"]["threshold_ms"] == 2000
    retried = policies["string_attribute"]["string_attribute"]
    assert (retried["key"], retried["values"]) == ("mj.attempt", ["alone"])
    assert '"alone"' in (ROOT / "shared/mingjing_shared/messaging/settling.py").read_text("utf-8")
    assert policies["probabilistic"]["probabilistic"]["sampling_percentage"] == 10


@pytest.mark.parametrize("exporter", COLLECTOR["exporters"].values(), ids=str)
def test_the_collector_sends_to_where_somebody_listens(exporter):
    host, port = re.search(r"(?://)?(\w+):(\d+)", exporter["endpoint"]).groups()
    assert int(port) in listening(host)


def test_processes_speak_to_the_collector_where_it_listens():
    endpoint = COMPOSE["tasks-worker"]["environment"]["OTEL_EXPORTER_OTLP_ENDPOINT"]
    assert "http://collector:4318" in endpoint
    assert 4318 in listening("collector")


@pytest.mark.parametrize("uid", SOURCES)
def test_a_source_of_grafana_is_where_its_service_listens(uid):
    host, port = re.fullmatch(r"http://(\w+):(\d+)", SOURCES[uid]["url"]).groups()
    assert host in COMPOSE
    assert int(port) in listening(host)


def test_from_figures_one_comes_to_traces_and_from_these_to_logs_and_back():
    data = {uid: source["jsonData"] for uid, source in SOURCES.items()}
    [way] = data["mj-prometheus"]["exemplarTraceIdDestinations"]
    assert (way["name"], way["datasourceUid"]) == ("trace_id", "mj-tempo")
    assert data["mj-tempo"]["tracesToLogsV2"]["datasourceUid"] == "mj-loki"
    assert data["mj-tempo"]["tracesToMetrics"]["datasourceUid"] == "mj-prometheus"
    [back] = data["mj-loki"]["derivedFields"]
    assert back["datasourceUid"] == "mj-tempo"
    assert re.search(back["matcherRegex"], '{"trace_id": "0af7651916cd43dd8448eb211c80319c"}')
    named = set(re.findall(r"'datasourceUid': '([\w-]+)'", str(data)))
    assert named <= set(SOURCES)


def test_the_figure_beside_a_trace_exists():
    [query] = SOURCES["mj-tempo"]["jsonData"]["tracesToMetrics"]["queries"]
    assert metrics_of(query["query"]) == {"mj_event_effect_latency_seconds"}
    assert "$$__tags" in query["query"]


def test_grafana_finds_the_dashboards_of_the_checkout_and_lets_nobody_change_them():
    [provider] = read("grafana/provisioning/dashboards/mingjing.yml")["providers"]
    assert provider["allowUiUpdates"] is False
    mounts = [mount.split(":")[:2] for mount in COMPOSE["grafana"]["volumes"]]
    assert [f"./{FOLDER.relative_to(ROOT)}", provider["options"]["path"]] in mounts
    home = COMPOSE["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert (FOLDER / home.rsplit("/", 1)[1]).exists()


@pytest.mark.parametrize("name", OBSERVERS)
def test_every_file_that_an_observer_reads_is_mounted(name):
    for mount in COMPOSE[name]["volumes"]:
        source, target, *_ = mount.split(":")
        if source.startswith("./"):
            assert (ROOT / source).is_dir()
        for word in COMPOSE[name].get("command", ()):
            file = word.split("=", 1)[1]
            if source.startswith("./") and file.startswith(target):
                assert (ROOT / source / file.removeprefix(f"{target}/")).is_file()


def test_whoever_is_told_of_alerts_is_where_prometheus_looks():
    [group] = read("prometheus/prometheus.yml")["alerting"]["alertmanagers"]
    [static] = group["static_configs"]
    assert static["targets"] == ["alertmanager:9093"]
    assert "alertmanager" in OBSERVERS


def test_nothing_of_it_is_reached_from_outside_the_machine():
    for name in OBSERVERS:
        assert all(port.startswith("127.0.0.1:") for port in COMPOSE[name].get("ports", ()))
