"""Query codes: one for each decision, made with the key only, read however they are typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.privacy.query_codes import ALPHABET, query_code, reads
from mingjing_shared.privacy.references import References

KEY, OTHER_KEY = b"an installation key of the tests", b"another installation's key, also"
SOURCE = "/huainan/casework"
CODE = query_code(KEY, SOURCE, "D1")


@pytest.mark.parametrize(
    "typed",
    ["", "   ", CODE[:-1], CODE + "0", "U" * 11, "!" * 12, "查询码查询码查询码查询码", "0" * 5000],
)
def test_what_is_no_code_is_read_as_none(typed):
    assert reads(typed) is None


def test_another_key_source_or_decision_gives_another_code():
    others = {
        query_code(OTHER_KEY, SOURCE, "D1"),
        query_code(KEY, "/huainan/traffic", "D1"),
        query_code(KEY, SOURCE, "D2"),
        query_code(KEY, SOURCE + "D", "1"),  # the border between both is seen
        query_code(KEY, SOURCE + "\n", "D1"),
    }
    assert len(others) == 5
    assert CODE not in others


def test_a_code_is_no_reference_of_a_case_or_person():
    references = References(KEY)
    assert references.query_code(SOURCE, "D1") == CODE
    assert CODE.replace("-", "").lower() not in references.case(f"{SOURCE}\nD1")


def test_a_code_has_sixty_bits_in_signs_that_are_not_mistaken():
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", CODE)
    assert len(set(ALPHABET)) == 32
    used = {sign for n in range(300) for sign in query_code(KEY, SOURCE, str(n))} - {"-"}
    assert used == set(ALPHABET)


def test_a_code_never_changes():
    """Documents with it are printed and served: a change of the rule would make them void."""
    assert query_code(b"k" * 32, SOURCE, "D-1183") == "1E6B-4Y38-3MY7"


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_code_reads_as_itself(source, decision_id):
    code = query_code(KEY, source, decision_id)
    assert reads(code) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0123-4567-89ab", "0123-4567-89AB"),
        ("0123456789AB", "0123-4567-89AB"),
        (" 0123 4567 89ab\n", "0123-4567-89AB"),
        ("O123—4567–89AB", "0123-4567-89AB"),
        ("oil3-4567-89AB", "0113-4567-89AB"),
        ("U123-4567-89AB", "V123-4567-89AB"),
        ("０１２３－４５６７－８９ａｂ", "0123-4567-89AB"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed, meant):
    assert reads(typed) == meant
