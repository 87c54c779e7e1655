"""A bundle: items for the public face, signed, numbered, each bundle naming the one before.

A file of lines, each ending with a line feed: the manifest (JSON), its Ed25519 signature
(base64), then the items (JSON, one a line) in the order of their SHA-256 in the manifest. What
is forged, cut off, put in another order or left out does not verify.

Words that were taken back do not live on in a bundle: the signer may later put, in place of an
item, a line that says no more than that it is gone, signed for exactly that item of that bundle.
So the chain can be gone through again from any number, and brings back nothing.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec
from cryptography.exceptions import InvalidSignature

from mingjing_shared.publicity.content import Content, Published, text_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

FORM = "mingjing-bundle/1"
GONE_FORM = "mingjing-bundle-gone/1"
FIRST_BEFORE = "0" * 64
BUNDLE_BYTES_MAX = 64 * 1024 * 1024
Fault = Literal["malformed", "forged", "order", "content"]


class BadBundle(Exception):
    """A bundle that must not be taken, with why.

    Attributes:
        fault: malformed (cut off, another form), forged (the signature), order (number or the
            one before), content (an item is not what the manifest or its own digest says).
    """

    def __init__(self, fault: Fault, why: str) -> None:
        super().__init__(f"{fault}: {why}")
        self.fault = fault


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed."""

    form: str
    origin: str
    number: int
    before: str
    items: tuple[str, ...]


class Gone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in place of an item whose words were taken back: a signature, no words."""

    gone: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that verified; of items that are gone there is nothing in it."""

    number: int
    digest: str
    contents: tuple[Content, ...]


def origin_of(installation_code: str) -> str:
    """Who signs for the public face of an installation."""
    return f"{installation_code}/mingjing/portal"


def file_name(number: int) -> str:
    """The name of a bundle's file: numbers sort as names."""
    return f"{number:012}.bundle"


def make_bundle(
    key: Ed25519PrivateKey, origin: str, number: int, before: str, contents: Sequence[Content]
) -> tuple[bytes, str]:
    """The bytes of a bundle and its digest, which the next one names as the one before."""
    lines = [msgspec.json.encode(content, order="sorted") for content in contents]
    manifest = Manifest(
        form=FORM,
        origin=origin,
        number=number,
        before=before,
        items=tuple(hashlib.sha256(line).hexdigest() for line in lines),
    )
    head = msgspec.json.encode(manifest, order="sorted")
    signature = base64.b64encode(key.sign(head))
    whole = b"".join(line + b"\n" for line in (head, signature, *lines))
    return whole, hashlib.sha256(head).hexdigest()


def emptied_bundle(raw: bytes, key: Ed25519PrivateKey, is_gone: Callable[[Content], bool]) -> bytes:
    """The same bundle without the words of the items that are gone; its digest stays the same.

    ``raw`` is one of our own, whole or emptied before.
    """
    head, signature, *lines = raw[:-1].split(b"\n")
    manifest = msgspec.json.decode(head, type=Manifest)
    kept = []
    for line, digest in zip(lines, manifest.items, strict=True):
        is_whole = hashlib.sha256(line).hexdigest() == digest
        if is_whole and is_gone(msgspec.json.decode(line, type=Content)):
            signed = key.sign(_gone_claim(manifest.origin, manifest.number, digest))
            kept.append(msgspec.json.encode(Gone(gone=base64.b64encode(signed).decode())))
        else:
            kept.append(line)
    return b"".join(line + b"\n" for line in (head, signature, *kept))


def read_bundle(raw: bytes, key: Ed25519PublicKey, origin: str, number: int, before: str) -> Bundle:
    """The bundle of this number after the one with the digest ``before``.

    Raises:
        BadBundle: anything about it is not as it must be; nothing of it may be taken.
    """
    if not raw.endswith(b"\n") or len(raw) > BUNDLE_BYTES_MAX:
        raise BadBundle("malformed", "it is cut off, or too long")
    head, *rest = raw[:-1].split(b"\n")
    manifest = _signed(head, rest[0] if rest else b"", key)
    if (manifest.form, manifest.origin) != (FORM, origin):
        raise BadBundle("malformed", f"{manifest.form} of {manifest.origin}")
    if manifest.number != number or manifest.before != before:
        raise BadBundle("order", f"number {manifest.number} instead of {number}")
    lines = rest[1:]
    if len(lines) != len(manifest.items):
        raise BadBundle("content", f"{len(lines)} items instead of {len(manifest.items)}")
    contents = [
        _content(line, digest)
        for line, digest in zip(lines, manifest.items, strict=True)
        if not _is_gone(line, _gone_claim(origin, number, digest), key)
    ]
    return Bundle(number, hashlib.sha256(head).hexdigest(), tuple(contents))


def _signed(head: bytes, signature: bytes, key: Ed25519PublicKey) -> Manifest:
    try:
        key.verify(base64.b64decode(signature, validate=True), head)
    except (InvalidSignature, ValueError) as error:
        raise BadBundle("forged", "the signature does not fit") from error
    try:
        return msgspec.json.decode(head, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadBundle("malformed", "the manifest is not of the form") from error


def _gone_claim(origin: str, number: int, digest: str) -> bytes:
    return f"{GONE_FORM}\n{origin}\n{number}\n{digest}".encode()


def _is_gone(line: bytes, claim: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the signer put this line in place of the item that the claim names."""
    try:
        gone = msgspec.json.decode(line, type=Gone)
        key.verify(base64.b64decode(gone.gone, validate=True), claim)
    except (msgspec.DecodeError, UnicodeDecodeError, InvalidSignature, ValueError):
        return False
    return True


def _content(line: bytes, digest: str) -> Content:
    if hashlib.sha256(line).hexdigest() != digest:
        raise BadBundle("content", "an item is not the one that was signed")
    try:
        content: Content = msgspec.json.decode(line, type=Content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadBundle("content", "an item is not of the form") from error
    if isinstance(content, Published) and text_digest(content.text) != content.text_sha256:
        raise BadBundle("content", "a text does not fit its digest")
    return content
