"""What is committed to is the event in the one form that everybody makes of it (RFC 8785)."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.messaging.commitment import canonical_event, canonical_note, commitment

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(
    allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15
)
VALUES = st.recursive(
    WORDS | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, WORDS, max_size=5), st.dictionaries(NAMES, VALUES, max_size=4))
def test_an_event_is_written_as_rfc_8785_has_it(attributes, data):
    value = msgspec.json.encode(data, order="deterministic")
    told = {**attributes, "traceparent": "00-1-2-01", "tracestate": "x"}
    whole = {**attributes, "data": data}
    assert canonical_event(told, value) == rfc8785.dumps(whole)


@pytest.mark.parametrize(
    ("number", "written"), [(1.0, "1"), (0.5, "0.5"), (1e21, "1e+21"), (-0.0, "0"), (1e-7, "1e-7")]
)
def test_a_fraction_is_written_as_rfc_8785_has_it(number, written):
    value = msgspec.json.encode({"share": number})
    assert (
        canonical_event({"id": "a"}, value).decode() == f'{{"data":{{"share":{written}}},"id":"a"}}'
    )


def test_what_is_noted_is_written_in_the_same_way():
    said = {"officer": "034101", "act": "查看", "number": 3}
    assert canonical_note(said) == rfc8785.dumps(said)
    assert json.loads(canonical_note(said)) == said


def test_a_commitment_hangs_on_salt_and_content():
    assert len({commitment(salt, what) for salt in (b"a", b"b") for what in (b"x", b"y")}) == 4
