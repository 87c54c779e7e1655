"""JSON from outside: refused with a reason where two readers could take it two ways."""

import json

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.messaging.strict_json import (
    DEPTH_MAX,
    INTEGER_MAX,
    MalformedJson,
    canonical,
    strict_loads,
)

# All characters but lone surrogates and NUL; four-byte ones and right-to-left marks come up often.
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    | st.sampled_from('𠮷𡃁😀\ue000\uffff\u202e\u200f"\\/\n明')
)
INTEGERS = st.integers(-INTEGER_MAX, INTEGER_MAX)
FRACTIONS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
SCALARS = st.none() | st.booleans() | TEXT | INTEGERS


def trees(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
        max_leaves=20,
    )


def nested(depth):
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "不是 JSON"),
        (b"{", "不是 JSON：第 1 行第 2 列"),
        (b'{"a": 1}}', "不是 JSON"),
        (b"{'a': 1}", "不是 JSON"),
        (b'{"a": NaN}', "不是 JSON"),
        (b'{"a": Infinity}', "不是 JSON"),
        (b'{"a": 01}', "不是 JSON"),
        (b'\xef\xbb\xbf{"a": 1}', "不是 JSON"),
        (b'{"a": "\xff"}', "不是 UTF-8：第 8 字节"),
        ('{"a": "明镜"}'.encode("gb18030"), "不是 UTF-8"),
        (b'{"a": "\x00"}', "NUL"),
        (b'{"a": "\\u0000"}', "NUL"),
        (b'{"a": "\\\\\\u0000"}', "NUL"),
        (b'{"\\u0000": 1}', "NUL"),
        (b'{"a": "\\ud800"}', "代理字符"),
        (b'{"a": "\\udc00\\ud800"}', "代理字符"),
        (b'{"\\udfff": 1}', "代理字符"),
        (b'{"a": "\xed\xa0\x80"}', "不是 UTF-8"),
        (nested(DEPTH_MAX + 2), "嵌套超过"),
        (nested(10_000), "嵌套超过"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "嵌套超过"),
        (b'{"a": 9007199254740992}', "2^53"),
        (b'{"a": -9007199254740992}', "2^53"),
        (b'[[{"a": 123456789012345678901234567890}]]', "2^53"),
        (b'{"a": 1e17}', "2^53"),
        (b'{"a": 1e400}', ""),
        (b'{"a": 1, "a": 1}', "键“a”出现两次"),
        (b'{"a": 1, "\\u0061": 2}', "键“a”出现两次"),
        (b'[{"x": {"y": [{"z": 1, "z": 2}]}}]', "键“z”出现两次"),
        ('{"𠮷": 1, "\\ud842\\udfb7": 2}'.encode(), "出现两次"),
    ],
)
def test_what_readers_could_take_two_ways_is_refused_in_chinese(raw, says):
    with pytest.raises(MalformedJson) as refused:
        strict_loads(raw)
    assert says in refused.value.reason


def test_a_reason_never_quotes_a_value():
    with pytest.raises(MalformedJson) as refused:
        strict_loads('{"name": "王小明", "name": "王小明"}'.encode())
    assert "王小明" not in refused.value.reason


def test_ten_megabytes_are_read_or_refused_without_harm():
    value, _plain = strict_loads(b'{"a": "' + b"x" * 10_000_000 + b'"}')
    assert len(value["a"]) == 10_000_000
    with pytest.raises(MalformedJson):
        strict_loads(b"[" * 10_000_000)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": "\\\\u0000"}', {"a": "\\u0000"}),
        (b'{"a": 9007199254740991}', {"a": INTEGER_MAX}),
        ('{"a": "𠮷\u202e\u200f"}'.encode(), {"a": "𠮷\u202e\u200f"}),
        (b'{"a": "\\ud842\\udfb7"}', {"a": "𠮷"}),
        (b" [ 1 , 2.5 , null , true ] ", [1, 2.5, None, True]),
        (nested(DEPTH_MAX), None),
    ],
)
def test_what_everybody_reads_alike_is_taken(raw, value):
    found, plain = strict_loads(raw)
    assert value is None or found == value
    assert orjson.loads(plain) == found


@given(trees(SCALARS | FRACTIONS))
def test_the_canonical_form_is_that_of_rfc_8785(value):
    raw = json.dumps(value, ensure_ascii=False).encode()
    found, plain = strict_loads(raw)
    assert plain == rfc8785.dumps(value)
    assert canonical(value) == plain
    assert strict_loads(plain) == (found, plain)


@given(trees(SCALARS))
def test_the_quick_writer_says_the_same_where_there_are_no_fractions(value):
    assert canonical(value, plain_numbers=True) == rfc8785.dumps(value)


@given(st.dictionaries(TEXT, SCALARS, min_size=2, max_size=8), st.randoms())
def test_the_order_of_keys_and_the_spaces_do_not_count(members, random):
    order = list(members)
    random.shuffle(order)
    other = json.dumps({key: members[key] for key in order}, indent=3).encode()
    assert strict_loads(other)[1] == strict_loads(orjson.dumps(members))[1]


@given(
    st.dictionaries(TEXT, SCALARS, min_size=1, max_size=4),
    st.lists(st.sampled_from(["list", "object"]), max_size=DEPTH_MAX - 2),
    st.booleans(),
    st.data(),
)
def test_a_key_that_stands_twice_is_found_at_any_depth(members, path, escaped, data):
    twice = data.draw(st.sampled_from(list(members)))
    pairs = [f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in members.items()]
    pairs.append(f"{json.dumps(twice, ensure_ascii=escaped)}: 1")
    text = "{" + ", ".join(pairs) + "}"
    for kind in path:
        text = f"[1, {text}]" if kind == "list" else f'{{"k": {text}}}'
    with pytest.raises(MalformedJson, match="出现两次"):
        strict_loads(text.encode())
