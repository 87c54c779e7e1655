"""The finished public files of an item, as the leak check reads them, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_shared.privacy.leakcheck.about import about_of
from mingjing_shared.privacy.leakcheck.artefact import artefact_of, plain_artefact
from mingjing_shared.privacy.leakcheck.check import check
from mingjing_shared.privacy.leakcheck.hit import RULES
from mingjing_shared.privacy.leakcheck.markup import markup_artefact
from mingjing_shared.privacy.leakcheck.reading import json_artefact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.privacy.leakcheck.about import About
    from mingjing_shared.privacy.leakcheck.hit import Hit
    from mingjing_shared.privacy.masking import Known

FREE, FOUND = "leak_free", "leak_found"
SHOWN_MAX = 20
CONTENT = "公示内容"
PAGE = "公众页面"


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What the public sees already: where, and its text."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class LeakCheckSaid:
    """What the leak check said of the newest version; ``places`` for who may see the original."""

    hits: int
    places: str


def told_of(known: Known, text: str, stays: Iterable[str]) -> About:
    """What the leak check is told: the case's own words; ``stays`` is what an editor confirmed."""
    parties: list[dict[str, Any]] = [
        msgspec.to_builtins(party) for party in known.parties if party.name.strip()
    ]
    return about_of({
        "text": text,
        "parties": parties,
        "keep": [*known.keep, *stays],
        "document_number": known.document_number,
    })  # fmt: skip


def leaks_in_content(
    content: msgspec.Struct, address: str, about: About, earlier: Sequence[EarlierText]
) -> list[Hit]:
    """Where what goes into the bundle shows what must not be seen: the item, and its address."""
    files = [json_artefact(CONTENT, msgspec.to_builtins(content)), artefact_of(address)]
    before = [plain_artefact(one.address, one.text) for one in earlier]
    return check(files, about, before)


def leaks_on_page(page: str, about: About) -> list[Hit]:
    """Where the page that citizens read shows what must not be seen."""
    return check([markup_artefact(PAGE, page)], about)


def places_of(hits: Sequence[Hit]) -> str:
    """Every place with its rule and words, for whoever mends it; at most a screenful."""
    more = f"；另有 {len(hits) - SHOWN_MAX} 处" if len(hits) > SHOWN_MAX else ""
    return "；".join(hit.says for hit in hits[:SHOWN_MAX]) + more


def trouble_of(hits: Sequence[Hit]) -> str | None:
    """Why a page is not taken for published, without the words that leak; none when none do."""
    if not hits:
        return None
    first = hits[0]
    return (
        f"公众页面上发现 {len(hits)} 处可能泄露（{first.place.says}：{RULES[first.rule]}），"
        "请立即核对，必要时撤回。"
    )
