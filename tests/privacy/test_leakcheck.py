"""The leak check finds what must not be seen, says where, and leaves alone what must stay."""

import ast
import json
import sys
from pathlib import Path

import pytest
from privacy.disguises import pdf

import mingjing_shared.privacy.leakcheck as package
from mingjing_shared.privacy.leakcheck.about import BadAbout, about_of
from mingjing_shared.privacy.leakcheck.artefact import plain_artefact
from mingjing_shared.privacy.leakcheck.check import check
from mingjing_shared.privacy.leakcheck.reading import CannotRead, artefact_of_bytes

NUMBER = "田公(网)行罚决字〔2026〕00871号"
ID = "11010519491231002X"
TOLD = {
    "parties": [
        {
            "kind": "person",
            "name": "张建伟",
            "resident_id": ID,
            "address": "安徽省淮南市田家庵区朝阳中路18号3栋402室",
            "phone": "13800550000",
        },
        {"kind": "person", "name": "阿卜杜拉·买买提", "passport": "E12345678"},
        {"kind": "person", "name": "李明"},
        {"kind": "person", "name": "John Carter"},
        {
            "kind": "organisation",
            "name": "淮南建伟化工有限公司",
            "social_credit_code": "91350100M000100Y43",
        },
    ],
    "keep": ["张建业", "034125", "李明哲", "田家庵分局"],
    "document_number": NUMBER,
    "hidden": [
        {"text": "皖D·12345", "rule": "plate"},
        {"text": "6222021001116245702", "rule": "bank_card"},
        {"text": "zhang.jw88@example.com", "rule": "email"},
        {"text": "舜耕机械厂二车间", "rule": "employer"},
    ],
}  # fmt: skip
ABOUT = about_of(TOLD)


def hits_in(text, about=ABOUT, name="item.txt", earlier=()):
    before = [plain_artefact(f"old{at}.txt", one) for at, one in enumerate(earlier)]
    return check([plain_artefact(name, text)], about, before)


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("经查，张建伟打人", "name", (1, 4)),
        ("称\n说张-建 伟打人", "name", (2, 2)),
        ("说张\u200b建\u2060伟", "name", (1, 2)),
        ("張建偉", "name", (1, 1)),
        ("&#24352;&#24314;&#20255;", "name", (1, 1)),
        ("\\u5f20\\u5efa\\u4f1f", "name", (1, 1)),
        ("/i/%E5%BC%A0%E5%BB%BA%E4%BC%9F", "name", (1, 4)),
        ("由建伟驾驶", "given_name", (1, 2)),
        ("证人张建，", "partial_name", (1, 3)),
        ("张×伟", "partial_name", (1, 1)),
        ("（伟建张）", "reversed_name", (1, 2)),
        ("张某（绰号“小伟”）", "nickname", (1, 7)),
        ("Zhāng Jiànwěi said", "pinyin", (1, 1)),
        ("JIANWEI ZHANG", "pinyin", (1, 1)),
        ("买买提称", "partial_name", (1, 1)),
        ("Carter, John", "pinyin", (1, 1)),
        ("姓李名明", "partial_name", (1, 4)),
        (f"号码{ID}", "resident_id", (1, 3)),
        ("号码110105491231002", "resident_id", (1, 3)),
        ("１１０１０５\n１９４９１２３１００２Ｘ", "resident_id", (1, 1)),
        ("一一〇一〇五一九四九一二三一〇〇二X", "resident_id", (1, 1)),
        ("电话138 0055 0000", "phone", (1, 3)),
        ("壹叁捌零零伍伍零零零零", "phone", (1, 1)),
        ("138OO55OOOO", "phone", (1, 1)),
        ("尾号0000", "partial_number", (1, 3)),
        ("后六位二三一〇〇二", "partial_number", (1, 4)),
        ("138****0000", "partial_number", (1, 1)),
        ("别人的电话13912345678", "phone", (1, 6)),
        ("护照e1234 5678", "passport", (1, 3)),
        ("皖Ｄ１２３４５", "plate", (1, 1)),
        ("卡号6222 0210 0111 6245 702", "bank_card", (1, 3)),
        ("zhang.jw88(at)example dot com", "email", (1, 1)),
        ("微信号wx_778899", "account", (1, 4)),
        ("在朝阳中路十八号三栋", "address", (1, 2)),
        ("家住朝阳中路，", "address", (1, 3)),
        ("住田家庵区龙湖路9号", "address", (1, 6)),
        ("1949年12月31日出生", "birth", (1, 1)),
        ("生于十二月三十一日", "birth", (1, 3)),
        ("在舜耕机械厂二车间上班", "phrase", (1, 2)),
    ],
)
def test_what_leads_to_a_person_is_found_with_rule_and_place(text, rule, place):
    found = [(hit.rule, (hit.place.line, hit.place.sign)) for hit in hits_in(text)]
    assert (rule, place) in found
    assert all(f"第 {hit.place.line} 行第 {hit.place.sign} 字" in hit.says for hit in hits_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "张某打人，李某在场。阿某说。",
        "民警张建业（警号034125）、李明哲",
        "淮南建伟化工有限公司，统一社会信用代码91350100M000100Y43",
        "田公（网）行罚决字〔2026〕00871号，2026年10月12日22时30分",
        "住淮南市田家庵区×××，1949年×××出生，公民身份号码×××",
        "在朝阳中路与龙湖路交叉口发生",
        "根据《中华人民共和国治安管理处罚法》第四十三条，罚款五百元",
        "视频编号：13955440001，货款13955440002.00元，办公电话0554-6644444",
        "证明李某与他人",
        "A3404035100002026090017",
    ],
)
def test_what_may_be_said_and_what_must_stay_is_no_leak(text):
    assert [hit.says for hit in hits_in(text)] == []


