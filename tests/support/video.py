"""Real recordings for tests, made on the spot: small, as long as one wants."""

from __future__ import annotations

import io
from fractions import Fraction

import av

WIDTH, HEIGHT = 64, 48
CODECS = {"webm": "libvpx", "mp4": "libx264", "avi": "mpeg4"}


def a_video(
    seconds: int = 60, *, kind: str = "webm", shade: int = 90, begun: str | None = None
) -> bytes:
    """A video of a plain picture that plays for so many seconds; the shade makes another file.

    ``begun`` is when it says itself that it was begun, as in ``2026-09-10T14:30:00Z``.
    """
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as container:
        if begun is not None:
            container.metadata["creation_time"] = begun
        stream = container.add_stream(CODECS[kind], rate=1)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        last = max(seconds - 1, 0)
        for at in sorted({0, *range(0, last, max(last // 4, 1)), last}):
            picture = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
            for plane in picture.planes:
                plane.update(bytes([shade]) * plane.buffer_size)
            picture.pts, picture.time_base = at, Fraction(1)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return file.getvalue()
