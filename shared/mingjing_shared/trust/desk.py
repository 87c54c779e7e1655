"""The trust of one event process: its log, its word as a witness, and the route to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from mingjing_shared.trust.keys import (
    known_keys,
    log_signer,
    origin_of,
    sm2_signer,
    witness_name,
    witness_signer,
)
from mingjing_shared.trust.log import Log, neighbours_of
from mingjing_shared.trust.witness import BODY_BYTES_MAX, Memory, Witness
from mingjing_shared.trust.writing import INNER_CONTENTS

if TYPE_CHECKING:
    from starlette.requests import Request

    from mingjing_shared.database import Database
    from mingjing_shared.settings import Settings
    from mingjing_shared.trust.writing import Contents

MEMORY = "witnessed.json"
WITNESS_PATH = "/witness/add-checkpoint"


def log_of(
    settings: Settings,
    database: Database,
    contents: Contents = INNER_CONTENTS,
    name: str | None = None,
) -> Log:
    """A log of the service, to be worked at by its event process: its own, unless named.

    Raises:
        Misconfigured: a key file is missing or malformed.
    """
    code = settings.installation_code
    known = known_keys(settings.log_keys_file)
    keys = {
        service: [key for key in known.witnesses if key.name == witness_name(code, service)]
        for service in settings.witness_urls
        if service != settings.service
    }
    origin = origin_of(code, name or settings.service)
    return Log(
        database,
        contents,
        log_signer(settings.log_key_file, origin),
        neighbours_of(settings.witness_urls, keys),
        sm2_signer(settings.log_sm2_key_file, origin) if settings.log_sm2 else None,
    )


def witness_of(settings: Settings, database: Database) -> Witness:
    """The service as a witness of the other services' logs.

    Raises:
        Misconfigured: a key file is missing or malformed.
    """
    return Witness(
        database,
        witness_signer(
            settings.witness_key_file,
            settings.witness_ml_dsa_key_file,
            witness_name(settings.installation_code, settings.service),
        ),
        known_keys(settings.log_keys_file),
        Memory(settings.witness_folder / MEMORY),
    )


def witness_route(witness: Witness) -> Route:
    """Where logs ask for co-signatures; who may ask is settled by the signature on the head."""

    async def add_checkpoint(request: Request) -> Response:
        raw = b""
        async for part in request.stream():
            raw += part
            if len(raw) > BODY_BYTES_MAX:
                return Response("内容过长\n", status_code=413)
        answer = await witness.add_checkpoint(raw)
        headers = {
            "Content-Type": answer.content_type
        }  # exactly: the framework adds to a media type
        return Response(answer.body, answer.status, headers=headers)

    return Route(WITNESS_PATH, add_checkpoint, methods=["POST"])
