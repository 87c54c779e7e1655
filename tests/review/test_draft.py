"""The digest by which what was reviewed and what was decided are compared."""

import hashlib
import unicodedata
from decimal import Decimal

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from mingjing_shared.events.values import LegalBasis, Outcome
from mingjing_shared.facts.draft import draft_sha256

KINDS = ["warning", "fine", "closure", "detention", "licence_revocation"]
REFS = st.lists(st.sampled_from(["r_01", "r_02", "o_03", "m_04"]), max_size=4)
TEXTS = st.text("第五十九条à̀é́가각カ゛Å", min_size=1, max_size=6)
BASES = st.lists(st.builds(LegalBasis, law=TEXTS, article=TEXTS), max_size=3)
SUMS = st.none() | st.decimals(0, 10**9, places=2).map(str)
OUTCOMES = st.builds(
    Outcome,
    kinds=st.lists(st.sampled_from(KINDS), max_size=3).map(tuple),
    fine=SUMS,
    confiscated=SUMS,
    detention_days=st.none() | st.integers(0, 20),
    licence_action=st.none() | TEXTS,
)
DRAFTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["penalty", "permit"]),
        "party_refs": REFS,
        "basis": BASES,
        "outcome": OUTCOMES,
    }
)


def meaning(draft):
    """What a draft says, made without the function under test."""
    outcome = draft["outcome"]
    return (
        draft["kind"],
        frozenset(draft["party_refs"]),
        frozenset((_nfc(b.law), _nfc(b.article)) for b in draft["basis"]),
        frozenset(outcome.kinds),
        _amount(outcome.fine),
        _amount(outcome.confiscated),
        outcome.detention_days,
        _nfc(outcome.licence_action),
    )


def _nfc(text):
    return None if text is None else unicodedata.normalize("NFC", text)


def _amount(text):
    return None if text is None else Decimal(text)


def test_the_canonical_form_is_the_one_of_the_contract():
    plain = (
        '{"basis":[{"article":"第五十九条","law":"治安管理处罚法"}],"kind":"penalty",'
        '"outcome":{"detention_days":5,"fine":"2000","kinds":["detention","fine"]},'
        '"party_refs":["o_1","r_1"]}'
    )
    assert (
        draft_sha256(
            kind="penalty",
            party_refs=["r_1", "o_1", "r_1"],
            basis=[LegalBasis(law="治安管理处罚法", article="第五十九条")] * 2,
            outcome=Outcome(kinds=("fine", "detention"), fine="2000.00", detention_days=5),
        )
        == hashlib.sha256(plain.encode()).hexdigest()
    )


@given(DRAFTS, st.randoms(use_true_random=False))
def test_order_repeats_idle_zeros_and_unicode_form_do_not_matter(draft, random):
    outcome = draft["outcome"]
    said_otherwise = {
        "kind": draft["kind"],
        "party_refs": _shuffled(draft["party_refs"] * 2, random),
        "basis": _shuffled(
            [
                LegalBasis(law=_nfd(item.law), article=_nfd(item.article))
                for item in draft["basis"] * 2
            ],
            random,
        ),
        "outcome": msgspec.structs.replace(
            outcome,
            kinds=tuple(_shuffled(list(outcome.kinds) * 2, random)),
            fine=_idle(outcome.fine),
            confiscated=_idle(outcome.confiscated),
            licence_action=_nfd(outcome.licence_action),
        ),
    }
    assert draft_sha256(**said_otherwise) == draft_sha256(**draft)


@given(DRAFTS, DRAFTS, st.data())
def test_two_texts_have_one_digest_exactly_when_they_say_the_same(draft, other, data):
    """All alike but for one field, or one field of the outcome: where a slip would hide."""
    name = data.draw(st.sampled_from([*draft, *Outcome.__struct_fields__]))
    if name in draft:
        other = {**draft, name: other[name]}
    else:
        change = {name: getattr(other["outcome"], name)}
        other = {**draft, "outcome": msgspec.structs.replace(draft["outcome"], **change)}
    same = meaning(draft) == meaning(other)
    assert (draft_sha256(**draft) == draft_sha256(**other)) is same


@given(DRAFTS, st.data())
def test_every_field_of_an_outcome_counts(draft, data):
    fields = {
        "kinds": ("criticism",),
        "fine": "0.01",
        "confiscated": "0.01",
        "detention_days": 21,
        "licence_action": "revoke",
    }
    assert set(fields) == set(Outcome.__struct_fields__)
    name = data.draw(st.sampled_from(sorted(fields)))
    assume(getattr(draft["outcome"], name) != fields[name])
    changed = msgspec.structs.replace(draft["outcome"], **{name: fields[name]})
    assert draft_sha256(**{**draft, "outcome": changed}) != draft_sha256(**draft)


def test_nothing_is_not_zero():
    alike = {"kind": "penalty", "party_refs": [], "basis": []}
    with_zero = draft_sha256(**alike, outcome=Outcome(fine="0.00"))
    assert with_zero == draft_sha256(**alike, outcome=Outcome(fine="0"))
    assert with_zero != draft_sha256(**alike, outcome=Outcome())


def _shuffled(items, random):
    random.shuffle(items)
    return items


def _nfd(text):
    return None if text is None else unicodedata.normalize("NFD", text)


def _idle(text):
    if text is None:
        return None
    return f"00{text}" + ("0" if "." in text else ".00")
