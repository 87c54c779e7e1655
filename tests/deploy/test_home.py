"""State, secrets and refusals of one copy: said in one sentence, nothing made by half."""

import json
import os
import socket
import stat

import pytest
from click.testing import CliRunner

from mingjing_deploy.accounts import DEMO_PUBLISHERS, write_accounts
from mingjing_deploy.cli import mingjing
from mingjing_deploy.credentials import Credentials
from mingjing_deploy.errors import DeployError, HalfMade, PortTaken
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.jars import KAFKA
from mingjing_deploy.local.kafka import KafkaPlan, prepare_kafka, scram_record
from mingjing_deploy.local.moving import read_moved, settle_ports
from mingjing_deploy.local.ports import free_port, require_free, reserve
from mingjing_deploy.local.postgres import PostgresPlan, prepare_postgres
from mingjing_deploy.local.process import Command, Identity
from mingjing_deploy.local.said import last_words
from mingjing_deploy.local.starting import make_secrets, require_space
from mingjing_deploy.local.state import ChildState, PlatformState, orphans, read_state, write_state
from mingjing_deploy.publisher import DEMO
from mingjing_deploy.topology import Place, read_topology
from mingjing_shared.trust.keys import known_keys


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.ensure()
    return made


@pytest.fixture
def cli(monkeypatch, tmp_path):
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MINGJING_PORT_BASE", "40500")
    return CliRunner()


def test_a_taken_port_is_refused_with_its_holder():
    with socket.create_server(("127.0.0.1", free_port())) as server:
        port = server.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Port {port}, needed for kafka, is taken by .*pid"):
            require_free(port, "kafka")


def test_a_port_held_by_an_outgoing_connection_is_named_as_such():
    with (
        socket.create_server(("127.0.0.1", free_port())) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        port = client.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"taken by an outgoing connection of .*{os.getpid()}"):
            require_free(port, "front")


def test_a_reserved_port_is_free_for_its_server_and_for_nobody_else():
    port = free_port()
    [place] = reserve({port: "front"})
    with place, socket.socket() as outgoing, pytest.raises(OSError, match="in use"):
        outgoing.bind(("127.0.0.1", port))
    [place] = reserve({port: "front"})
    with place, socket.create_server(("127.0.0.1", port)) as server:
        assert server.getsockname()[1] == port
        with pytest.raises(PortTaken, match="needed for portal"):
            reserve({port: "portal"})


