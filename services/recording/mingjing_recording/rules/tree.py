"""The root by which every segment of a file, and so every clip of a recording, can be proved.

The Merkle tree hash of RFC 9162 §2.1.1, as in the transparency logs; a tree splits at the largest
power of two below its size. Our leaves are the segments of the plaintext.
"""

from __future__ import annotations

from mingjing_shared.trust.merkle import EMPTY_ROOT, leaf_hash, node_hash


class TreeHash:
    """Takes leaves one by one and knows the root of those taken; keeps a hash a level."""

    def __init__(self) -> None:
        self._leaves = 0
        self._whole: list[bytes] = []  # roots of full subtrees, the largest first

    def add(self, leaf: bytes) -> None:
        """Take the next leaf."""
        node = leaf_hash(leaf)
        full = self._leaves
        while full & 1:  # a subtree of this size waits on the left: together they are the next
            node = node_hash(self._whole.pop(), node)
            full >>= 1
        self._whole.append(node)
        self._leaves += 1

    def root(self) -> bytes:
        """The tree hash of the leaves taken so far."""
        if not self._whole:
            return EMPTY_ROOT
        *rest, node = self._whole
        for left in reversed(rest):
            node = node_hash(left, node)
        return node
