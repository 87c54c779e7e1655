"""The opinion of legal review is a numbered paper, kept as it was issued."""

import hashlib

import pypdfium2
import pytest
import zxingcpp

from support.officers import COUNTY
from support.review import a_classified_case
from support.reviewing import (
    NAME,
    an_editor,
    the_handler,
    the_manager,
    the_reviewer,
)


@pytest.fixture
async def in_review(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    return bench


async def papers(bench):
    return await bench.review.database.all("SELECT * FROM papers ORDER BY made_at, paper_id")


async def file_of(bench, paper, officer=the_handler):
    return await bench.get(officer, f"/review/papers/{paper.paper_id}/file")


def words_in(raw):
    pages = pypdfium2.PdfDocument(raw)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


async def test_an_opinion_is_issued_as_a_numbered_paper_of_the_reviewers_unit(in_review):
    await in_review.speak("correct")
    [paper] = await papers(in_review)
    assert (paper.kind, paper.unit, paper.number) == (
        "opinion",
        COUNTY,
        "测试分局法审〔2026〕1号",
    )
    answer = await file_of(in_review, paper)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert hashlib.sha256(answer.content).hexdigest() == paper.pdf_sha256
    said = words_in(answer.content)
    row = await in_review.review.review()
    for one in (
        "重大执法决定法制审核意见书",
        "测试派出所",
        row.case_number,
        "一、审核意见：纠正",
        "程序合法",
        "不符合",
        "问题在这里",
        "理由写在这里",
        "改正后再次送审",
        "2026年9月21日",
        the_reviewer.number,
    ):
        assert one in said.replace("\r\n", "").replace("\n", ""), one
    assert "现场检查笔录" in said, "the materials it rests on"


@pytest.mark.parametrize(
    ("opinion", "says"), [("agree", "放行凭证编号"), ("transfer", "不得以行政处罚代替移送")]
)
async def test_a_paper_says_what_follows_from_the_opinion(in_review, opinion, says):
    await in_review.speak(opinion)
    [paper] = await papers(in_review)
    said = "".join(words_in((await file_of(in_review, paper)).content).split())
    assert says in said
    if opinion == "agree":
        [row] = await in_review.review.database.all("SELECT clearance_id FROM clearances")
        digits = "".join(sign for sign in said if sign.isalnum())  # lines break at its hyphens
        assert row.clearance_id.replace("-", "") in digits


async def test_numbers_of_a_unit_are_given_one_after_the_other_each_unit_its_own(in_review):
    await in_review.speak("correct")
    await in_review.submit()
    await in_review.speak("correct", the_manager)
    await in_review.submit()
    await in_review.speak("agree", the_reviewer)
    assert [paper.number for paper in await papers(in_review)] == [
        "测试分局法审〔2026〕1号",
        "测试市公安局法审〔2026〕1号",
        "测试分局法审〔2026〕2号",
    ]


async def test_an_opinion_that_is_refused_uses_up_no_number(in_review):
    assert (await in_review.speak("correct", reasons="")).status_code == 400
    assert (await in_review.speak("agree", failed=("law",))).status_code == 409
    assert await papers(in_review) == []
    await in_review.speak("correct")
    assert [paper.number for paper in await papers(in_review)] == ["测试分局法审〔2026〕1号"]


async def test_the_printed_code_leads_to_the_page_of_the_paper(in_review):
    await in_review.speak("correct")
    [paper] = await papers(in_review)
    pages = pypdfium2.PdfDocument((await file_of(in_review, paper)).content)
    [code] = zxingcpp.read_barcodes(pages[len(pages) - 1].render(scale=3).to_pil())
    assert code.text == f"https://mingjing.example/review/papers/{paper.paper_id}"
    page = await in_review.get(the_handler, code.text.removeprefix("https://mingjing.example"))
    assert page.status_code == 200
    assert paper.pdf_sha256 in page.text
    assert paper.number in page.text


async def test_the_case_page_leads_to_each_paper(in_review):
    await in_review.speak("correct")
    [paper] = await papers(in_review)
    page = await in_review.get(the_handler, "/review/cases/D1")
    assert f'href="/review/papers/{paper.paper_id}"' in page.text


async def test_a_paper_is_read_by_whoever_may_read_the_review_and_each_look_is_noted(in_review):
    await in_review.speak("correct")
    [paper] = await papers(in_review)
    for path in ("", "/file"):
        answer = await in_review.get(an_editor, f"/review/papers/{paper.paper_id}{path}")
        assert answer.status_code == 403
        before = len(await in_review.audit())
        await in_review.get(the_handler, f"/review/papers/{paper.paper_id}{path}")
        [look] = (await in_review.audit())[before:]
        assert look[:3] == (the_handler.number, "review.read", "seen")


async def test_an_unknown_paper_is_not_found(in_review):
    answer = await in_review.get(the_handler, "/review/papers/none/file")
    assert (answer.status_code, "没有这份文书" in answer.text) == (404, True)


async def test_what_is_kept_is_sealed_and_nothing_of_it_is_in_its_address_or_number(in_review):
    await in_review.speak("correct")
    [paper] = await papers(in_review)
    assert b"%PDF" not in bytes(paper.pdf)
    assert NAME not in str(paper)


async def test_of_a_case_that_turns_out_classified_no_paper_remains(in_review):
    await in_review.speak("correct")
    await in_review.review.apply(a_classified_case())
    assert await papers(in_review) == []
