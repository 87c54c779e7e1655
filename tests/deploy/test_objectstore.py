"""What is locked stays, whichever door one tries; and no door is open that we did not name."""

import base64
import hashlib
from datetime import timedelta

import httpx
import psutil
import pytest

from mingjing_deploy.local.objectstore import start_objectstore
from mingjing_shared.clock import machine_now

EVIDENCE = b"footage"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    server = start_objectstore(tmp_path_factory.mktemp("objectstore"))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def s3(store, s3_client):
    (user, secret) = next(iter(store.users.items()))
    return s3_client(f"http://127.0.0.1:{store.ports.s3}", user, secret)


@pytest.fixture(scope="module")
def locked(s3):
    """Evidence under a COMPLIANCE lock of one hour; gives its version."""
    made = s3.request("PUT", "/worm", headers={"x-amz-bucket-object-lock-enabled": "true"})
    assert made.status_code == 200, made.text
    until = (machine_now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    stored = s3.request(
        "PUT",
        "/worm/evidence",
        body=EVIDENCE,
        headers={
            "x-amz-object-lock-mode": "COMPLIANCE",
            "x-amz-object-lock-retain-until-date": until,
            "content-md5": base64.b64encode(hashlib.md5(EVIDENCE).digest()).decode(),
        },
    )
    assert stored.status_code == 200, stored.text
    return stored.headers["x-amz-version-id"]


def test_a_locked_version_cannot_be_deleted_by_its_own_owner(s3, locked):
    refused = s3.request("DELETE", "/worm/evidence", query=f"versionId={locked}")
    assert refused.status_code == 403
    kept = s3.request("GET", "/worm/evidence", query=f"versionId={locked}")
    assert kept.content == EVIDENCE


def test_a_bucket_that_holds_evidence_cannot_be_deleted(s3, locked):
    assert s3.request("DELETE", "/worm").status_code == 409
    assert s3.request("GET", "/worm/evidence", query=f"versionId={locked}").content == EVIDENCE


@pytest.mark.parametrize(
    "path",
    ["/buckets/worm/evidence", "/buckets/worm?recursive=true", "/?recursive=true"],
)
@pytest.mark.parametrize("method", ["DELETE", "GET", "PUT"])
def test_the_filer_lets_nobody_past_the_lock(store, s3, locked, method, path):
    url = f"http://127.0.0.1:{store.ports.filer}{path}"
    try:
        answer = httpx.request(method, url, content=b"other" if method == "PUT" else None)
    except httpx.TransportError:
        pass  # the door is closed altogether
    else:
        assert answer.status_code in (401, 403, 404, 405)
    assert s3.request("GET", "/worm/evidence", query=f"versionId={locked}").content == EVIDENCE


@pytest.mark.parametrize("path", ["/dir/assign", "/1,01637037d6"])
def test_the_volumes_take_nothing_without_a_token(store, path):
    answer = httpx.request("DELETE", f"http://127.0.0.1:{store.ports.volume}{path}")
    assert answer.status_code in (400, 401, 403, 404, 405)


def test_a_stranger_is_refused_at_the_s3_door(store, s3_client, locked):
    stranger = s3_client(f"http://127.0.0.1:{store.ports.s3}", "test", "guessed")
    answer = stranger.request("GET", "/worm/evidence", query=f"versionId={locked}")
    assert answer.status_code == 403


def test_every_open_port_is_on_loopback_and_was_planned(store):
    planned = set(vars(store.ports).values())
    listening = [
        connection.laddr
        for connection in psutil.Process(store.pid).net_connections(kind="tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert {address.port for address in listening} == planned
