"""The units that a cell of a notice names, each by one name.

A cell may name one unit in several ways, leave out a comma, end with one, or put one into the
name of a group. Names that are known are found wherever they stand; what stands between them is
taken as written, up to the next comma.
"""

from __future__ import annotations

COUNTIES = "各县局、各分局"
BRANCHES = "各行政执法警种"
_SEPARATORS = "、，,；;。 \t\u3000"
_ALSO_CALLED = {
    "市局办公室": (),
    "法制支队": (),
    "市局行政审批处": ("行政审批处",),
    "督察支队": (),
    "驻局纪检组": (),
    "教育训练处": ("教育训练科",),
    "警务保障处": (),
    "科技处": (),
    "人事处": (),
    "指挥中心": (),
    "市局政务服务窗口": (),
    BRANCHES: ("局各行政执法警种", "各执法警种"),
    COUNTIES: ("各分县局", "各县分局", "各县、分局", "分县局", "各县局、分局"),
}
_KNOWN = sorted(
    ((said, name) for name, others in _ALSO_CALLED.items() for said in (name, *others)),
    key=lambda pair: -len(pair[0]),
)


def units_in(text: str) -> tuple[str, ...]:
    """The units that a text names, in its order, each once."""
    found: dict[str, None] = {}
    unknown, place = "", 0
    while place < len(text):
        known = next((pair for pair in _KNOWN if text.startswith(pair[0], place)), None)
        if known is None and text[place] not in _SEPARATORS:
            unknown += text[place]
            place += 1
            continue
        if unknown:
            found[unknown] = None
            unknown = ""
        if known is not None:
            found[known[1]] = None
        place += 1 if known is None else len(known[0])
    if unknown:
        found[unknown] = None
    return tuple(found)
