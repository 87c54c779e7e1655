"""Every golden sample is still what its type says."""

import hashlib
import json

from jsonschema import Draft202012Validator

from mingjing_shared.events import (
    CATALOGUE,
    dataschema_of,
    decode,
    explain,
    key_fits,
    key_of,
    merge_pii,
    split_pii,
    subject_fits,
    subject_of,
    to_data,
)
from mingjing_shared.messaging.envelope import read_structured


def test_a_sample_is_read_by_its_class_and_survives_a_round(sample):
    event = decode(sample.event_class, sample.data)
    assert decode(sample.event_class, to_data(event)) == event


def test_a_sample_is_valid_by_the_published_schema(sample, documents_root):
    name = f"{sample.event_class.type}/{sample.event_class.major}.json"
    schema = json.loads((documents_root / "schemas" / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    problems = [error.message for error in Draft202012Validator(schema).iter_errors(sample.data)]
    assert problems == []
    assert explain(sample.event_class, sample.data) == []


def test_a_sample_s_envelope_fits_its_data(sample):
    envelope = sample.envelope
    event = decode(sample.event_class, sample.data)
    assert envelope["type"] == sample.event_class.type
    assert envelope["dataschema"] == dataschema_of(sample.event_class)
    assert (envelope["subject"], envelope["partitionkey"]) == (subject_of(event), key_of(event))
    assert subject_fits(event, envelope["subject"])
    assert key_fits(event, envelope["partitionkey"])
    assert key_fits(event, envelope["subject"]), "the raw case number is taken as a key too"


def test_a_sample_s_text_is_an_envelope_as_every_worker_reads_it(sample):
    envelope, data, _ = read_structured(sample.raw)
    assert (envelope.source, envelope.id) == (sample.envelope["source"], sample.envelope["id"])
    assert data == sample.data


def test_the_personal_half_of_a_sample_comes_off_and_goes_back(sample):
    public, personal = split_pii(sample.event_class, sample.data)
    assert merge_pii(public, personal) == sample.data
    assert split_pii(sample.event_class, public) == (public, {}), "nothing personal is left"
    if sample.event_class.home != "inbound":
        assert personal == {}, "the departments' own events hold nothing personal"


def test_every_type_has_a_sample_and_every_stable_type_a_minimal_and_a_full_one(samples):
    stems = {}
    for sample in samples:
        stems.setdefault(sample.path.parent.name, set()).add(sample.path.stem)
    assert set(stems) == set(CATALOGUE)
    for name, event in CATALOGUE.items():
        if event.stability == "stable":
            assert {"1-minimal", "2-full"} <= stems[name], name


def test_no_sample_has_the_identity_of_another(samples):
    identities = [(s.envelope["source"], s.envelope["id"]) for s in samples]
    assert len(set(identities)) == len(identities)


def test_the_samples_of_stable_types_are_kept_as_they_were(samples):
    """A sample is added with its sum; one that is there is never edited or removed."""
    root = samples[0].path.parents[1]
    kept = dict(
        reversed(line.split("  ", 1)) for line in (root / "stable.sha256").read_text().splitlines()
    )
    there = {
        f"{s.path.parent.name}/{s.path.name}": hashlib.sha256(s.raw).hexdigest()
        for s in samples
        if s.event_class.stability == "stable"
    }
    assert there == kept
