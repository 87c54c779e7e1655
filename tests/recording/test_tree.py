"""The root over a file's segments is the tree hash of RFC 9162 (RFC 6962)."""

import hashlib

import pytest

from mingjing_recording.rules.tree import TreeHash

# The leaves and roots that implementations of Certificate Transparency are tested with.
LEAVES = [
    b"",
    bytes.fromhex("00"),
    bytes.fromhex("10"),
    bytes.fromhex("2021"),
    bytes.fromhex("3031"),
    bytes.fromhex("40414243"),
    bytes.fromhex("5051525354555657"),
    bytes.fromhex("606162636465666768696a6b6c6d6e6f"),
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


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