def test_an_officer_called_like_a_party_may_stay_with_his_duty_and_nowhere_else():
    about = about_of({"parties": [{"kind": "person", "name": "张伟"}], "keep": ["张伟", "034125"]})
    assert hits_in("承办民警张伟（034125）", about) == []
    assert [hit.place.sign for hit in hits_in("被处罚人张伟与民警张伟（034125）", about)] == [5]


def test_a_name_that_is_an_everyday_word_is_found_where_a_person_is_meant():
    about = about_of({
        "parties": [{"kind": "person", "name": "安全"}],
        "text": "违法行为人安全，男。安全称未注意安全生产。",
    })  # fmt: skip
    assert hits_in("违法行为人安某，男。安某称未注意安全生产。", about) == []
    assert [h.place.sign for h in hits_in("安某，男。安全称未注意安全生产。", about)] == [6]
    assert hits_in("注意安\u200b全生产", about) != []


def test_what_the_original_says_of_others_is_looked_for_too():
    about = about_of({"text": "证人赵小梅，电话13911112222，住田家庵区龙湖路9号。", "parties": []})
    assert [hit.rule for hit in hits_in("赵小梅；139-1111-2222；龙湖路9号", about)] == [
        "name", "phone", "address",
    ]  # fmt: skip


def in_file(name, raw):
    return [
        (hit.rule, hit.place.label, hit.place.line, hit.place.pointer, hit.place.page)
        for hit in check([artefact_of_bytes(name, raw)], ABOUT)
    ]


@pytest.mark.parametrize(
    ("name", "text", "label", "line"),
    [
        ("a.html", "<p>x</p>\n<p>经<b>张</b>建<i>伟</i></p>", "正文", 2),
        ("a.html", "<p>x</p>\n<img alt='张建伟'>", "属性 alt", 2),
        ("a.html", "<p>x</p><!--\n张建伟-->", "注释", 2),
        ("a.html", '<script>\nvar a="\\u5f20\\u5efa\\u4f1f"</script>', "脚本或样式", 2),
        ("a.atom", "<feed>\n<title><![CDATA[张建伟]]></title></feed>", "正文", 2),
        ("a.csv", "a,b\n1,张建伟\n", "第 2 行第 2 列", 1),
        ("a.txt", "x\n5byg5bu65LyfMTM4MDA1NTAwMDA=", "", 2),
        ("张建伟.txt", "x", "文件名", 1),
    ],
)
def test_a_hit_says_where_in_which_kind_of_file(name, text, label, line):
    found = in_file(name, text.encode())
    assert ("name", label, line, None, None) in found


