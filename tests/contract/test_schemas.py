"""The published contract: complete, current, and stable types only grow."""

import copy
import inspect
import re

import pytest

from mingjing_shared.events import (
    CATALOGUE,
    SERVICES,
    catalogue_rows,
    codes,
    schema_of,
    with_case_number,
)
from mingjing_shared.events.codes import ACTION_NAMES, names_of
from mingjing_shared.events.generate import broken, main, stale, write
from mingjing_shared.events.growth import breaks

STABLE = {
    "case.accepted", "action.performed", "decision.proposed", "decision.made",
    "enforcement.ended", "recording.required", "review.required", "review.not_required",
    "review.bypassed", "disclosure.due", "disclosure.withheld", "casefile.due",
    "platform.probed", "platform.window_closed", "platform.log_refused", "platform.log_accepted",
    "review.submitted", "review.returned", "review.assigned", "review.opinion_issued",
    "review.resubmitted", "review.cleared", "review.overdue", "review.extended",
    "review.disagreement_raised", "review.coordinated",
    "catalogue.published",
    "task.assigned", "task.progressed", "task.overdue", "task.completed", "task.downgraded",
    "warning.raised", "warning.cleared", "indicator.measured",
    "disclosure.published", "disclosure.overdue", "disclosure.corrected", "disclosure.withdrawn",
    "footage.captured", "footage.registered", "footage.archived", "footage.linked",
    "footage.accessed", "record.gap_found", "record.gap_explained", "record.gap_closed",
    "document.received", "document.missing", "casefile.archived", "casefile.overdue",
    "staffing.measured",
}  # fmt: skip
HOMES = {"inbound", "disclosure", "recording", "review", "tasks", "directory", "platform"}


def test_exactly_the_types_of_the_running_thread_are_stable():
    stable = {row.short for row in catalogue_rows() if row.stability == "stable"}
    assert stable == STABLE


def test_stable_types_only_grew(documents_root):
    assert broken(documents_root) == []
    snapshots = {path.parent.name for path in (documents_root / "stable").rglob("*.json")}
    assert snapshots == {f"cn.mingjing.{name}" for name in STABLE}


def test_the_generated_files_are_current(documents_root):
    """If not: ``.venv/bin/python -m mingjing_shared.events.generate docs/events``."""
    assert stale(documents_root) == []


def test_an_event_class_says_what_it_is(event):
    text = inspect.getdoc(event) or ""
    takers = [name for name in ("gateway", "disclosure", "recording", "review", "tasks")
              if name in event.takers]  # fmt: skip
    listed = " and ".join(filter(None, [", ".join(takers[:-1]), *takers[-1:]])) or "nobody yet"
    said = " ".join(text.split("\n\n")[-1].split())
    key = event.key.replace("_", " ")
    assert said == f"Sent by {event.sender}; key: {key}. Taken by {listed}."
    assert len(text.split("\n\n")) >= 2, "the meaning comes first"
    assert re.search("[\u4e00-\u9fff]", event.label), "officers read Chinese"
    assert event.home in HOMES
    assert event.takers <= SERVICES


def test_an_event_class_has_its_key_and_subject_as_required_fields(event):
    schema = schema_of(event.type)
    assert {event.key, event.subject_field} <= set(schema["required"])
    assert schema["title"]
    assert schema["description"]
    assert len(schema["examples"]) == 2


def test_only_inbound_types_hold_personal_fields(event):
    rows = next(row for row in catalogue_rows() if row.type == event.type)
    if event.home != "inbound":
        assert [field.name for field in rows.fields if field.personal] == []


def test_whatever_has_a_case_number_is_taken_by_tasks():
    assert [c.type for c in with_case_number() if "tasks" not in c.takers] == []


def test_every_code_has_its_chinese():
    lists = [value for value in vars(codes).values() if hasattr(value, "__metadata__")]
    assert len(lists) > 15
    for listed in lists:
        assert set(names_of(listed)) == set(listed.__origin__.__args__)
    assert all(re.search("[\u4e00-\u9fff]", name) for name in ACTION_NAMES.values())


def test_an_unknown_type_has_no_schema():
    assert schema_of("cn.mingjing.case.eaten") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s["properties"].pop("made_on"), "data.made_on: the field is gone"),
        (lambda s: s["required"].append("effective_on"), "effective_on: it is required now"),
        (lambda s: s["required"].remove("unit"), "unit: it is optional now"),
        (lambda s: s["properties"]["kind"]["enum"].remove("permit"), "data.kind: enum was"),
        (lambda s: s["properties"]["kind"]["enum"].append("advice"), "data.kind: enum was"),
        (lambda s: s["properties"]["unit"].update(maxLength=6), "data.unit: maxLength was 12"),
        (lambda s: s["properties"]["facts"].pop("x-pii"), "data.facts: x-pii was True"),
        (lambda s: s["$defs"]["LegalBasis"]["properties"].pop("law"), "data.basis[].law: the"),
        (lambda s: s["$defs"]["Outcome"]["required"].append("fine"), "outcome.fine: it is req"),
        (lambda s: s.update({"x-key": "decision_id"}), "data: x-key was 'case_number'"),
    ],
)
def test_a_break_of_a_stable_schema_is_said_in_words(change, words):
    old = copy.deepcopy(schema_of(CATALOGUE["cn.mingjing.decision.made"].type))
    old["$defs"]["Outcome"].setdefault("required", [])
    new = copy.deepcopy(old)
    change(new)
    assert any(words in word for word in breaks(old, new)), breaks(old, new)


def test_a_further_optional_field_is_growth():
    old = schema_of("cn.mingjing.decision.made")
    new = copy.deepcopy(old)
    new["properties"]["served_on"] = {"type": "string", "format": "date"}
    new["$defs"]["Outcome"]["properties"]["days"] = {"type": "integer"}
    new["properties"]["kind"]["title"] = "决定的种类"
    assert breaks(old, new) == []


def test_a_broken_snapshot_is_not_written_over(tmp_path):
    write(tmp_path)
    snapshot = tmp_path / "stable" / "cn.mingjing.case.accepted" / "1.json"
    snapshot.write_text(snapshot.read_text("utf-8").replace('"place"', '"spot"'), "utf-8")
    with pytest.raises(ValueError, match=r"case.accepted: data.spot: the field is gone"):
        write(tmp_path)
    assert main(["--check", str(tmp_path)]) == 1


def test_a_file_that_is_no_longer_generated_is_removed(tmp_path):
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "old.json").write_text("{}")
    assert main([str(tmp_path)]) == 0
    assert stale(tmp_path) == []
