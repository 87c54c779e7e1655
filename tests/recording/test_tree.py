"""The root over a file's segments is the tree hash of RFC 9162 (RFC 6962)."""

import hashlib

import pytest

from mingjing_recording.rules.tree import TreeHash
from support.rfc6962 import LEAVES, ROOTS


def by_the_text_of_the_rfc(leaves):
    """MTH as RFC 9162 §2.1.1 writes it down: recursively, on the whole list."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    left, right = by_the_text_of_the_rfc(leaves[:k]), by_the_text_of_the_rfc(leaves[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves):
    tree = TreeHash()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


@pytest.mark.parametrize("count", range(9))
def test_the_known_roots_come_out(count):
    assert root_of(LEAVES[:count]).hex() == ROOTS[count]


@pytest.mark.parametrize("count", [*range(40), 63, 64, 65, 127, 128, 129])
def test_the_root_is_what_the_text_of_the_rfc_computes(count):
    leaves = [f"segment {number}".encode() for number in range(count)]
    assert root_of(leaves) == by_the_text_of_the_rfc(leaves)


def test_a_root_may_be_asked_for_between_leaves():
    tree = TreeHash()
    for count, leaf in enumerate(LEAVES, 1):
        tree.add(leaf)
        assert tree.root().hex() == ROOTS[count]


def test_a_leaf_is_never_taken_for_two_nodes():
    left, right = (hashlib.sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert root_of([left + right]) != root_of([b"a", b"b"])
