"""Public files made of decisions with planted truth: clean ones, and such with one place changed.

The standard library alone.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re

from privacy.disguises import pdf

COMPOUND = frozenset(
    """
欧阳 司马 上官 诸葛 尉迟 慕容 皇甫 司徒 令狐 公孙 宇文 夏侯 司空 百里 呼延 端木 南宫 西门
独孤 长孙 东方 轩辕 申屠 澹台 公冶 宗政 濮阳 淳于 单于 仲孙 鲜于 闾丘 钟离 东郭 闻人 赫连
拓跋 左丘
""".strip()
    .replace("\n", " ")
    .split(" ")
)


def surname_of(name):
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]


def hidden_form(what, word):
    """What stands in the public text instead."""
    if what == "name":
        return surname_of(word) + "某" if re.fullmatch("[一-鿿·]+", word) else "某某"
    return "×××"


def pieces(decision, leak=None):
    """The public text in pieces, each with whether it is raw; ``leak`` is (span, raw text)."""
    text, at, found = decision["text"], 0, []
    for index, span in sorted(enumerate(decision["hide"]), key=lambda one: one[1]["start"]):
        if span["start"] < at:
            continue
        word = text[span["start"] : span["end"]]
        found.append((text[at : span["start"]], False))
        if leak and leak[0] == index:
            found.append((leak[1], True))
        else:
            found.append((hidden_form(span["what"], word), False))
        at = span["end"]
    return [*found, (text[at:], False)]


def public_text(decision, leak=None):
    return "".join(text for text, _ in pieces(decision, leak))


def protected_places(decision):
    """Where in the clean public text what must stay stands: (start, end, what)."""
    moved, at, length = [], 0, 0
    text, hide = decision["text"], sorted(decision["hide"], key=lambda span: span["start"])
    for span in hide:
        if span["start"] < at:
            continue
        length += span["start"] - at
        word = text[span["start"] : span["end"]]
        stands = len(hidden_form(span["what"], word))
        moved.append((span["end"], length + stands - span["end"]))
        length += stands
        at = span["end"]
    found = []
    for span in decision["protect"]:
        shift = next((by for end, by in reversed(moved) if end <= span["start"]), 0)
        found.append((span["start"] + shift, span["end"] + shift, span["what"]))
    return found


def page(decision, leak=None, head="", tail=""):
    """An HTML page of a decision."""
    body = "".join(text if raw else html.escape(text) for text, raw in pieces(decision, leak))
    lines = "".join(f"<p>{line}</p>\n" for line in body.split("\n"))
    title = html.escape(decision["document_number"])
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body><h1>{html.escape(decision['kind'])}</h1>\n<article>{lines}</article>"
        f"{tail}<footer>公示编号 {decision['id']}</footer></body></html>"
    ).encode()


def item(decision, leak=None, **more):
    return {
        "id": decision["id"],
        "document_number": decision["document_number"],
        "made_on": decision["made_on"],
        "text": public_text(decision, leak),
        **more,
    }


def as_json(value, ascii_only=False):
    return json.dumps(value, ensure_ascii=ascii_only, indent=1).encode()


def as_csv(decision, leak=None, charset="utf-8"):
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["编号", "文书号", "作出日期", "全文"])
    told = (decision["id"], decision["document_number"], decision["made_on"])
    rows.writerow([*told, public_text(decision, leak)])
    return out.getvalue().encode(charset, "replace")


def atom(decision, content, title=None):
    shown = html.escape(title or decision["document_number"])
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>执法公示</title><entry><id>urn:{decision['id']}</id><title>{shown}</title>"
        f"<updated>{decision['made_on']}T00:00:00+08:00</updated>{content}</entry></feed>"
    ).encode()


def grams(text, size):
    words = re.findall("[一-鿿0-9A-Za-z]+", text)
    return " ".join(w[at : at + size] for w in words for at in range(max(len(w) - size + 1, 1)))


def clean_files(decision):
    """Every kind of public file of a decision, nothing in any of them that must be hidden."""
    text = public_text(decision)
    ident = decision["id"].lower()
    return [
        (f"{ident}.html", page(decision)),
        (f"{ident}.json", as_json(item(decision))),
        (f"{ident}.csv", as_csv(decision)),
        (f"{ident}.atom", atom(decision, f"<summary>{html.escape(text)}</summary>")),
        (f"{ident}.txt", text.encode()),
        ("search-index.json", as_json({"tokens": grams(text, 2).split(), "id": ident})),
        (f"{ident}.pdf", pdf(text.split("\n"), {"Title": decision["document_number"]})),
    ]
