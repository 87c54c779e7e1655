"""The personal half of an event: everything marked, everything unknown, nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_shared.events import CATALOGUE, example, merge_pii, split_pii
from mingjing_shared.events.casework import DecisionMade, DecisionProposed

VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["law", "fine", "0", "x", "kind"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_what_is_marked_or_unknown_is_personal_in_nested_objects_too():
    data = example(DecisionProposed, facts="张三打人", outcome={"fine": "1", "payer": "张三"},
                   materials=[{"kind": "photo"}, {"kind": "record", "title": "张三笔录"}],
                   nickname="阿三")  # fmt: skip
    public, personal = split_pii(DecisionProposed, data)
    assert personal == {
        "facts": "张三打人",
        "outcome": {"payer": "张三"},
        "materials": {"1": {"title": "张三笔录"}},
        "nickname": "阿三",
    }
    assert "三" not in str(public)
    assert public["materials"] == [{"kind": "photo"}, {"kind": "record"}]


def test_without_anything_personal_the_data_stay_whole():
    data = example(DecisionMade)
    assert split_pii(DecisionMade, data) == (data, {})


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_two_halves_always_make_the_whole(data):
    event_class = data.draw(st.sampled_from(list(CATALOGUE.values())))
    whole = example(event_class, full=True)
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.sampled_from([*whole, "x", "basis"]))] = data.draw(VALUES)
    assert merge_pii(*split_pii(event_class, whole)) == whole
