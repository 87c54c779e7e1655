"""What docker-compose.yml says reaches the processes of one machine: nothing differs unnamed."""

import json
import re
from pathlib import Path

import pytest
import yaml

from mingjing_deploy.checkout import COMPOSE_FILE, ROOT
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.kafka.topics import platform_topics
from mingjing_deploy.local import objectstore
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.front import CADDYFILE
from mingjing_deploy.local.objectstore import EVERYTHING, RIGHTS
from mingjing_deploy.local.postgres import SETTINGS
from mingjing_deploy.local.runners import RUNNERS, STORE_USERS
from mingjing_deploy.local.starting import make_secrets
from mingjing_deploy.ports import port_base
from mingjing_deploy.topology import Place, read_topology

COMPOSE = yaml.safe_load(COMPOSE_FILE.read_text(encoding="utf-8"))
EVERYTHING_SAID = COMPOSE["services"]
ELSEWHERE = {name: said for name, said in EVERYTHING_SAID.items() if "profiles" in said}
SERVICES = {name: said for name, said in EVERYTHING_SAID.items() if name not in ELSEWHERE}
MEMBERS = ("gateway", "disclosure", "portal", "recording", "review", "tasks")
# Said by images alone; one machine says it in mingjing_deploy.local, tested beside each.
IMAGES = ("kafka", "postgres", "objectstore")
# A value that has another form on one machine, and why.
MOVED = {
    "MINGJING_WITNESS_URLS": "many processes share one address",
    "MINGJING_LIVE_URL": "many processes share one address",
    "MINGJING_PUBLIC_PORTAL_URL": "many processes share one address",
    "MINGJING_HOST": "loopback only",
    "MINGJING_FRONT_HOST": "loopback only",
    "MINGJING_PORT": "many processes share one address",
    "MINGJING_FRONT_PORT": "many processes share one address",
    "MINGJING_OBJECTSTORE_URL": "many processes share one address",
    "MINGJING_DATABASE_PORT": "many processes share one address",
    "MINGJING_TRACES_URL": "many processes share one address",
    "OTEL_EXPORTER_ZIPKIN_ENDPOINT": "many processes share one address",
    "MINGJING_INSTALLATION_CODE": "fixed at the first start, kept with the secrets",
    "MINGJING_LOG_SM2": "as was said last, kept with the secrets",
    "MINGJING_SECRETS": "a folder instead of /run/secrets",
}


@pytest.fixture
def place(tmp_path):
    return Place(read_topology(), Home(tmp_path), None, "huainan")


@pytest.fixture
def moved(tmp_path):
    return Place(read_topology(), Home(tmp_path), 40_000, "huainan")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_of_the_file_has_a_runner(name):
    assert read_topology().services[name].runner in RUNNERS


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in IMAGES])
def test_every_variable_reaches_the_local_process(place, name):
    local = place.environment(place.topology.services[name])
    said = SERVICES[name].get("environment", {})
    assert set(local) == set(said)
    for variable, text in said.items():
        if local[variable] != place.interpolate(text) and variable not in MOVED:
            assert translated(place, name, text) == local[variable], variable


def translated(place, name, value):
    """The two translations that need no word in the file: files, and names of services."""
    if value.startswith("/"):
        [source] = [
            source
            for target, source in place.topology.services[name].files.items()
            if target == value
        ]
        return str(ROOT / source.replace("${MINGJING_HOME:-./.mingjing}", str(place.home.root)))
    host, _, port = value.partition(":")
    if not port:
        return "127.0.0.1"
    plans = place.topology.services[host].ports
    [local_name] = [key for key, plan in plans.items() if plan.container == int(port)]
    return f"127.0.0.1:{place.port(host, local_name)}"


@pytest.mark.parametrize("name", SERVICES)
def test_every_dependency_reaches_the_local_process(name):
    assert read_topology().services[name].needs == {
        need: how["condition"] for need, how in SERVICES[name].get("depends_on", {}).items()
    }


@pytest.mark.parametrize("name", [name for name in SERVICES if "ports" in SERVICES[name]])
def test_every_published_port_is_the_same_locally(place, name):
    for published in SERVICES[name]["ports"]:
        address, outside, inside = published.split(":")
        assert address == "127.0.0.1"
        plans = place.topology.services[name].ports
        [port] = [key for key, plan in plans.items() if plan.container == int(inside)]
        assert place.port(name, port) == int(outside)