def test_an_inner_port_in_use_by_an_outgoing_connection_gives_way(home):
    with (
        socket.create_server(("127.0.0.1", free_port())) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        taken = client.getsockname()[1]
        base = taken - 5
        settle_ports(home, base, {"postgres.sql": taken, "tasks-web.http": free_port()})
    moved = read_moved(home, base)
    assert list(moved) == ["postgres.sql"]
    assert base + 40 <= moved["postgres.sql"] <= base + 99
    assert read_moved(home, base + 1) == {}
    place = Place(read_topology(), home, base, "", moved)
    worker = place.environment(place.topology.services["tasks-worker"])
    assert worker["MINGJING_DATABASE_PORT"] == str(moved["postgres.sql"])


@pytest.mark.parametrize("base", [None, 40_500])
def test_what_is_not_needed_gives_way_to_another_program_that_listens_there(home, base):
    """As Debian's own Prometheus does, when its service runs."""
    with socket.create_server(("127.0.0.1", free_port())) as theirs:
        taken = theirs.getsockname()[1]
        settle_ports(home, base, {"metrics.http": taken}, {"metrics"})
        moved = read_moved(home, base)["metrics.http"]
        assert (base or 18_100) + 40 <= moved <= (base or 18_100) + 99
        with pytest.raises(PortTaken):
            settle_ports(home, base, {"metrics.http": taken}, set())


def test_a_nearly_full_disk_is_refused_before_anything_starts(home):
    with pytest.raises(DeployError, match="MB free; 9999999999 MB are needed"):
        require_space(home, needed_mb=9_999_999_999)


def test_a_missing_maven_is_named_with_the_way_out(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MINGJING_CACHE", str(tmp_path))
    with pytest.raises(DeployError, match=r"Maven \(mvn\) is not installed.*Install it"):
        KAFKA.there()


def test_a_jar_with_other_bytes_is_refused(monkeypatch, tmp_path):
    maven = tmp_path / "mvn"
    maven.write_text(
        "#!/bin/sh\nfor a; do case $a in -DoutputDirectory=*) d=${a#*=};; esac; done\n"
        'mkdir -p "$d"; echo other > "$d/kafka-clients-4.4.0.jar"\n'
    )
    maven.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("MINGJING_CACHE", str(tmp_path / "cache"))
    with pytest.raises(DeployError, match=r"are not those of jars.lock: .*kafka-clients-4.4.0.jar"):
        KAFKA.there()


def test_a_folder_with_somebody_elses_files_is_not_taken(tmp_path):
    (tmp_path / "thesis.txt").write_text("dear")
    with pytest.raises(HalfMade, match="holds files that are not Mingjing's"):
        Home(tmp_path).ensure()


def test_reset_never_deletes_a_folder_that_is_not_ours(cli, tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "thesis.txt").write_text("dear")
    result = cli.invoke(mingjing, ["reset", "--yes"])
    assert isinstance(result.exception, HalfMade)
    assert (folder / "thesis.txt").read_text() == "dear"


def test_secrets_are_private_and_stay_the_same(home):
    make_secrets(Copy(home, None))
    first = {file.name: file.read_text() for file in home.secrets.iterdir()}
    assert {"kafka-admin", "keys-review.json", "installation-key", "made.list"} <= first.keys()
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in home.secrets.iterdir())
    make_secrets(Copy(home, None))
    assert {file.name: file.read_text() for file in home.secrets.iterdir()} == first


@pytest.mark.parametrize(
    "lost", ["installation-key", "keys-review.json", "postgres-superuser", "log-sm2-key-tasks"]
)
def test_a_lost_secret_is_never_made_anew(home, lost):
    make_secrets(Copy(home, None))
    (home.secrets / lost).unlink()
    with pytest.raises(HalfMade, match=f"{lost} was made once and is missing; put back your copy"):
        make_secrets(Copy(home, None))
    assert not (home.secrets / lost).exists()


def test_sm2_is_off_until_it_is_said_and_stays_as_it_was_said_last(home, monkeypatch):
    copy = Copy(home, None)
    for told, kept in ((None, "off"), ("on", "on"), (None, "on"), ("off", "off"), ("", "off")):
        monkeypatch.delenv("MINGJING_SM2", raising=False)
        if told is not None:
            monkeypatch.setenv("MINGJING_SM2", told)
        make_secrets(copy)
        place = Copy(home, None).place
        worker = place.environment(place.topology.services["gateway-worker"])
        assert worker["MINGJING_LOG_SM2"] == kept
        assert worker["MINGJING_LOG_SM2_KEY_FILE"] == str(home.secrets / "log-sm2-key-gateway")
    monkeypatch.setenv("MINGJING_SM2", "yes")
    with pytest.raises(DeployError, match="MINGJING_SM2 is 'yes'; it must be `on` or `off`"):
        make_secrets(copy)


def test_a_copy_from_before_sm2_gets_its_keys_once_and_keeps_the_others(home):
    make_secrets(Copy(home, None))
    keys = {file.name: file.read_text() for file in home.secrets.iterdir()}
    ours = [name for name in keys if name.startswith("log-sm2-key-")]
    assert len(ours) == 6
    for name in ours:
        (home.secrets / name).unlink()
    made = [name for name in keys["made.list"].split() if name not in ours]
    (home.secrets / "made.list").write_text("\n".join(made))
    make_secrets(Copy(home, None))
    again = {file.name: file.read_text() for file in home.secrets.iterdir()}
    assert {name for name in keys if keys[name] != again[name]} == {*ours, "log-keys"}
    known = known_keys(home.secrets / "log-keys")
    assert all(known.log(key.name) and known.sm2(key.name) for key in known.logs)


def test_an_empty_secret_is_a_loss_too(home):
    make_secrets(Copy(home, None))
    (home.secrets / "installation-key").write_text("")
    with pytest.raises(HalfMade, match="is empty; put back your copy"):
        make_secrets(Copy(home, None))


def test_the_installation_code_is_fixed_at_the_first_start(home, monkeypatch):
    monkeypatch.setenv("MINGJING_INSTALLATION_CODE", "hefei")
    assert Credentials(home).installation_code() == "hefei"
    monkeypatch.setenv("MINGJING_INSTALLATION_CODE", "wuhu")
    assert Credentials(home).installation_code() == "hefei"


def test_keys_init_says_what_must_be_backed_up(cli, tmp_path):
    result = cli.invoke(mingjing, ["keys", "init"])
    assert result.exit_code == 0
    assert "Back them up now" in result.output
    secrets = (tmp_path / "home" / "secrets").iterdir()
    words = [file.read_text().strip() for file in secrets if file.name != "made.list"]
    assert not [word for word in words if word != "huainan" and word in result.output]


def test_status_of_a_copy_that_was_never_started_makes_nothing(cli, tmp_path):
    result = cli.invoke(mingjing, ["status", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "ready": False,
        "entry_points": {
            "front": "http://127.0.0.1:40500/",
            "portal": "http://127.0.0.1:40501/",
            "kafka": "127.0.0.1:40502",
            "traces": "http://127.0.0.1:40514/zipkin/",
            "metrics": "http://127.0.0.1:40517/",
        },
        "processes": [],
    }
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("command", ["down", "status", "reset"])
def test_what_does_not_run_is_said_so(cli, command):
    result = cli.invoke(mingjing, [command])
    assert "is not running" in result.output or "Nothing to delete" in result.output


def test_the_demonstrations_publishers_are_those_that_are_registered():
    assert tuple(publisher.name for publisher in DEMO) == DEMO_PUBLISHERS


def test_accounts_are_private_and_only_for_a_demonstration(home, monkeypatch):
    monkeypatch.setenv("DEMO", "0")
    write_accounts(home)
    assert not home.accounts.exists()


def test_a_brokers_half_made_storage_is_made_again_whole(tmp_path):
    plan = KafkaPlan(tmp_path, free_port(), free_port(), {"admin": "a", "broker": "b"})
    (tmp_path / "data.draft").mkdir()
    (tmp_path / "data.draft" / "rest").write_text("of a start that was cut off")
    command = prepare_kafka(plan)
    kept = sorted(file.name for file in plan.data.iterdir())
    assert "meta.properties" in kept
    assert "rest" not in kept
    assert not [word for word in command.argv if word in ("a", "b")]
    assert stat.S_IMODE((tmp_path / "server.properties").stat().st_mode) == 0o600
    prepare_kafka(plan)
    assert sorted(file.name for file in plan.data.iterdir()) == kept


@pytest.mark.parametrize(
    "prepare",
    [
        lambda home: prepare_kafka(
            KafkaPlan(home, free_port(), free_port(), {"admin": "a", "broker": "b"})
        ),
        lambda home: prepare_postgres(PostgresPlan(home, free_port(), "p", {})),
    ],
)
def test_a_folder_that_is_no_storage_is_never_overwritten(tmp_path, prepare):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.txt").write_text("dear")
    with pytest.raises(HalfMade, match="`mingjing reset` clears it"):
        prepare(tmp_path)
    assert (tmp_path / "data" / "thesis.txt").read_text() == "dear"


def test_a_scram_record_does_not_hold_the_password():
    record = scram_record("casework", "secret-word")
    assert "secret-word" not in record
    assert record.startswith("SCRAM-SHA-256=[name=casework,salt=")


def test_what_a_dead_supervisor_left_behind_is_known(home, tmp_path):
    command = Command(["sleep", "60"], dict(os.environ), tmp_path, tmp_path / "log")
    process = command.spawn()
    try:
        started = Identity.of(process.pid).started
        child = ChildState("web", False, {}, "", pid=process.pid, started=started)
        gone = ChildState("old", False, {}, "", pid=process.pid, started=started - 60)
        write_state(home, PlatformState(2**22 - 1, 1.0, "", None, [], children=[child, gone]))
        assert [left.name for left in orphans(home)] == ["web"]
    finally:
        process.kill()
        process.wait()


def test_a_state_that_cannot_be_read_counts_as_none(home):
    (home.run / "state.json").write_text('{"half":')
    assert read_state(home) is None


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("", ""),
        ("first\nlast\n\n", "last"),
        (
            '{"event": "misconfigured", "message": "钥匙不对。", "way_out": "换回来。"}\n',
            "钥匙不对。 换回来。",
        ),
        ('{"event": "started"}\n', "started"),
    ],
)
def test_the_last_words_of_a_log_are_for_people(tmp_path, log, words):
    (tmp_path / "x.log").write_text(log)
    assert last_words(tmp_path / "x.log") == words
