"""Side by side every hidden place says by which rule it is, and where the rule stands."""

from mingjing_disclosure.rules.marking import side_by_side, suggestion
from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known

KNOWN = Known((Party(kind="person", name="张伟", role="penalised"),), ("李勇", "034125"))
TEXT = "被处罚人张伟，电话13800550000，民警李勇（034125）。"


def test_what_was_taken_says_rule_how_it_was_found_and_source():
    masked = suggestion(TEXT, KNOWN)
    shown = side_by_side(TEXT, masked.public_text, KNOWN, masked)
    [line] = shown.original
    why = {words: reason for mark, words, reason in line if mark == "taken"}
    assert set(why) == {"张伟", "13800550000"}
    assert why["张伟"].startswith("姓名：当事人名单（被处罚人）；依据")
    assert "§15" in why["13800550000"]


def test_everything_that_is_hidden_is_listed_in_order_with_its_stand_in():
    masked = suggestion(TEXT, KNOWN)
    shown = side_by_side(TEXT, masked.public_text, KNOWN, masked)
    assert [(one.text, one.instead, one.rule) for one in shown.hidden] == [
        ("张伟", "张某", "姓名"),
        ("13800550000", "×××", "联系电话"),
    ]


def test_what_stays_has_no_reason_and_is_marked():
    masked = suggestion(TEXT, KNOWN)
    shown = side_by_side(TEXT, masked.public_text, KNOWN, masked)
    [line] = shown.public
    assert [words for mark, words, why in line if mark == "keep" and not why] == ["李勇", "034125"]
