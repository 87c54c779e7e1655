"""Nobody comes in without a token: checked before any route, whatever the route is.

What is open to all, and what a publisher's system may call, is listed; everything else needs a
signed-in officer. A request that changes something must come from our own pages. Whatever is
answered with a refusal is in the audit: noted by the act that refused, else here.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse

from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.directory.store import session_epoch
from mingjing_shared.errors import MingjingError, NotAllowed
from mingjing_shared.web.officer import AUDITOR, Caller, Officer
from mingjing_shared.web.problems import is_for_machines, render
from mingjing_shared.web.token import HEADER, BadToken

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell
    from mingjing_shared.web.token import TokenReader

SIGN_IN = "/session/sign-in"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSED = NotAllowed.status
EPOCH_KEPT_SECONDS = 5.0
_EPOCHS_MAX = 10_000


class NotSignedIn(MingjingError):
    """Nobody is signed in, or the session is over."""

    status = 401
    code = "not-signed-in"


@dataclass(frozen=True, slots=True)
class Openings:
    """What does not need an officer: addresses for all, those for publishers' systems, and those
    for the auditor, who is no publisher and reads.

    An address that ends with a slash, other than ``/`` itself, opens all below it.
    """

    to_all: tuple[str, ...] = ()
    to_callers: tuple[str, ...] = ()
    to_auditor: tuple[str, ...] = ()


def _is_in(path: str, addresses: tuple[str, ...]) -> bool:
    return any(
        path == address or (len(address) > 1 and address[-1] == "/" and path.startswith(address))
        for address in addresses
    )


ALWAYS_OPEN = ("/healthz", "/readyz", "/metrics")


class SignedIn:
    """Puts who asks into ``request.state.who``, or refuses."""

    def __init__(
        self,
        app: ASGIApp,
        shell: Shell,
        database: Database,
        tokens: TokenReader,
        openings: Openings,
    ) -> None:
        self._app = app
        self._shell = shell
        self._database = database
        self._tokens = tokens
        self._openings = openings
        self._epochs: dict[str, tuple[float, int]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == REFUSED:
                await self._note_refusal(request)
            await send(message)

        try:
            scope.setdefault("state", {})["who"] = await self._who(request)
        except MingjingError as error:
            await self._refused(request, error)(scope, receive, noting)
            return
        await self._app(scope, receive, noting)

    async def _who(self, request: Request) -> Officer | Caller | None:
        path = request.url.path
        if path in ALWAYS_OPEN or path.startswith(f"{self._shell.static}/"):
            return None
        open_to_all = _is_in(path, self._openings.to_all)
        token = request.headers.get(HEADER)
        if token is None:
            if open_to_all:
                return None
            raise NotSignedIn("尚未登录，或会话已结束。", "请登录后再试。")
        try:
            who = self._tokens.read(token)
        except BadToken:
            raise NotSignedIn(
                "登录凭证无效或已过期。", "请刷新本页；仍不行，请重新登录。"
            ) from None
        request.state.asks = who
        if isinstance(who, Caller):
            if not open_to_all and not self._is_open_to(who, path, request.method):
                raise NotAllowed("发布方密钥不能用于这个地址。", "请查阅接口说明中开放的接口。")
            return who
        if await self._epoch(who.number) > who.epoch:
            raise NotSignedIn("您已在别处退出全部会话。", "请重新登录。")
        if request.method not in SAFE:
            refuse_foreign_origin(request)
        return who

    def _is_open_to(self, who: Caller, path: str, method: str) -> bool:
        if who == AUDITOR:
            return method in SAFE and _is_in(path, self._openings.to_auditor)
        return _is_in(path, self._openings.to_callers)

    async def _epoch(self, number: str) -> int:
        known = self._epochs.get(number)
        if known is None or monotonic() - known[0] > EPOCH_KEPT_SECONDS:
            if len(self._epochs) >= _EPOCHS_MAX:
                self._epochs.clear()
            known = (monotonic(), await session_epoch(self._database, number))
            self._epochs[number] = known
        return known[1]

    async def _note_refusal(self, request: Request) -> None:
        """Note a refusal that no act has noted, before it is answered; of nobody nothing is."""
        who = getattr(request.state, "asks", None)
        if who is None or getattr(request.state, "refusal_noted", False):
            return
        route = getattr(request.scope.get("route"), "path", "")
        entry = Entry(
            officer=who.number if isinstance(who, Officer) else who.name,
            act="web.request",
            outcome="refused",
            subject=Subject("page", f"{request.method} {route}".rstrip()),
            reason=NotAllowed.code,
            request_id=request.state.request_id,
        )
        async with self._database.transaction() as tx:
            await note(tx, [entry])

    def _refused(self, request: Request, error: MingjingError) -> Response:
        wants_page = request.method in SAFE and not is_for_machines(request)
        if isinstance(error, NotSignedIn) and wants_page:
            return to_sign_in(request)
        return render(self._shell, request, error)


def to_sign_in(request: Request) -> Response:
    """To the sign-in page, and back here afterwards."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{SIGN_IN}?next={quote(here, safe='/')}", 303)


def refuse_foreign_origin(request: Request) -> None:
    """Refuse a change that another site's page asks for.

    Raises:
        NotAllowed: the browser says that the request comes from elsewhere.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        foreign = True
    if foreign:
        raise NotAllowed("该操作来自其他网站的页面，已拒绝。", "请从本平台的页面上操作。")
