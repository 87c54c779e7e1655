"""A chunk opens only where, and as what, it was sealed; any range knows its chunks."""

import pytest

from mingjing_recording.rules.chunk import (
    CHUNK_BYTES,
    SEALED_CHUNK_BYTES,
    TAG_BYTES,
    ChunkCipher,
    DoesNotOpen,
    chunk_range,
    chunks_of,
    new_key,
    sealed_size,
)

PLAIN = b"what a recorder saw"
KEY = new_key()
CIPHER = ChunkCipher(KEY, "file-1")


@pytest.mark.parametrize(
    ("opener", "number", "is_last"),
    [
        (ChunkCipher(KEY, "file-2"), 3, False),
        (ChunkCipher(new_key(), "file-1"), 3, False),
        (CIPHER, 4, False),
        (CIPHER, 3, True),
    ],
    ids=["another file", "another key", "another place", "cut off behind it"],
)
def test_a_chunk_does_not_open_elsewhere(opener, number, is_last):
    sealed = CIPHER.seal(3, PLAIN, is_last=False)
    with pytest.raises(DoesNotOpen):
        opener.open(number, sealed, is_last=is_last)


@pytest.mark.parametrize("place", range(0, len(PLAIN) + TAG_BYTES, 5))
def test_a_chunk_with_one_changed_bit_does_not_open(place):
    sealed = bytearray(CIPHER.seal(0, PLAIN, is_last=True))
    sealed[place] ^= 1
    with pytest.raises(DoesNotOpen):
        CIPHER.open(0, bytes(sealed), is_last=True)


def test_a_chunk_opens_in_its_place():
    assert CIPHER.open(7, CIPHER.seal(7, PLAIN, is_last=False), is_last=False) == PLAIN


@pytest.mark.parametrize(
    ("size", "chunks"),
    [
        (1, 1),
        (CHUNK_BYTES - 1, 1),
        (CHUNK_BYTES, 1),
        (CHUNK_BYTES + 1, 2),
        (5 * CHUNK_BYTES, 5),
    ],
)
def test_a_file_has_as_many_chunks_as_it_takes(size, chunks):
    assert chunks_of(size) == chunks
    assert sealed_size(size) == size + chunks * TAG_BYTES


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "before"),
    [
        (0, 1, 0, 0, 0),
        (CHUNK_BYTES - 1, CHUNK_BYTES, 0, 0, CHUNK_BYTES - 1),
        (CHUNK_BYTES - 1, CHUNK_BYTES + 1, 0, 1, CHUNK_BYTES - 1),
        (CHUNK_BYTES, 2 * CHUNK_BYTES, 1, 1, 0),
        (3 * CHUNK_BYTES + 5, 3 * CHUNK_BYTES + 6, 3, 3, 5),
    ],
)
def test_a_range_is_found_in_its_chunks(start, end, first, last, before):
    found = chunk_range(start, end)
    assert (found.first, found.last, found.before) == (first, last, before)
    assert found.length == end - start
    assert found.sealed_first == first * SEALED_CHUNK_BYTES


def test_the_last_chunk_of_a_range_ends_with_the_file():
    size = CHUNK_BYTES + 10
    assert chunk_range(0, size).sealed_end(size) == SEALED_CHUNK_BYTES + 10 + TAG_BYTES
    assert chunk_range(0, 5).sealed_end(size) == SEALED_CHUNK_BYTES
