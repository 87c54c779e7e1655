"""Leaky artefacts made from decisions with planted truth, each by a named form.

Works on every corpus of the same format. Knows nothing of the project's rules: the standard
library alone.
"""

from __future__ import annotations

import base64
import html
import json
import random
import re
from urllib.parse import quote

from privacy.artefacts_made import as_csv, as_json, atom, grams, item, page, public_text, surname_of
from privacy.disguises import (
    CAPITAL,
    CHINESE,
    CIRCLED,
    FULL_WIDTH,
    TRADITIONAL,
    chinese_number,
    pdf,
    plain_pinyin,
    toned_pinyin,
)
from privacy.leak_forms import (
    FORMS,
    Case,
    Leak,
    form,
    given,
    given_first,
    of_name,
    of_number,
    split_at,
)

of_name("姓名原样", lambda n, _: n)
of_name("姓名中有换行", lambda n, r: split_at(n, r, "\n"))
of_name("姓名中有空格", lambda n, _: " ".join(n))
of_name("姓名中有全角空格和间隔号", lambda n, r: split_at(n, r, r.choice(("\u3000", "·", "-"))))
of_name("姓名中有零宽字符", lambda n, r: split_at(n, r, r.choice(("\u200b", "\u2060", "\ufeff"))))
of_name("姓名中有标签", lambda n, _: f"<b>{n[0]}</b><span class='x'>{n[1:]}</span>")
of_name("姓名用实体写", lambda n, _: "".join(f"&#{ord(c)};" for c in n))
of_name("姓名用十六进制实体写", lambda n, _: "".join(f"&#x{ord(c):X};" for c in n))
of_name("姓名两层转义", lambda n, _: "".join(f"&amp;#{ord(c)};" for c in n))
of_name("姓名拼音无声调", lambda n, _: plain_pinyin(n))
of_name("姓名拼音连写大写", lambda n, _: (plain_pinyin(n) or "").replace(" ", "").upper())
of_name("姓名拼音带声调", lambda n, _: (toned_pinyin(n) or "").title())
of_name("姓名拼音名在前", lambda n, _: given_first(n))
of_name(
    "姓名繁体", lambda n, _: n.translate(TRADITIONAL) if n.translate(TRADITIONAL) != n else None
)
of_name("姓名倒写", lambda n, _: f"（{n[::-1]}）", (3, 4))
of_name("只留名字", lambda n, _: given(n))
of_name("证人只留两字", lambda n, _: given(n) and f"，证人{n[:2]}，", (3,))
of_name("只遮中间一字", lambda n, r: given(n) and n[0] + r.choice("某×*○□") + n[2], (3,))
of_name("只遮末字", lambda n, r: given(n) and n[:2] + r.choice("某×*○□"), (3,))
of_name("只遮姓", lambda n, r: r.choice("×*○□") + n[len(surname_of(n)) :])
of_name("绰号", lambda n, r: f"{n[0]}某（绰号“{r.choice('小阿大老')}{n[-1]}”）")
of_name("姓与名分写", lambda n, _: f"姓{n[: len(surname_of(n))]}名{n[len(surname_of(n)) :]}")
of_name("Base64", lambda n, _: base64.b64encode(f"当事人{n}".encode()).decode())
of_number("号码原样", ("resident_id",), lambda n, _: n)
of_number("号码中有换行", ("resident_id", "phone"), lambda n, r: split_at(n, r, "\n"))
of_number(
    "号码分段", ("resident_id", "phone", "bank_card"),
    lambda n, r: r.choice((" ", "-", ".", "\u2003")).join(re.findall(".{1,4}", n)),
)  # fmt: skip
of_number(
    "号码中有零宽字符和标签", ("resident_id", "phone"),
    lambda n, r: split_at(n, r, "\u200b<wbr>\u200d<i></i>"),
)  # fmt: skip
of_number("号码全角", ("resident_id", "phone"), lambda n, _: n.translate(FULL_WIDTH))
of_number("号码中文小写", ("resident_id", "phone"), lambda n, _: n.translate(CHINESE))
of_number("号码中文大写", ("phone", "bank_card"), lambda n, _: n.translate(CAPITAL))
of_number("号码每位一顿", ("phone",), lambda n, _: "、".join(n))
of_number("号码带圈数字", ("phone",), lambda n, _: n.translate(CIRCLED))
of_number("号码字母代零", ("phone",), lambda n, _: n.replace("0", "O").replace("1", "l"))
of_number("号码倒写", ("resident_id", "phone"), lambda n, _: n[::-1])
of_number(
    "旧式十五位号码", ("resident_id",), lambda n, _: n[:6] + n[8:17] if len(n) == 18 else None
)
of_number("号码缺校验位", ("resident_id",), lambda n, _: n[:17])
of_number("尾号四位", ("phone", "bank_card"), lambda n, _: f"尾号{n[-4:]}")
of_number("后六位", ("resident_id", "bank_card"), lambda n, _: f"后六位{n[-6:]}")
of_number("末八位中文", ("resident_id",), lambda n, _: f"末八位为{n[-8:].translate(CHINESE)}")
of_number("只遮中段", ("phone", "bank_card"), lambda n, _: f"{n[:3]}****{n[-4:]}")
of_number("百分号编码的号码", ("phone",), lambda n, _: "".join(f"%{ord(c):02X}" for c in n))
of_number("车牌加点", ("plate",), lambda n, _: f"{n[:2]}·{n[2:]}")
of_number("车牌全角", ("plate",), lambda n, _: n.translate(FULL_WIDTH))
of_number("护照号码加空格", ("passport",), lambda n, _: f"{n[:3]} {n[3:]}")
of_number(
    "邮箱写作at", ("email",),
    lambda n, r: n.replace("@", r.choice((" at ", "[at]", "（at）", "艾特"))).replace(".", " dot "),
)  # fmt: skip
of_number("网络账号", ("account",), lambda n, _: n.upper())
of_number("住址原样", ("address",), lambda n, _: n)
of_number("住址中文数字", ("address",), lambda n, _: chinese_number(n))
of_number("住址拆开", ("address",), lambda n, r: split_at(n, r, "<br>"))
of_number("出生月日原样", ("birth",), lambda n, _: n)
of_number("出生月日中文", ("birth",), lambda n, _: chinese_number(n) + "出生，")


