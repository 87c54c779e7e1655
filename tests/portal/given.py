"""What the inside tells the public."""

from datetime import date

from mingjing_shared.publicity.content import Published, Withdrawn, text_digest

TEXT = """行政处罚决定书
田公(网)行罚决字〔2026〕00871号
被处罚单位：淮南市示例信息技术有限公司。
以上事实有证人赵某证言等证据证实，当事人有赌博行为。
决定给予警告，并处罚款三万元。"""


def an_item(item_id="I1", **changes):
    given = {
        "item_id": item_id,
        "version": 1,
        "kind": "penalty",
        "title": "未履行网络安全保护义务案行政处罚决定书",
        "document_number": "田公(网)行罚决字〔2026〕00871号",
        "unit_name": "田家庵分局",
        "made_on": date(2026, 11, 18),
        "due_on": date(2026, 11, 27),
        "published_on": date(2026, 11, 23),
        "outcome": ("警告", "罚款 30000 元"),
        "parties": ("淮南市示例信息技术有限公司",),
        "text": TEXT,
        "masked": ((3, 7, 9),),
        "meaning": "该单位违反了规定，受到警告、罚款 30000 元的行政处罚。",
        "remedy": "不服的，可以自收到决定书之日起 60 日内申请行政复议。",
    }
    given |= changes
    return Published(**{"text_sha256": text_digest(given["text"]), **given})


def a_withdrawal(item_id="I1", **changes):
    given = {
        "item_id": item_id,
        "version": 1,
        "withdrawn_on": date(2026, 11, 25),
        "reason": "原决定已被依法撤销，现撤回公开。",
        "basis": "行政处罚法（2021年修订）§48",
        "generic": False,
    }
    return Withdrawn(**{**given, **changes})