def test_in_json_a_hit_has_the_pointer_also_of_keys_and_numbers():
    raw = json.dumps({"a": [{"b/c": "张建伟"}, 13800550000], "李明": 1}).encode()
    assert [hit[3] for hit in in_file("a.json", raw)] == ["/a/0/b~1c", "/a/1", "/李明"]
    twice = b'{"a": "\\u5f20\\u5efa\\u4f1f", "a": "x"}'
    assert [hit[3] for hit in in_file("a.json", twice)] == ["/a"]


def test_in_a_pdf_a_hit_has_the_page_and_metadata_are_read():
    raw = pdf(["公开文本", "经张建伟"], {"Author": "张建伟"})
    assert [(label, page) for _, label, _, _, page in in_file("a.pdf", raw)] == [
        ("第 1 页", 1), ("元数据 /Author", None),
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_is_read_in_every_usual_charset(charset):
    assert in_file("a.csv", "甲,乙\n1,张建伟\n".encode(charset))


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [("a.json", b'{"a":', "不是完整的 JSON"), ("a.pdf", b"%PDF-1.7 nothing", "不是完整的 PDF")],
)
def test_what_cannot_be_read_is_refused_not_passed(name, raw, says):
    with pytest.raises(CannotRead, match=says):
        artefact_of_bytes(name, raw)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"parties": "x"}, "parties 应为对象的列表"),
        ({"parties": [{"kind": "person"}]}, r"parties\[0\].name"),
        ({"parties": [{"kind": "dog", "name": "x"}]}, r"parties\[0\].kind"),
        ({"parties": [], "keep": [1]}, "keep 应为文字的列表"),
        ({"text": 1}, "text 应为文字"),
        ({"hidden": [{"rule": "name"}]}, r"hidden\[0\].text"),
    ],
)
def test_a_case_that_is_told_wrongly_is_refused_with_the_field(told, says):
    with pytest.raises(BadAbout, match=says):
        about_of(told)


@pytest.mark.parametrize(
    ("now", "old", "says"),
    [
        (
            "田公(网)行罚决字〔2026〕00871号：张某",
            "田公（网）行罚决字〔2026〕00871号：张建伟",
            "全名",
        ),
        ("证号110105************", "证号**************002X", "拼合"),
        (
            f"张某，36岁，系龙湖中学教师。{NUMBER}",
            f"{NUMBER}：张某在朝阳中路家中",
            "住处",
        ),
    ],
)
def test_what_only_together_with_earlier_publications_leads_to_a_person_is_found(now, old, says):
    assert hits_in(now) == []
    [hit] = hits_in(now, earlier=[old])
    assert hit.rule == "join"
    assert says in hit.says
    assert "old0.txt" in hit.says
    assert hits_in(now, earlier=[now]) == []


def imports_of(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_leak_check_shares_no_code_of_the_project_above_all_none_of_the_masking():
    ours = "mingjing_shared.privacy.leakcheck"
    for file in Path(package.__file__).parent.glob("*.py"):
        for name in imports_of(file):
            assert name.startswith(ours) or not name.startswith("mingjing"), (file.name, name)


def test_what_makes_the_corpus_imports_the_standard_library_alone():
    here = Path(__file__).parent
    made = {"privacy.disguises", "privacy.artefacts_made", "privacy.leak_forms"}
    for name in (
        "corpus_generated",
        "leaks_generated",
        "artefacts_made",
        "leak_forms",
        "disguises",
    ):
        found = set(imports_of(here / f"{name}.py")) - made
        assert {one.partition(".")[0] for one in found} <= sys.stdlib_module_names