@form("姓名在文件名里")
def in_file_name(case):
    found = case.name()
    return [(f"{found[1]}-决定书.html", page(case.decision))] if found else None


@form("姓名在网址里")
def in_address(case):
    found = case.name()
    link = f'<a href="/items/{quote(found[1])}.pdf">下载</a>' if found else ""
    return [("item.html", page(case.decision, tail=link))] if found else None


@form("姓名在图片说明里")
def in_alt(case):
    found = case.name()
    return (
        [("item.html", page(case.decision, tail=f'<img src="/i.png" alt="{found[1]}的照片">'))]
        if found
        else None
    )


@form("姓名在网页描述里")
def in_description(case):
    found = case.name()
    head = f'<meta name="description" content="{found[1]}一案">' if found else ""
    return [("item.html", page(case.decision, head=head))] if found else None


@form("姓名在注释里")
def in_comment(case):
    found = case.name()
    return [("item.html", page(case.decision, tail=f"<!-- {found[1]} -->"))] if found else None


@form("姓名在脚本转义里")
def in_script(case):
    found = case.name()
    script = f"<script>var d={json.dumps({'p': found[1]})};</script>" if found else ""
    return [("item.html", page(case.decision, tail=script))] if found else None


@form("号码在JSON数值里")
def in_json_number(case):
    found = case.number("phone")
    return (
        [("item.json", as_json(item(case.decision, contact=int(re.sub(r"\D", "", found[1])))))]
        if found
        else None
    )


@form("姓名在JSON转义里")
def in_json(case):
    found = case.name()
    return (
        [("item.json", as_json(item(case.decision, (found[0], found[1])), True))] if found else None
    )


@form("姓名分在JSON两个字段")
def in_json_fields(case):
    found = case.name()
    if not found:
        return None
    first = surname_of(found[1])
    return [
        (
            "item.json",
            as_json(item(case.decision, surname=first, given_name=found[1][len(first) :])),
        )
    ]


