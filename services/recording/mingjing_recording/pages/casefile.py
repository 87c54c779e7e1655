"""案卷: which case files must be made, what one holds and lacks, and archiving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_recording.acts.casefile import ACT as ARCHIVE
from mingjing_recording.acts.casefile import (
    archive_casefile,
    build_package,
    ready_to_archive,
)
from mingjing_recording.acts.upload import ACT as UPLOAD
from mingjing_recording.acts.viewing import look_here, read_words
from mingjing_recording.pages import words
from mingjing_recording.pages.action import VIEWS
from mingjing_recording.pages.action import shown as shown_action
from mingjing_recording.pages.footage import shown as shown_footage
from mingjing_recording.pages.sight import (
    SEE,
    note_refusal,
    reach_here,
    refuse_unless_allowed,
)
from mingjing_recording.store.case import case_by_ref
from mingjing_recording.store.casefile import decisions_of_case, packages
from mingjing_recording.store.contents import contents_of_case
from mingjing_recording.store.document import documents_of_case
from mingjing_recording.store.page.action import actions_of_case
from mingjing_recording.store.page.casefile import ListedCasefile, casefile_of, newest_casefiles
from mingjing_recording.store.page.counting import counts_by_state
from mingjing_recording.store.page.footage import footage_of_case
from mingjing_recording.store.reach import about
from mingjing_recording.store.sealed import DOCUMENT_TITLE, LACKING
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import STATED
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_recording.acts.keeping import Vault
    from mingjing_shared.database import Database
    from mingjing_shared.web.permissions import About
    from mingjing_shared.web.purpose import Look
    from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database, vault: Vault) -> APIRouter:
    """The list, the page of one case file, and archiving it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/recording/casefiles")
    async def casefiles(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, words.CASEFILE_STATES)
        reach = await reach_here(request, database)
        page = await newest_casefiles(database, reach, state=chosen, after=after)
        counts = await counts_by_state(database, "casefiles", words.CASEFILE_STATES, reach)
        return shell.page(
            request,
            "casefiles.html",
            views=VIEWS,
            tiles=tiles(words.CASEFILE_STATES, counts),
            count_max=COUNTED_MAX,
            asked={"state": chosen},
            after=after,
            next=page.next,
            rows=[_shown(casefile, database) for casefile in page.rows],
        )

    @router.get("/recording/casefiles/{case_ref}")
    async def casefile(request: Request, case_ref: str) -> Response:
        return await _page(request, shell, database, case_ref)

    @router.post("/recording/casefiles/{case_ref}/packages")
    async def archive(request: Request, case_ref: str) -> Response:
        form = Form()
        try:
            form = await read_form(request)
            lacking = form.text("lacking", "缺件说明", required=False)
            form.refuse_if_wrong()
            await _archive(request, database, vault, case_ref, lacking)
        except MingjingError as error:
            return await _page(request, shell, database, case_ref, form=form, error=error)
        return RedirectResponse(f"/recording/casefiles/{case_ref}?done=archived", 303)

    return router


async def _archive(
    request: Request, database: Database, vault: Vault, case_ref: str, lacking: str
) -> None:
    """Three steps, so that no transaction waits for a package: may it be, build, record.

    Raises:
        MingjingError: the officer may not, the file is not ready, or the store does not answer.
    """
    case = await _case(database, case_ref)
    subject = Subject("casefile", case.case_number, case.case_number)
    await refuse_unless_allowed(request, database, ARCHIVE, subject, about(case))
    try:
        async with database.transaction() as tx:
            case, contents = await ready_to_archive(tx, case_ref, lacking)
        held = await build_package(vault, officer_of(request), case, contents, lacking)
        try:
            row = await vault.keep(held, media_type="application/zip")
        finally:
            held.close()
    except MingjingError as error:
        await note_refusal(request, database, ARCHIVE, subject, error)
        raise
    async with at_desk(request, database) as desk:
        await archive_casefile(
            desk, case_ref, package=row, built_from=contents.digest, lacking=lacking
        )


