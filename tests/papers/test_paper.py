"""Official papers: the same paper is the same bytes, and whatever is written in it stays words."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from mingjing_shared.papers.paper import Facts, Grid, Heading, Paper, Words, pdf_of, with_shape

ADDRESS = "https://mingjing.example/review/papers/0198"
PAPER = Paper(
    body="测试分局",
    title="法制审核意见书",
    number="测试分局法审〔2026〕12号",
    dated=date(2026, 11, 27),
    blocks=[
        Words("测试派出所：\n你单位2026年11月10日报送的案件收悉。"),
        Heading("一、意见：纠正"),
        Facts([("轮次", "第2轮")]),
        Grid(["序号", "内容"], [["1", "程序合法"]], [1, 4]),
    ],
    signed=["测试分局法制大队"],
    code=ADDRESS,
    check="扫码核对",
)


def opened(paper):
    return pypdfium2.PdfDocument(pdf_of(paper))


def words(paper):
    return "".join(page.get_textpage().get_text_bounded() for page in opened(paper))


def test_the_same_paper_is_the_same_bytes():
    assert pdf_of(PAPER) == pdf_of(PAPER)
    assert pdf_of(PAPER) != pdf_of(replace(PAPER, number="测试分局法审〔2026〕13号"))


def test_all_that_it_says_can_be_selected_in_order():
    said = words(PAPER)
    wanted = [
        "测试分局",
        "法制审核意见书",
        "测试分局法审〔2026〕12号",
        "你单位2026年11月10日报送",
        "一、意见：纠正",
        "第2轮",
        "程序合法",
        "测试分局法制大队",
        "2026年11月27日",
    ]
    places = [said.index(one) for one in wanted]
    assert places == sorted(places)


def test_it_is_an_archive_file_that_names_itself():
    made = pdf_of(PAPER)
    assert b"pdfaid:part>2<" in made
    assert opened(PAPER).get_metadata_value("Title") == "法制审核意见书"


@pytest.mark.parametrize(
    "hostile", ['#read("/etc/passwd")', "*粗* _斜_ $x$", "= 标题", "</text><b>", "\\u{41}", '"}]']
)
def test_what_is_written_is_never_read_as_markup(hostile):
    assert hostile in words(replace(PAPER, blocks=[Words(hostile)]))


def test_rare_characters_of_names_have_a_shape_and_others_are_printed_as_their_number():
    assert with_shape("王喆、李堃") == "王喆、李堃"
    assert with_shape("张𠮷") == "张〓〔U+20BB7〕"
    assert "张〓〔U+20BB7〕" in words(replace(PAPER, blocks=[Words("张𠮷")]))


def test_the_printed_code_leads_to_the_address():
    picture = opened(PAPER)[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_a_paper_without_code_or_number_has_none():
    plain = replace(PAPER, code=None, number=None)
    assert zxingcpp.read_barcodes(opened(plain)[0].render(scale=3).to_pil()) == []
    assert "法审〔2026〕" not in words(plain)


def test_a_long_paper_numbers_its_pages():
    long = replace(PAPER, blocks=[Words("理由。" * 2000)])
    assert len(opened(long)) > 2
    assert "— 2 —" in words(long)