@form("姓名在CSV里")
def in_csv(case):
    found = case.name()
    charset = case.rng.choice(("utf-8", "utf-8-sig", "gb18030"))
    return [("items.csv", as_csv(case.decision, (found[0], found[1]), charset))] if found else None


@form("姓名在Atom里")
def in_atom(case):
    found = case.name()
    text = html.escape(f"<p>{found[1]}</p>") if found else ""
    return (
        [("feed.atom", atom(case.decision, f'<content type="html">{text}</content>'))]
        if found
        else None
    )


@form("姓名在RSS的CDATA里")
def in_rss(case):
    found = case.name()
    text = public_text(case.decision, (found[0], found[1])) if found else ""
    return (
        [("feed.xml", atom(case.decision, f"<content><![CDATA[{text}]]></content>"))]
        if found
        else None
    )


@form("姓名在检索索引里")
def in_index(case):
    found = case.name()
    return [("index.json", as_json({"terms": ["处罚", found[1], "警告"]}))] if found else None


def index_of(case, found, size):
    """The index of the text with and without the leak; nothing where both are the same."""
    leaky, clean = (
        sorted(set(grams(public_text(case.decision, leak), size).split())) for leak in (found, None)
    )
    return leaky if leaky != clean else None


@form("姓名在二元索引里")
def in_bigrams(case):
    found = case.name((3, 4))
    tokens = index_of(case, found, 2) if found else None
    return [("index.json", as_json({"tokens": tokens}))] if tokens else None


@form("号码在三元索引里")
def in_trigrams(case):
    found = case.number("phone", "resident_id")
    tokens = index_of(case, found, 3) if found else None
    return [("index.txt", "\n".join(tokens).encode())] if tokens else None


@form("姓名在PDF文本层")
def in_pdf(case):
    found = case.name()
    if not found:
        return None
    lines = public_text(case.decision, (found[0], found[1])).split("\n")
    return [("item.pdf", pdf(lines, {"Title": "决定书"}))]


@form("姓名在PDF元数据")
def in_pdf_metadata(case):
    found = case.name()
    if not found:
        return None
    lines = public_text(case.decision).split("\n")
    return [("item.pdf", pdf(lines, {"Subject": f"{found[1]}案", "Title": "决定书"}))]


@form("与先前公开合并：全名")
def joined_by_name(case):
    found = case.name()
    if not found:
        return None
    old = page(case.decision, (found[0], found[1]))
    return [("item.html", page(case.decision))], [("old.html", old)]


@form("与先前公开合并：号码")
def joined_by_digits(case):
    found = case.number("resident_id")
    if not found:
        return None
    now = page(case.decision, (found[0], f"{found[1][:6]}************"))
    old = page(case.decision, (found[0], f"**************{found[1][-4:]}"))
    return [("item.html", now)], [("old.html", old)]


@form("与先前公开合并：住处、年龄、单位")
def joined_by_details(case):
    homes, names = case.spans("address"), case.spans("name")
    party = next((p for p in case.decision["parties"] if p.get("address")), None)
    if not homes or not names or party is None or not re.fullmatch("[一-鿿]+", party["name"]):
        return None
    place = re.match("[一-鿿]{2,12}?(?:路|村(?!街)|小区|花园|新村|家园|公寓|苑)", homes[0][1])
    if not place:
        return None
    who = surname_of(party["name"]) + "某"
    number = case.decision["document_number"]
    now = f"<p>{who}，36岁，系龙湖中学教师，已被处罚。{number}</p>"
    old = f"<p>{number}：{who}在{place.group()}家中被查获。</p>"
    return [("item.html", now.encode())], [("old.html", old.encode())]


def leaks(decisions, seed=7, of_each=45):
    """So many leaks of each form as fit the decisions, always the same for the same seed."""
    rng = random.Random(seed)
    for label, make in FORMS.items():
        made = 0
        order = list(decisions)
        rng.shuffle(order)
        for decision in order:
            done = make(Case(decision, rng))
            if done is None:
                continue
            files, earlier = done if isinstance(done, tuple) else (done, [])
            yield Leak(label, decision, files, earlier)
            made += 1
            if made == of_each:
                break
