"""An upload that breaks off leaves nothing half: no object, no row, no file."""

from recording.given import HANDLER

from support.officers import CSRF, an_officer, signed_in
from support.video import a_video

A_MB = 1024 * 1024
STARTED = "2026-09-10T22:30"


async def test_an_upload_that_breaks_off_leaves_nothing(desk, officer, left):
    before = await left()
    boundary = b"----sender"
    head = (
        b"".join(
            b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
            % (boundary, name, value)
            for name, value in (
                (b"csrf", CSRF.encode()),
                (b"kind", b"footage"),
                (b"action_id", b"A1"),
                (b"started_at", STARTED.encode()),
            )
        )
        + b'--%b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' % boundary
    )
    pieces = [head, a_video(60), b"0" * A_MB, b"1" * A_MB, b"2" * A_MB]
    during = []

    async def receive():
        if pieces:
            return {"type": "http.request", "body": pieces.pop(0), "more_body": True}
        during.append(await left())
        return {"type": "http.disconnect"}

    async def send(_message):
        pass

    token = signed_in(an_officer("case_handler", number=HANDLER))
    headers = [
        (b"content-type", b"multipart/form-data; boundary=" + boundary),
        (b"host", b"front"),
        *((name.lower().encode(), value.encode()) for name, value in token.items()),
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/recording/upload",
        "raw_path": b"/recording/upload",
        "query_string": b"",
        "headers": headers,
        "http_version": "1.1",
        "scheme": "http",
        "server": ("front", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    await desk.app(scope, receive, send)
    assert during, "the whole body was read before the sender went away"
    assert set(during) == {before}, "while it came nothing had a name anywhere"
    assert await left() == before


async def test_an_upload_whose_last_boundary_is_missing_leaves_nothing(officer, left):
    before = await left()
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{CSRF}\r\n'
        '--b\r\nContent-Disposition: form-data; name="action_id"\r\n\r\nA1\r\n'
        f'--b\r\nContent-Disposition: form-data; name="started_at"\r\n\r\n{STARTED}\r\n'
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.webm"\r\n\r\n'
    ).encode() + a_video(60)
    answer = await officer.client.post(
        "/recording/upload",
        content=body,
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 400
    assert "上传中断" in answer.text
    assert await left() == before
