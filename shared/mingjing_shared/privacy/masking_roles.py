"""The words before and after which persons are named, as read from `words/roles.toml`."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = {
    key: tuple(dict.fromkeys(words.split()))
    for key, words in tomllib.loads(
        files("mingjing_shared.privacy").joinpath("words/roles.toml").read_text(encoding="utf-8")
    ).items()
}
CASE, KIN, WORK = _TABLE["case"], _TABLE["kin"], _TABLE["work"]
ROLES = frozenset((*CASE, *KIN, *WORK))
AFTER, NO_NAMES = frozenset(_TABLE["after"]), frozenset(_TABLE["none"])
DONE_TO, OWNED = frozenset(_TABLE["before"]), frozenset((*_TABLE["owned"], *KIN))
TITLES = frozenset(_TABLE["titles"])
WELL_KNOWN = frozenset(_TABLE["well_known"])
_KEPT, _KEPT_LABELS = frozenset(_TABLE["kept"]), frozenset(_TABLE["kept_labels"])
_SHORT_KIN = frozenset(word for word in KIN if len(word) == 1)
_LONG = frozenset(word for word in ROLES if len(word) > 1)
ROLE_ENDS = frozenset(word[-1] for word in ROLES)
_OWNERS = frozenset("其之的我妻")
_SIGNS_MAX = max(map(len, (*ROLES, *_KEPT)))


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(text.split())


def alternatives(words: Iterable[str] | str) -> str:
    """A pattern of these words that tries each sign once; the longest word wins."""
    words = words.split() if isinstance(words, str) else words
    tree: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tree.setdefault(word[:1], []).append(word[1:])
    branches = []
    for first, rests in tree.items():
        longer = [rest for rest in rests if rest]
        if not longer:
            branches.append(re.escape(first))
        else:
            tail = f"(?:{alternatives(longer)})"
            branches.append(re.escape(first) + tail + ("?" if "" in rests else ""))
    return "|".join(branches)


_ROLE_SIZES = sorted({len(word) for word in _LONG})
# 其父 is a role by itself, but not the beginning of 其父亲, 其女儿, 女青年.
_NO_SHORT = "亲母女子妹弟哥姐友婿媳孙儿妻夫父爸妈青士童孩性工生店职民警"
# Every alternative begins with a sign and not with a set: only then are they found fast.
LEAD = "|".join(
    [
        alternatives(_LONG),
        *(f"{owner}[{''.join(sorted(_SHORT_KIN))}](?![{_NO_SHORT}])" for owner in sorted(_OWNERS)),
    ]
)
KEPT_LEADS = (
    re.compile(rf"(?:{alternatives(_KEPT)})(?:名?单)?[ :(]{{0,3}}"),
    re.compile(rf"(?:{alternatives(_KEPT_LABELS)})(?:名单)?[ :(]{{1,3}}"),
)


def ends_with_role(before: str) -> bool:
    """Whether a role of a person stands at the end."""
    if before[-1:] not in ROLE_ENDS:
        return False
    if before[-1:] in _SHORT_KIN and before[-2:-1] in _OWNERS:
        return True
    return any(before[-size:] in _LONG for size in _ROLE_SIZES)


def ends_with_kept(before: str) -> bool:
    """Whether a word for an officer, or for the head of an organisation, stands at the end."""
    bare = before.rstrip(" :(")
    is_label = len(bare) < len(before)
    bare = bare.removesuffix("名单")
    sizes = range(2, min(_SIGNS_MAX, len(bare)) + 1)
    return any(
        bare[-size:] in _KEPT or (is_label and bare[-size:] in _KEPT_LABELS) for size in sizes
    )
