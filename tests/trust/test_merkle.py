"""The tree of RFC 6962 and its proofs, by the published vectors and by every small tree."""

import hashlib
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.trust.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
    root_of_complete,
    subtrees,
)
from support.rfc6962 import LEAVES as INPUTS
from support.rfc6962 import ROOTS


def hashes_of(leaves):
    """How to find a complete subtree's hash, straight from the leaves."""

    def hash_of(level, index):
        count = 1 << level
        return root_of_complete(leaves[index * count : (index + 1) * count])

    return hash_of


def a_tree(size):
    return [leaf_hash(b"entry %d" % number) for number in range(size)]


def naive_root(leaves):
    """The definition of RFC 6962 §2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_rfc_6962(size):
    leaves = [leaf_hash(one) for one in INPUTS[:size]]
    assert root(size, hashes_of(leaves)).hex() == ROOTS[size]


# RFC 6962 §2.1.3: proofs in the tree of seven leaves d0 … d6.
def test_the_example_of_the_rfc():
    d = a_tree(7)
    a, b, c = node_hash(d[0], d[1]), node_hash(d[2], d[3]), node_hash(d[4], d[5])
    g, j = node_hash(a, b), d[6]
    i, k = c, node_hash(c, j)
    of = hashes_of(d)
    assert inclusion_proof(0, 7, of) == [d[1], b, k]
    assert inclusion_proof(3, 7, of) == [d[2], a, k]
    assert inclusion_proof(4, 7, of) == [d[5], j, g]
    assert inclusion_proof(6, 7, of) == [i, g]
    assert consistency_proof(3, 7, of) == [d[2], d[3], a, k]
    assert consistency_proof(4, 7, of) == [k]
    assert consistency_proof(6, 7, of) == [i, j, g]


# Positive and failing vectors as certificate-transparency publishes them (1-based leaf there).
PATHS = [
    (0, 1, []),
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]  # fmt: skip
CONSISTENT = [
    (1, 1, []),
    (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]  # fmt: skip


def raw(hexes):
    return [bytes.fromhex(one) for one in hexes]


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_the_published_paths_are_made_and_believed(index, size, path):
    leaves = [leaf_hash(one) for one in INPUTS[:size]]
    assert inclusion_proof(index, size, hashes_of(leaves)) == raw(path)
    assert is_included(leaves[index], index, size, raw(path), bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "size", "proof"), CONSISTENT)
def test_the_published_consistency_is_made_and_believed(old, size, proof):
    leaves = [leaf_hash(one) for one in INPUTS[:size]]
    assert consistency_proof(old, size, hashes_of(leaves)) == raw(proof)
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[size])
    assert is_consistent(old, size, raw(proof), *roots)


def ways_to_spoil(proof):
    """A proof with one thing wrong: RFC 9162 wants each of these refused."""
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]
    if proof:
        yield proof[:-1]
        yield proof[1:]
        for place in range(len(proof)):
            flipped = bytes([proof[place][0] ^ 1]) + proof[place][1:]
            yield [*proof[:place], flipped, *proof[place + 1 :]]
    if len(proof) > 1 and proof[0] != proof[1]:
        yield [proof[1], proof[0], *proof[2:]]


@pytest.mark.parametrize("size", range(1, 20))
def test_each_leaf_of_each_small_tree_is_proved_and_nothing_else(size):
    leaves = a_tree(size)
    head = naive_root(leaves)
    assert root(size, hashes_of(leaves)) == head
    for index in range(size):
        proof = inclusion_proof(index, size, hashes_of(leaves))
        assert is_included(leaves[index], index, size, proof, head)
        assert not is_included(leaf_hash(b"another"), index, size, proof, head)
        assert not any(
            is_included(leaves[index], other, size, proof, head)
            for other in range(-1, size + 2)
            if other != index
        )
        for spoilt in ways_to_spoil(proof):
            assert not is_included(leaves[index], index, size, spoilt, head)


@pytest.mark.parametrize("size", range(20))
def test_each_beginning_of_each_small_tree_is_proved_and_nothing_else(size):
    leaves = a_tree(size)
    head = naive_root(leaves)
    for old in range(size + 1):
        before = naive_root(leaves[:old])
        proof = consistency_proof(old, size, hashes_of(leaves))
        assert is_consistent(old, size, proof, before, head)
        for spoilt in ways_to_spoil(proof):
            assert not is_consistent(old, size, spoilt, before, head)
        other = naive_root([*a_tree(old)[:-1], leaf_hash(b"x")]) if old else bytes(32)
        assert not is_consistent(old, size, proof, other, head)
        assert is_consistent(old, size, proof, before, bytes(32)) == (old == 0 < size)


@given(st.integers(0, 5000), st.data())
def test_a_range_falls_into_complete_subtrees_left_to_right(size, data):
    low = data.draw(st.integers(0, size))
    at = low
    for level, index in subtrees(low, size):
        assert index << level == at
        at += 1 << level
    assert at == size


def test_a_proof_for_what_is_not_there_is_refused():
    of = hashes_of(a_tree(3))
    for index, size in ((3, 3), (-1, 3), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(index, size, of)
    for old, size in ((4, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no tree"):
            consistency_proof(old, size, of)
        assert not is_consistent(old, size, [], EMPTY_ROOT, EMPTY_ROOT)


def test_trees_of_one_root_and_another_size_are_two():
    leaves = a_tree(4)
    for old, size in product(range(5), repeat=2):
        if old != size:
            same = naive_root(leaves)
            assert not is_consistent(old, size, [], same, same)