def test_every_worker_reaches_the_witness_of_every_other(place):
    workers = [name for name in SERVICES if name.endswith("-worker")]
    assert len(workers) == 5
    for name in workers:
        told = place.environment(place.topology.services[name])["MINGJING_WITNESS_URLS"]
        assert json.loads(told) == {
            other.removesuffix("-worker"): f"http://127.0.0.1:{place.port(other, 'http')}/witness"
            for other in workers
        }
        said = json.loads(SERVICES[name]["environment"]["MINGJING_WITNESS_URLS"])
        assert said == {
            other.removesuffix("-worker"): f"http://{other}:8000/witness" for other in workers
        }


def test_no_variable_holds_a_secret_itself():
    told = [
        (name, variable, value)
        for name, service in EVERYTHING_SAID.items()
        for variable, value in service.get("environment", {}).items()
        if re.search(r"PASSWORD|SECRET|KEY", variable)
    ]
    assert told
    for name, variable, value in told:
        assert value.startswith("/run/secrets"), f"{name}: {variable}"


def test_every_secret_named_is_declared_and_every_declared_one_is_used():
    used = {name for said in EVERYTHING_SAID.values() for name in said.get("secrets", ())}
    assert used == set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_process_gets_only_files_of_secrets_that_it_names(name):
    mentioned = set(re.findall(r"/run/secrets/([\w.-]+)", str(SERVICES[name])))
    assert mentioned <= set(SERVICES[name].get("secrets", ()))


def test_no_two_parts_share_a_port(place, moved):
    for where in (place, moved):
        ports = [
            port
            for service in where.topology.services.values()
            for port in where.ports(service).values()
        ]
        assert len(ports) == len(set(ports))


def test_the_fixed_entry_points_are_where_they_are_promised(tmp_path):
    assert Copy(Home(tmp_path), None).entry_points() == {
        "front": "http://127.0.0.1:8080/",
        "portal": "http://127.0.0.1:8081/",
        "kafka": "127.0.0.1:9094",
        "traces": "http://127.0.0.1:9411/zipkin/",
        "metrics": "http://127.0.0.1:9090/",
    }


def test_a_base_moves_every_port_into_its_own_block(tmp_path, moved):
    assert Copy(Home(tmp_path), 40_000).entry_points() == {
        "front": "http://127.0.0.1:40000/",
        "portal": "http://127.0.0.1:40001/",
        "kafka": "127.0.0.1:40002",
        "traces": "http://127.0.0.1:40014/zipkin/",
        "metrics": "http://127.0.0.1:40017/",
    }
    for service in moved.topology.services.values():
        assert all(40_000 <= port < 40_100 for port in moved.ports(service).values())


@pytest.mark.parametrize("base", ["80", "50001", "abc", "-5", "４００００"])
def test_a_base_that_cannot_be_is_refused_in_words(monkeypatch, base):
    monkeypatch.setenv("MINGJING_PORT_BASE", base)
    with pytest.raises(DeployError, match="must be a number from 1024 to 50000"):
        port_base()


def test_a_service_without_local_word_is_refused(tmp_path):
    file = tmp_path / "compose.yml"
    file.write_text("services: {odd: {image: odd}}\nsecrets: {}\n")
    with pytest.raises(DeployError, match="does not say how odd runs locally"):
        read_topology(file)


@pytest.mark.parametrize("profile", ["", "profiles: [observe], "])
def test_a_profile_and_having_no_stand_in_go_together(tmp_path, profile):
    runner = "python" if profile else "containers-only"
    file = tmp_path / "compose.yml"
    file.write_text(
        f"services: {{odd: {{{profile}x-local: {{runner: {runner}}}}}}}\nsecrets: {{}}\n"
    )
    with pytest.raises(DeployError, match="odd must have both a profile and the runner"):
        read_topology(file)


def test_what_runs_in_containers_alone_is_named_and_needed_by_nobody_here():
    assert set(read_topology().elsewhere) == set(ELSEWHERE)
    assert {"collector", "tempo", "loki", "alertmanager", "grafana"} <= set(ELSEWHERE)
    for service in read_topology().services.values():
        assert not set(service.needs) & set(ELSEWHERE)


