"""Writes ``docs/events``: schemas, AsyncAPI, the catalogue, the snapshots of stable schemas.

``python -m mingjing_shared.events.generate DIRECTORY`` writes; with ``--check`` it only says
what is not current. A stable schema that does not only grow is not written.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mingjing_shared.events.asyncapi import asyncapi_document
from mingjing_shared.events.catalogue import CATALOGUE
from mingjing_shared.events.growth import breaks
from mingjing_shared.events.overview import CatalogueRow, catalogue_rows
from mingjing_shared.events.schema import schema_of

_HEAD = """# 事件目录 · The catalogue of events

Generated from the classes in `mingjing_shared/events`; do not edit. **Bold**: required.
✎: personal (`x-pii`), travels in `inbound.*` only and is kept encrypted.

"""


def documents() -> dict[str, str]:
    """Every generated file, by its path under ``docs/events``."""
    files = {"asyncapi.json": _json(asyncapi_document()), "catalogue.md": _catalogue()}
    for event in CATALOGUE.values():
        schema = _json(schema_of(event.type))
        files[f"schemas/{event.type}/{event.major}.json"] = schema
        if event.stability == "stable":
            files[f"stable/{event.type}/{event.major}.json"] = schema
    return files


def stale(root: Path) -> list[str]:
    """The files under ``docs/events`` that are missing, old, or no longer generated."""
    wanted = documents()
    there = {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()}
    old = {n for n in wanted if n in there and (root / n).read_text("utf-8") != wanted[n]}
    return sorted(old | (wanted.keys() - there) | (there - wanted.keys()))


def broken(root: Path) -> list[str]:
    """What the stable types break of their snapshots, in words."""
    return [
        f"{path.parent.name}: {word}"
        for path in sorted((root / "stable").rglob("*.json"))
        for word in _broken_since(json.loads(path.read_text("utf-8")), path.parent.name)
    ]


def _broken_since(snapshot: dict[str, Any], event_type: str) -> list[str]:
    now = schema_of(event_type)
    return ["the type is gone"] if now is None else breaks(snapshot, now)


def write(root: Path) -> None:
    """Brings the directory up to date.

    Raises:
        ValueError: a stable type breaks its snapshot; nothing was written.
    """
    if words := broken(root):
        raise ValueError(
            "stable types only grow; make a new type .v2 instead:\n" + "\n".join(words)
        )
    wanted = documents()
    for name in stale(root):
        path = root / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], "utf-8")
        else:
            path.unlink()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _catalogue() -> str:
    rows = catalogue_rows()
    lines = [_HEAD, "| 事件 | type | topic | key | 接收 takers | |\n|---|---|---|---|---|---|\n"]
    lines += [
        f"| {row.label} | [{row.short}](#{row.short.replace('.', '')}) | {' , '.join(row.topics)} "
        f"| {row.key} | {', '.join(row.takers) or '–'} | {row.stability} |\n"
        for row in rows
    ]
    for row in rows:
        lines += _section(row)
    return "".join(lines)


def _section(row: CatalogueRow) -> Iterator[str]:
    yield f"\n## {row.short}\n\n**{row.label}** · {row.meaning}\n\n"
    yield f"Sent by {row.sender}; key `{row.key}`, subject `{row.subject}`; {row.stability}; "
    yield f"schema `{row.schema}`.\n\n| 字段 | field | 内容 form |\n|---|---|---|\n"
    for field in row.fields:
        name = f"**{field.name}**" if field.required else field.name
        form = field.form.replace("|", "\\|")
        yield f"| {field.label} | {name}{' ✎' if field.personal else ''} | {form} |\n"


def main(arguments: list[str]) -> int:
    """The command: 0 when all is current (or was made so), 1 with the reasons otherwise."""
    roots = [Path(argument) for argument in arguments if argument != "--check"]
    root = roots[0] if roots else Path("docs/events")
    if "--check" not in arguments:
        write(root)
        return 0
    words = [*broken(root), *(f"{name}: not current" for name in stale(root))]
    sys.stderr.write("".join(f"{word}\n" for word in words))
    return 1 if words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