async def _case(database: Database, case_ref: str) -> Row[Any]:
    case = await case_by_ref(database, case_ref)
    if case is None:
        raise NotFound("没有这个案件的案卷。", "案件可能尚未受案，或地址不完整。")
    return case


async def _page(
    request: Request,
    shell: Shell,
    database: Database,
    case_ref: str,
    *,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    case = await _case(database, case_ref)
    subject, what = Subject("casefile", case.case_number, case.case_number), about(case)
    tree = await refuse_unless_allowed(request, database, SEE, subject, what)
    officer = officer_of(request)
    contents = await contents_of_case(database, case.case_key)
    package = (await packages(database, [case.case_key])).get(case.case_key)
    file = await casefile_of(database, case.case_key)
    documents = await _documents(database, case)
    sealed = documents or (package is not None and package.lacking is not None)
    look = await _look(request, database, subject, what, is_read=bool(sealed))
    reads = look is not None and look.purpose is not None
    return shell.page(
        request,
        "casefile.html",
        status=200 if error is None else error.status,
        case=case,
        case_kind=word_of(case.kind, words.CASE_KINDS).name,
        unit=tree.name_of(case.unit),
        file=file,
        state=word_of(file.state, words.CASEFILE_STATES) if file else None,
        reason=word_of(file.reason, words.END_REASONS).name if file else None,
        contents=contents,
        package=package,
        is_explained=package is not None and package.lacking is not None,
        lacking=_lacking(database, package) if reads else None,
        reads=reads,
        must_say_why=look is not None and not reads,
        purposes=STATED,
        is_new=package is not None and package.contents != contents.digest,
        documents=[shown_document(row, database, reads=reads) for row in documents],
        decisions=await decisions_of_case(database, case.case_key),
        acts=[shown_action(a, database) for a in await actions_of_case(database, case.case_key)],
        footage=[
            shown_footage(f, database) for f in await footage_of_case(database, case.case_key)
        ],
        may={act: allowing_role(officer, act, what, tree) is not None for act in (ARCHIVE, UPLOAD)},
        words=words,
        form=form or Form(),
        error=error,
        done=words.DONE.get(request.query_params.get("done", "")),
    )


async def _look(
    request: Request, database: Database, subject: Subject, what: About, *, is_read: bool
) -> Look | None:
    """How the officer may open what is sealed here; if anything is read now, it is noted."""
    async with at_desk(request, database) as desk:
        return await (read_words if is_read else look_here)(desk, subject, what)


def _lacking(database: Database, package: Row[Any] | None) -> str | None:
    """Why something lacks in a package, in words."""
    if package is None:
        return None
    place = LACKING.place(sha256=package.sha256)
    return database.installation.keys.open_text(package.lacking, place)


async def _documents(database: Database, case: Row[Any]) -> list[Row[Any]]:
    return list(await documents_of_case(database, case.case_key))


def shown_document(row: Row[Any], database: Database, *, reads: bool) -> dict[str, Any]:
    """A document in words; its title is opened for who ``reads``, which is noted elsewhere."""
    place = DOCUMENT_TITLE.place(document_key=row.document_key)
    return {
        "row": row,
        "title": database.installation.keys.open_text(row.title, place) if reads else None,
        "state": word_of(row.state, words.DOCUMENT_STATES),
        "size": words.size_of(row.size),
    }


def _shown(casefile: ListedCasefile, database: Database) -> dict[str, object]:
    return {
        "case_ref": database.installation.references.case(casefile.case_number),
        "file": casefile,
        "state": word_of(casefile.state, words.CASEFILE_STATES),
        "reason": word_of(casefile.reason, words.END_REASONS).name,
        "mode": None if casefile.mode == "live" else word_of(casefile.mode, words.MODES).name,
    }
