"""上传: the file of a recording or of a document, read piece by piece."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from prometheus_client import Gauge
from starlette.responses import RedirectResponse, Response

from mingjing_recording.acts.probing import look_into_document, look_into_footage
from mingjing_recording.acts.upload import (
    ACT,
    DocumentTarget,
    FootageTarget,
    add_document_file,
    add_footage_file,
    begun_at,
    document_target,
    footage_target,
    refuse_late_link,
    refuse_other_file,
    refuse_other_time,
)
from mingjing_recording.pages import words
from mingjing_recording.pages.multipart import UploadForm, drain
from mingjing_recording.pages.sight import note_refusal, refuse_unless_allowed
from mingjing_recording.rules.media import DOCUMENTS, FOOTAGE
from mingjing_recording.store.blob import blob_of
from mingjing_recording.store.page.upload import what_is_expected
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import SHANGHAI, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form
from mingjing_shared.web.permissions import About, acts, allowing_role

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_recording.acts.keeping import Held, Intake, Vault
    from mingjing_recording.settings import RecordingSettings
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.shell import Shell

UPLOADS = Gauge("mj_upload_inflight", "Uploads that are coming in or being kept now")
KINDS = ("footage", "document")
_FIELDS = ("footage_id", "action_id", "case_ref", "document_number", "started_at")
_NUMBER_CHARS_MAX = 100


def routes(
    shell: Shell, database: Database, vault: Vault, settings: RecordingSettings
) -> APIRouter:
    """``/recording/upload``."""
    router = APIRouter(include_in_schema=False)

    async def page(request: Request, form: Form, error: MingjingError | None = None) -> Response:
        kind = form.values.get("kind")
        tree = await unit_tree(database, legal_today())
        known = await what_is_expected(database, form.values)
        expected = {
            name: row if row is not None and may(officer_of(request), row, tree) else None
            for name, row in known.items()
        }
        return shell.page(
            request,
            "upload.html",
            status=200 if error is None else error.status,
            form=form,
            error=error,
            kind=kind if kind in KINDS else "footage",
            expected=expected,
            words=words,
            kinds=(DOCUMENTS if kind == "document" else FOOTAGE).values(),
            mb_max=settings.upload_bytes_max // (1024 * 1024),
        )

    @router.get("/recording/upload")
    async def empty(request: Request) -> Response:
        if not may_bring_anything(officer_of(request)):
            async with at_desk(request, database) as desk:
                await desk.permit(ACT, Subject("upload", "-"), About())
        given = {name: request.query_params.get(name, "") for name in ("kind", *_FIELDS)}
        return await page(request, Form(values=given))

    @router.post("/recording/upload")
    async def upload(request: Request) -> Response:
        bringing = Bringing(request, database, vault, settings)
        try:
            with UPLOADS.track_inprogress():
                await bringing.take_in()
                outcome, back = await bringing.keep()
        except MingjingError as error:
            await bringing.refused(error)
            return await page(request, bringing.form, error)
        finally:
            bringing.close()
        return RedirectResponse(f"{back}?done={outcome}", 303)

    return router


def may_bring_anything(officer: Officer) -> bool:
    """Whether any role of an officer reaches files at all."""
    return any(role.code in acts()[ACT].reach for role in officer.roles)


def may(officer: Officer, row: Row[Any], tree: UnitTree) -> bool:
    """Whether an officer may bring files for this recording, act or case."""
    return allowing_role(officer, ACT, about(row), tree) is not None


class Bringing:
    """One upload, from the request to the kept file."""

    def __init__(
        self, request: Request, database: Database, vault: Vault, settings: RecordingSettings
    ) -> None:
        self._request = request
        self._database = database
        self._vault = vault
        self._bytes_max = settings.upload_bytes_max
        self.form = Form()
        self._upload = UploadForm(request, self._begin, self.form)
        self._target: FootageTarget | DocumentTarget | None = None
        self._held: Held | None = None

    async def take_in(self) -> None:
        """Read the upload; what came is held, encrypted, and not kept yet.

        Raises:
            MingjingError: it may not come, did not come whole, or is too large.
        """
        intake = await self._upload.read()
        self._held = await asyncio.to_thread(intake.finish)

    async def keep(self) -> tuple[str, str]:
        """Look into the file, keep it if it is new, record it; what was done and where to go.

        Raises:
            MingjingError: it is not what is taken here, or the store does not answer.
        """
        held, target = self._held, self._target
        assert held is not None
        assert target is not None
        refuse_other_file(target.told_sha256, held.sha256)
        row = None
        if await blob_of(self._database, held.sha256) is None:
            row = await self._kept(held, target)
            target = self._target
        async with at_desk(self._request, self._database) as desk:
            if isinstance(target, FootageTarget):
                outcome = await add_footage_file(desk, target, held.sha256, row)
                return outcome, f"/recording/footage/{target.footage_id}"
            assert target is not None
            outcome = await add_document_file(desk, target, held.sha256, row)
            case_ref = self._database.installation.references.case(target.case_number)
            return outcome, f"/recording/casefiles/{case_ref}"

    async def _kept(self, held: Held, target: FootageTarget | DocumentTarget) -> dict[str, Any]:
        if isinstance(target, FootageTarget):
            probed = await asyncio.to_thread(look_into_footage, held)
            self._target = begun_at(target, probed.started_at)
            refuse_other_time(self._target, probed.duration_ms)
        else:
            probed = look_into_document(held)
        return await self._vault.keep(
            held, media_type=probed.media_type, duration_ms=probed.duration_ms
        )

    async def refused(self, error: MingjingError) -> None:
        """Note what was refused after the right to act was proved, and let the sender read why."""
        await drain(self._request)
        if self._target is not None and error.code != "not-allowed":
            await note_refusal(self._request, self._database, ACT, self._target.subject, error)

    def close(self) -> None:
        """Let go of what was held."""
        self._upload.close()

    async def _begin(self) -> Intake:
        """The fields are read: may this file come at all?"""
        declared = int(self._request.headers.get("content-length") or 0)
        intake = self._vault.intake()
        try:
            intake.refuse_longer(declared)
            target = await self._find_target()
            asked = [(ACT, target.subject, target.about)]
            if isinstance(target, FootageTarget):
                asked += target.linking
            for act, subject, what in asked:
                await refuse_unless_allowed(self._request, self._database, act, subject, what)
            self._target = target
            if isinstance(target, FootageTarget):
                await refuse_late_link(self._database, target)
        except BaseException:
            intake.close()
            raise
        return intake

    async def _find_target(self) -> FootageTarget | DocumentTarget:
        form = self.form
        given = {name: form.values.get(name, "").strip() for name in _FIELDS}
        async with self._database.transaction() as tx:
            if form.values.get("kind") == "document":
                number = form.text("document_number", "文书字号", chars_max=_NUMBER_CHARS_MAX)
                form.refuse_if_wrong()
                return await document_target(tx, case_ref=given["case_ref"], document_number=number)
            return await footage_target(
                tx,
                officer_of(self._request),
                footage_id=given["footage_id"] or None,
                action_id=given["action_id"] or None,
                started_at=_instant(given["started_at"]),
            )


def _instant(text: str) -> datetime | None:
    """A local date and time as a form sends it.

    Raises:
        InvalidInput: it is none.
    """
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            "录像开始时间不是日期时间。", "按 2026-09-10 22:30 的样子填写。"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)
