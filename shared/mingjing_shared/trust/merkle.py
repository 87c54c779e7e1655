"""The hash tree of RFC 6962 §2.1 with SHA-256, and its proofs. Pure functions.

A complete subtree is named by (level, index): the 2^level leaves from index * 2^level on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

HashOf: TypeAlias = Callable[[int, int], bytes]
"""The hash of a complete subtree, by level and index."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of_complete(hashes: Sequence[bytes]) -> bytes:
    """The hash over a power of two of hashes of one level."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def root(size: int, hash_of: HashOf) -> bytes:
    """The root of the tree of the first ``size`` leaves."""
    return _range(0, size, hash_of) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hash_of: HashOf) -> list[bytes]:
    """The hashes that lead from a leaf to the root, from its sibling up (RFC 6962 §2.1.1).

    Raises:
        ValueError: there is no such leaf in a tree of this size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    proof = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append((middle, high))
            high = middle
        else:
            proof.append((low, middle))
            low = middle
    return [_range(*span, hash_of) for span in reversed(proof)]


def consistency_proof(old: int, size: int, hash_of: HashOf) -> list[bytes]:
    """The hashes that show that a tree of ``size`` begins with that of ``old`` (RFC 6962 §2.1.2).

    Empty when the old tree is empty or the same.

    Raises:
        ValueError: the old tree is the larger one.
    """
    if not 0 <= old <= size:
        raise ValueError(f"no tree of {old} within one of {size}")
    if old in (0, size):
        return []
    spans = []
    low, high, is_whole = 0, size, True
    while old < high:
        middle = low + _split(high - low)
        if old <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
            is_whole = False
    proof = [] if is_whole else [_range(low, high, hash_of)]
    return proof + [_range(*span, hash_of) for span in reversed(spans)]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof leads from a leaf's hash to a root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    sides = _sides(index, size - 1, len(proof))
    if sides is None:
        return False
    found = leaf
    for sibling, is_left in zip(proof, sides, strict=True):
        found = node_hash(sibling, found) if is_left else node_hash(found, sibling)
    return found == root


def is_consistent(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Whether a proof shows that one tree is the beginning of another (RFC 9162 §2.1.4.2)."""
    if not 0 < old < size:
        is_same = old != size or old_root == root
        return 0 <= old <= size and not proof and is_same and (old > 0 or old_root == EMPTY_ROOT)
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    shift = (old & -old).bit_length() - 1  # the old tree's last complete subtree
    sides = _sides((old - 1) >> shift, (size - 1) >> shift, len(hashes) - 1)
    if not proof or sides is None:
        return False
    first = second = hashes[0]
    for sibling, is_left in zip(hashes[1:], sides, strict=True):
        if is_left:
            first = node_hash(sibling, first)
        second = node_hash(sibling, second) if is_left else node_hash(second, sibling)
    return first == old_root and second == root


def _sides(place: int, last: int, count: int) -> list[bool] | None:
    """On which side each of so many hashes stands (left: True), from a node of a level up.

    ``last`` is the last node of that level. None when a proof has another number of hashes.
    """
    sides = []
    while last:
        if place & 1 or place < last:
            sides.append(bool(place & 1))
        place, last = place >> 1, last >> 1
    return sides if len(sides) == count else None


def subtrees(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees, left to right, that make up a range which the tree has as a node."""
    while low < high:
        level = (high - low).bit_length() - 1
        if low:
            level = min(level, (low & -low).bit_length() - 1)
        yield level, low >> level
        low += 1 << level


def _range(low: int, high: int, hash_of: HashOf) -> bytes:
    """The hash of the node over a range of leaves: its complete parts, folded from the right."""
    parts = [hash_of(level, index) for level, index in subtrees(low, high)]
    found = parts.pop()
    while parts:
        found = node_hash(parts.pop(), found)
    return found


def _split(count: int) -> int:
    """The largest power of two below a count."""
    return 1 << ((count - 1).bit_length() - 1)
