"""`mingjing review`: a case judged from a file of its events, with no platform running."""

import json

import msgspec
import pytest
from click.testing import CliRunner
from review.told_case import act, at, lawful, made

from mingjing_review.command import review
from mingjing_shared.events.casework import DecisionProposed
from mingjing_shared.events.decoding import to_data


def line(name, event, time="2026-03-20T10:00:00+08:00", **changes):
    told = {
        "specversion": "1.0", "id": name, "source": "/huainan/casework", "type": event.type,
        "time": time, "data": to_data(event),
    }  # fmt: skip
    return json.dumps({**told, **changes}, ensure_ascii=False)


def lines_of(*changed):
    told = lawful() | {one.id: one for one in changed}
    return [line(name, one.event) for name, one in told.items()]


@pytest.fixture
def run(tmp_path):
    def runs(lines, *words):
        file = tmp_path / "case.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = CliRunner().invoke(review, [words[0], str(file), *words[1:]])
        return done.exit_code, done.output

    return runs


def proposed(**changes):
    told = to_data(made().event)
    data = {
        "decision_id": "D1", "case_number": told["case_number"], "kind": "penalty",
        "proposed_by": "010001", "unit": told["unit"], "proposed_at": at(9), "facts": "…",
        "basis": (), "outcome": {"kinds": ("fine",), "fine": "500"}, **changes,
    }  # fmt: skip
    return msgspec.convert(msgspec.to_builtins(data), DecisionProposed)


def test_a_lawful_case_has_no_contradiction(run):
    assert run(lines_of(), "contradictions") == (0, "")
    assert run(lines_of(), "contradictions", "--json") == (0, "[]\n")


def test_a_contradiction_is_told_with_its_facts_and_source(run):
    lines = lines_of(act("b", "search", at(3, "09:30"), place_kind="on_site"))
    code, said = run(lines, "contradictions", "--json")
    [one] = json.loads(said)
    assert (code, one["kind"], one["facts"]) == (1, "officer_twice", ["act", "b"])
    assert "010001、010002 同时参加" in one["says"]
    code, said = run(lines, "contradictions")
    assert (code, said.count("\n"), "act、b；" in said) == (1, 1, True)


@pytest.mark.parametrize(
    ("fine", "required", "says"),
    [("3999.99", False, "不需要法制审核"), ("4000", True, "治安管理处罚法（2025年修订）§117")],
)
def test_a_proposal_is_judged_with_all_reasons(run, fine, required, says):
    event = proposed(outcome={"kinds": ("fine",), "fine": fine})
    lines = [*lines_of(), line("p", event)]
    code, said = run(lines, "judge", "--json")
    [one] = json.loads(said)
    assert (code, one["decision_id"], one["required"]) == (0, "D1", required)
    assert bool(one["reasons"]) is required
    assert says in run(lines, "judge")[1]


def test_of_a_decision_proposed_twice_the_newest_text_is_judged(run):
    old = line("p1", proposed(social_risk=True), "2026-03-09T10:00:00+08:00")
    new = line("p2", proposed(), "2026-03-09T11:00:00+08:00")
    [one] = json.loads(run([new, *lines_of(), old], "judge", "--json")[1])
    assert one["required"] is False


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{", "第 1 行"),
        (line("x", made().event, specversion="0.3"), "specversion"),
        (line("x", made().event, type="cn.mingjing.nobody.knows"), "不认识的事件类型"),
        (line("x", made().event, data={}), "第 1 行"),
    ],
)
def test_a_line_that_is_no_event_is_named(run, bad, says):
    for command in ("judge", "contradictions"):
        code, said = run([bad], command)
        assert (code, says in said) == (2, True), said
