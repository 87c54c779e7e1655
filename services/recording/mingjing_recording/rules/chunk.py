"""How a file is kept: in chunks, each encrypted so that any range of it can be opened alone.

Every file has a key of its own. Chunk n of the plaintext (1 MiB, the last one shorter) is
encrypted with AES-256-GCM under the nonce n; the file's id, n and whether it is the last chunk
are bound in. A chunk that was changed, moved, exchanged with one of another file, or the end
of a file that was cut off, does not open.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BITS_SIZE = 256
CHUNK_BYTES = 1024 * 1024
TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
_NONCE_BYTES = 12
_NUMBER_BYTES = 8


class DoesNotOpen(Exception):
    """A chunk does not open: changed bytes, another place, another file or another key."""


@dataclass(frozen=True, slots=True)
class ChunkCipher:
    """Seals and opens the chunks of one file."""

    key: bytes
    file_id: str

    def seal(self, number: int, plain: bytes, *, is_last: bool) -> bytes:
        """The chunk encrypted for its place."""
        return AESGCM(self.key).encrypt(_nonce(number), plain, self._place(number, is_last))

    def open(self, number: int, sealed: bytes, *, is_last: bool) -> bytes:
        """The chunk's plaintext.

        Raises:
            DoesNotOpen: it is not what was sealed for this place.
        """
        try:
            return AESGCM(self.key).decrypt(_nonce(number), sealed, self._place(number, is_last))
        except InvalidTag as error:
            raise DoesNotOpen(f"chunk {number} of {self.file_id}") from error

    def _place(self, number: int, is_last: bool) -> bytes:
        end = b"last" if is_last else b"more"
        return b"mingjing chunk 1\n" + self.file_id.encode() + b"\n" + _bytes_of(number) + end


def new_key() -> bytes:
    """A random key for one file."""
    return AESGCM.generate_key(KEY_BITS_SIZE)


def chunks_of(size: int) -> int:
    """How many chunks a file of this size has; an empty one has none."""
    return -(-size // CHUNK_BYTES)


def sealed_size(size: int) -> int:
    """How large a file of this size is when it is encrypted."""
    return size + chunks_of(size) * TAG_BYTES


@dataclass(frozen=True, slots=True)
class ChunkRange:
    """The chunks that hold a range of a file, and what of them is to be given."""

    first: int
    last: int
    before: int  # bytes of the first chunk before the range
    length: int

    @property
    def sealed_first(self) -> int:
        """Where the first chunk begins in the encrypted file."""
        return self.first * SEALED_CHUNK_BYTES

    def sealed_end(self, size: int) -> int:
        """Where the last chunk ends in the encrypted file (the byte after it)."""
        return min((self.last + 1) * SEALED_CHUNK_BYTES, sealed_size(size))


def chunk_range(start: int, end: int) -> ChunkRange:
    """The chunks with the bytes from ``start`` up to (not with) ``end`` of the plaintext."""
    first = start // CHUNK_BYTES
    last = (end - 1) // CHUNK_BYTES
    return ChunkRange(first, last, start - first * CHUNK_BYTES, end - start)


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")


def _bytes_of(number: int) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "big")
