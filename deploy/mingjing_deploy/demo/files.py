"""Small files made when they are needed: real videos, and documents that open."""

import io
from fractions import Fraction

import av

WIDTH, HEIGHT = 64, 48
_FRAMES = 4


def video(seconds: int, shade: int) -> bytes:
    """A WebM of a plain picture that plays for so many seconds."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=1)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        last = max(seconds - 1, 0)
        for at in sorted({0, *range(0, last, max(last // _FRAMES, 1)), last}):
            picture = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
            for plane in picture.planes:
                plane.update(bytes([shade]) * plane.buffer_size)
            picture.pts, picture.time_base = at, Fraction(1)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return file.getvalue()


def document_of(number: str) -> bytes:
    """The file of a document with this number: the same number, the same bytes."""
    return document("Made up: " + "".join(filter(str.isdecimal, number)))


def document(words: str) -> bytes:
    """A PDF of one page that says these words (letters and digits)."""
    drawn = f"BT /F1 14 Tf 72 720 Td ({words}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    start = body.index("xref\n0")
    body += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return body.encode("ascii")
