"""An upload's form, read piece by piece: first its fields, then its one file.

The framework's own reader would put the whole file, in the clear, into a temporary file before
anybody asked whether it may come at all.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.requests import ClientDisconnect

from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.forms import refuse_foreign_form

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from mingjing_recording.acts.keeping import Intake
    from mingjing_shared.web.forms import Form

FILE_FIELD = "file"
FIELD_BYTES_MAX = 20_000
FIELDS_MAX = 30
DRAINED_BYTES_MAX = 64 * 1024 * 1024


class UploadForm:
    """Reads one upload. ``begin`` is asked, with the fields read, before the file is."""

    def __init__(
        self, request: Request, begin: Callable[[], Awaitable[Intake]], form: Form
    ) -> None:
        self._request = request
        self._begin = begin
        self._form = form
        self._happened: list[tuple[str, bytes]] = []
        self._header_name = b""
        self._disposition = b""
        self._field: str | None = None
        self._value = bytearray()
        self._is_file = False
        self._is_whole = False
        self.intake: Intake | None = None

    async def read(self) -> Intake:
        """The file of the upload, whole; nothing is left of one that breaks off.

        Raises:
            NotAllowed: the form is not of this session; or what ``begin`` refuses.
            InvalidInput: this is no upload, it has no file, or it broke off.
            ClientDisconnect: the sender went away.
        """
        parser = MultipartParser(self._boundary(), self._callbacks())  # type: ignore[arg-type]
        try:
            async for piece in self._request.stream():
                parser.write(piece)
                await self._settle()
            parser.finalize()
        except FormParserError as error:
            self.close()
            raise InvalidInput(
                "上传的内容无法识别，没有保存。", "请刷新页面后重新上传。"
            ) from error
        except BaseException:
            self.close()
            raise
        if self.intake is None or not self._is_whole:
            self.close()
            if self._is_whole:
                raise InvalidInput("没有选择文件。", "请选择要上传的文件。")
            raise InvalidInput("上传中断，没有保存任何内容。", "请重新上传。")
        return self.intake

    def close(self) -> None:
        """Let go of what came so far."""
        if self.intake is not None:
            self.intake.close()

    async def _settle(self) -> None:
        """Act on what the parser found in the last piece, in its order."""
        happened, self._happened = self._happened, []
        for what, data in happened:
            if what == "part":
                await self._new_part(data)
            elif what == "data":
                await self._data(data)
            elif what == "end" and self._field is not None:
                self._keep_field()
            elif what == "whole":
                self._is_whole = True

    async def _new_part(self, disposition: bytes) -> None:
        _, options = parse_options_header(disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")[:64]
        self._is_file = b"filename" in options and name == FILE_FIELD
        self._field = None if b"filename" in options else name
        self._value.clear()
        if not self._is_file:
            return
        if self.intake is not None:
            raise InvalidInput("一次只能上传一个文件。", "请分别上传。")
        if not options.get(b"filename"):
            self._is_file = False  # a form without a chosen file
            return
        refuse_foreign_form(self._request, self._form)
        self.intake = await self._begin()

    async def _data(self, data: bytes) -> None:
        if self._is_file and self.intake is not None:
            await asyncio.to_thread(self.intake.write, data)
        elif self._field is not None:
            self._value += data
            if len(self._value) > FIELD_BYTES_MAX:
                raise InvalidInput("表单项过长。", "请缩短后重新提交。")

    def _keep_field(self) -> None:
        assert self._field is not None
        text = self._value.decode("utf-8", "replace").replace("\r\n", "\n")
        if len(self._form.values) >= FIELDS_MAX or "\x00" in text:
            raise InvalidInput("表单内容不能接受。", "请刷新页面后重新填写。")
        self._form.values[self._field] = text
        self._field = None

    def _boundary(self) -> bytes:
        kind, options = parse_options_header(self._request.headers.get("content-type", ""))
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise InvalidInput("上传应为 multipart/form-data 表单。", "请从上传页提交。")
        return options[b"boundary"]

    def _callbacks(self) -> dict[str, object]:
        def header_field(data: bytes, start: int, end: int) -> None:
            self._header_name += data[start:end].lower()

        def header_value(data: bytes, start: int, end: int) -> None:
            if self._header_name == b"content-disposition":
                self._disposition += data[start:end]

        def header_end() -> None:
            self._header_name = b""

        def part_begin() -> None:
            self._disposition = b""

        return {
            "on_part_begin": part_begin,
            "on_header_field": header_field,
            "on_header_value": header_value,
            "on_header_end": header_end,
            "on_headers_finished": lambda: self._happened.append(("part", self._disposition)),
            "on_part_data": lambda data, start, end: self._happened.append(
                ("data", data[start:end])
            ),
            "on_part_end": lambda: self._happened.append(("end", b"")),
            "on_end": lambda: self._happened.append(("whole", b"")),
        }


async def drain(request: Request) -> None:
    """Read what is left of a refused upload, so that the sender reads our answer."""
    left = DRAINED_BYTES_MAX
    try:
        async for piece in request.stream():
            left -= len(piece)
            if left < 0:
                return
    except (ClientDisconnect, RuntimeError):
        return