def test_its_secrets_are_made_with_the_others(tmp_path):
    copy = Copy(Home(tmp_path), None)
    copy.home.ensure()
    make_secrets(copy)
    assert (copy.home.secrets / "grafana-admin").stat().st_mode & 0o777 == 0o600


def test_the_front_door_uses_every_variable_it_is_given_and_no_other():
    used = set(re.findall(r"\{\$(\w+)\}", CADDYFILE.read_text(encoding="utf-8")))
    assert used == set(SERVICES["front"]["environment"])


@pytest.mark.parametrize("member", MEMBERS)
def test_every_member_has_an_image_of_its_own_alone(member):
    text = (ROOT / "services" / member / "Dockerfile").read_text()
    others = [other for other in MEMBERS if other != member]
    assert f"COPY services/{member} services/{member}" in text
    assert not [other for other in others if f"services/{other}" in text]
    assert "USER 10001" in text


@pytest.mark.parametrize("folder", [*(f"services/{member}" for member in MEMBERS), "deploy"])
def test_an_images_list_is_part_of_the_whole_list(folder):
    whole = pins(ROOT / "requirements.lock")
    assert pins(ROOT / folder / "requirements.lock") <= whole


def pins(file: Path) -> set[str]:
    """Name, version and hashes; on which machines a pin is needed may differ by who needs it."""
    text = file.read_text().replace("\\\n", "")
    lines = [" ".join(line.split()) for line in text.splitlines() if line and line[0] != "#"]
    return {re.sub(r" ; .*?(?= --hash|$)", "", line) for line in lines}


def test_the_container_starts_the_same_object_store_as_one_machine():
    container = (ROOT / "deploy/objectstore/start.sh").read_text()
    local = Path(objectstore.__file__).read_text()
    for closed in (
        "-filer.disableHttp=true",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.iam=false",
        "-s3.autoCreateBucket=false",
        "-s3.allowDeleteBucketNotEmpty=false",
        "-master.telemetry=false",
    ):
        assert closed in container
        assert closed in local


def test_the_users_of_the_store_have_the_same_rights_in_both_worlds():
    container = (ROOT / "deploy/objectstore/start.sh").read_text()
    said = {
        user: tuple(json.loads(f"[{actions}]"))
        for user, actions in re.findall(r"identity (\w+) '([^']+)'", container)
    }
    assert said == {user: RIGHTS.get(user, EVERYTHING) for user in STORE_USERS}
    assert all(right.endswith(":event-archive") for right in said["tasks"])


def test_a_moved_copy_speaks_to_its_own_object_store(moved):
    for name in ("buckets", "tasks-worker"):
        env = moved.environment(moved.topology.services[name])
        port = moved.port("objectstore", "s3")
        assert env["MINGJING_OBJECTSTORE_URL"] == f"http://127.0.0.1:{port}"


def test_a_moved_copy_shows_its_own_live_oversight_and_is_ready_without_it(moved):
    web = moved.environment(moved.topology.services["tasks-web"])
    assert web["MINGJING_LIVE_URL"] == f"http://127.0.0.1:{moved.port('tasks-stream', 'http')}"
    assert moved.topology.services["tasks-stream"].optional
    needing = [name for name, one in moved.topology.services.items() if "tasks-stream" in one.needs]
    assert needing == []


def test_every_setting_of_the_container_database_is_that_of_one_machine():
    words = SERVICES["postgres"]["command"]
    said = dict(word.split("=", 1) for word in words if "=" in word)
    assert said.items() <= SETTINGS.items()


def test_every_placeholder_of_the_broker_is_filled_in_both_worlds():
    template = (ROOT / "deploy/kafka/server.properties").read_text()
    script = (ROOT / "deploy/kafka/start.sh").read_text()
    wanted = set(re.findall(r"\$\{(\w+)\}", template))
    assert set(re.findall(r"\\\$\{(\w+)\}", script)) == wanted


def test_the_topics_of_the_contract_are_made():
    made = set(platform_topics())
    departments = {"disclosure", "recording", "review", "tasks"}
    speakers = {"gateway", *departments}
    assert made == {
        *departments,
        "directory",
        "platform",
        *(f"replay.{name}" for name in speakers),
        *(f"{name}.dead-letters" for name in speakers),
    }
