"""导入任务通知: the text of a notice, taken whole or refused line by line."""

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_shared.audit.note import Subject
from mingjing_shared.database import Database
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.permissions import About
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.notice import import_notice
from mingjing_tasks.acts.reach import may_see
from mingjing_tasks.errors import DamagedNotice
from mingjing_tasks.store.notice import notice_in_force

TEXT_CHARS_MAX = 90_000


def routes(shell: Shell, database: Database) -> APIRouter:
    """The form, and what becomes of it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/import")
    async def asked(request: Request) -> Response:
        return await _page(shell, request, database)

    @router.post("/tasks/import")
    async def sent(request: Request) -> Response:
        form = Form()
        try:
            form = await read_form(request)
            form.text("text", "通知文本", chars_max=TEXT_CHARS_MAX)
            form.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                await desk.permit("tasks.import", Subject("notice", "notice"), About())
                # The first line of a table begins with a tab, which counts.
                await import_notice(desk.tx, form.values["text"], desk.officer.number)
        except MingjingError as error:
            return await _page(shell, request, database, form, error)
        return RedirectResponse("/tasks/?done=import", 303)

    return router


async def _page(
    shell: Shell,
    request: Request,
    database: Database,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    async with at_desk(request, database) as desk:
        await may_see(desk, "tasks.import")
        notice = await notice_in_force(desk.tx)
    return shell.page(
        request,
        "import.html",
        status=error.status if error else 200,
        form=form or Form(),
        error=error,
        problems=error.problems if isinstance(error, DamagedNotice) else (),
        notice=notice,
    )
