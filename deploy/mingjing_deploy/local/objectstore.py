"""The object store on one machine: S3 with object lock, loopback only.

SeaweedFS's filer would delete what a lock protects when asked by plain HTTP. Its HTTP door is
therefore closed, and every inner port asks for a token signed with keys of this copy. What
remains on one machine: whoever may read the keys may sign (deploy/README.md).
"""

import base64
import http.client
import json
import os
import secrets
import signal
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from mingjing_deploy.local import programs
from mingjing_deploy.local.ports import LOOPBACK, free_port
from mingjing_deploy.local.process import Command, Server

VOLUME_SIZE_MB = 256
VOLUMES_MAX = 40
READY_TIMEOUT_SECONDS = 2.0
EVERYTHING = ("Admin", "Read", "Write", "List", "Tagging")
# Who has less than everything; deploy/objectstore/start.sh says the same.
KEEPING = ("Read", "Write", "List", "PutObjectRetention")
RIGHTS = {
    "recording": tuple(f"{action}:footage" for action in KEEPING),
    "tasks": tuple(f"{action}:event-archive" for action in KEEPING),
}
GUARDED = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")


@dataclass(frozen=True)
class ObjectStorePorts:
    """Every port the store opens."""

    s3: int
    master: int
    volume: int
    filer: int
    s3_grpc: int
    master_grpc: int
    volume_grpc: int
    filer_grpc: int


@dataclass(frozen=True)
class ObjectStorePlan:
    """Where one store lives and listens, and who may use it: user name to secret key."""

    home: Path
    ports: ObjectStorePorts
    users: Mapping[str, str]

    @property
    def log(self) -> Path:
        """What the store says."""
        return self.home / "objectstore.log"


def prepare_objectstore(plan: ObjectStorePlan, log: Path | None = None) -> Command:
    """Make the store ready to be started: folders, users, the keys that guard its inner ports."""
    data = plan.home / "data"
    settings = plan.home / "settings"
    for folder in (plan.home, data, settings):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_guard(settings / "security.toml")
    _write_private(settings / "s3.json", json.dumps(_identities(plan.users)))
    ports = plan.ports
    argv = [
        programs.find("weed"),
        f"-config_dir={settings}",
        "-logtostderr=true",
        "server",
        f"-ip={LOOPBACK}",
        f"-ip.bind={LOOPBACK}",
        f"-dir={data}",
        f"-master.port={ports.master}",
        f"-master.port.grpc={ports.master_grpc}",
        f"-master.volumeSizeLimitMB={VOLUME_SIZE_MB}",
        "-master.telemetry=false",
        "-master.electionTimeout=1s",
        f"-volume.port={ports.volume}",
        f"-volume.port.grpc={ports.volume_grpc}",
        f"-volume.max={VOLUMES_MAX}",
        "-volume.preStopSeconds=1",
        "-filer",
        "-filer.disableHttp=true",
        f"-filer.port={ports.filer}",
        f"-filer.port.grpc={ports.filer_grpc}",
        "-s3",
        f"-s3.port={ports.s3}",
        f"-s3.port.grpc={ports.s3_grpc}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.config={settings / 's3.json'}",
        "-s3.iam=false",
        "-s3.autoCreateBucket=false",
        "-s3.allowDeleteBucketNotEmpty=false",
    ]
    env = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(plan.home),
        "GOMEMLIMIT": "256MiB",
    }
    return Command(argv, env, plan.home, log or plan.log, signal.SIGTERM)


def objectstore_problem(port: int) -> str | None:
    """Say why the store's S3 door cannot be used; None when it answers (with a refusal)."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=READY_TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except OSError as problem:
        return str(problem)
    finally:
        connection.close()
    return None if status == http.HTTPStatus.FORBIDDEN else f"S3 answers {status}"


def _identities(users: Mapping[str, str]) -> dict[str, object]:
    return {
        "identities": [
            {
                "name": user,
                "credentials": [{"accessKey": user, "secretKey": secret}],
                "actions": RIGHTS.get(user, EVERYTHING),
            }
            for user, secret in users.items()
        ]
    }


def _write_guard(path: Path) -> None:
    if path.exists():
        return
    parts = [
        f'[{part}]\nkey = "{base64.b64encode(secrets.token_bytes(32)).decode()}"\n'
        for part in GUARDED
    ]
    _write_private(path, "\n".join(parts))


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


class ObjectStoreServer(Server):
    """An object store that a test owns."""

    name = "objectstore"

    def __init__(self, plan: ObjectStorePlan) -> None:
        self.ports = plan.ports
        self.users = plan.users
        super().__init__(prepare_objectstore(plan), lambda: objectstore_problem(plan.ports.s3))


def start_objectstore(home: Path, *, users: Mapping[str, str] | None = None) -> ObjectStoreServer:
    """Start a store in a folder of its own on free ports; return when its S3 door answers."""
    ports = ObjectStorePorts(**{field.name: free_port() for field in fields(ObjectStorePorts)})
    known = users or {"test": secrets.token_urlsafe(24)}
    server = ObjectStoreServer(ObjectStorePlan(home, ports, known))
    server.start()
    return server
