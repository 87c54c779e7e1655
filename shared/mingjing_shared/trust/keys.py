"""The keys of the logs and witnesses of an installation, and who is who.

Each service has two keys for its log (the second signs with SM2, where that is switched on) and
two for its word as a witness; of the others it knows the public halves, from one file that is the
same for all: a verifier key a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from mingjing_shared.errors import Misconfigured
from mingjing_shared.settings import key_bytes
from mingjing_shared.trust.note import BadNote
from mingjing_shared.trust.signing import LogKey, LogSigner, WitnessKey, WitnessSigner, verifier_of
from mingjing_shared.trust.sm2 import PAIR_BYTES, Sm2Key, Sm2Signer, public_of, signer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mingjing_shared.trust.note import Verifier

WITNESSES_MIN = 3  # so many must have co-signed before a checkpoint counts as covered
NEVER_ANEW = "从备份恢复该文件；日志已签名，不得重新生成。"


def origin_of(code: str, log: str) -> str:
    """The name of a log: of a service's own, or of the portal's public one."""
    return f"{code}/mingjing/{log}"


def witness_name(code: str, service: str) -> str:
    """The name under which a service co-signs."""
    return f"{code}/mingjing/{service}/witness"


def log_signer(file: Path, origin: str) -> LogSigner:
    """The key that signs a log.

    Raises:
        Misconfigured: the file is missing or holds something else.
    """
    return LogSigner(origin, Ed25519PrivateKey.from_private_bytes(key_bytes(file, NEVER_ANEW)))


def sm2_signer(file: Path, origin: str) -> Sm2Signer:
    """The key that signs a log with SM2.

    Raises:
        Misconfigured: the file is missing or holds something else, or this machine has no
            library for it.
    """
    try:
        return signer_of(origin, key_bytes(file, NEVER_ANEW, PAIR_BYTES))
    except BadNote as error:
        raise Misconfigured(f"密钥文件 {file} 有误：{error}。", NEVER_ANEW) from error


def witness_signer(file: Path, ml_dsa_file: Path, name: str) -> WitnessSigner:
    """The keys by which a service co-signs others' logs.

    Raises:
        Misconfigured: a file is missing or holds something else.
    """
    return WitnessSigner(
        name,
        Ed25519PrivateKey.from_private_bytes(key_bytes(file, NEVER_ANEW)),
        MLDSA44PrivateKey.from_seed_bytes(key_bytes(ml_dsa_file, NEVER_ANEW)),
    )


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The public keys of all logs and witnesses of an installation; a log may have several."""

    logs: tuple[LogKey | Sm2Key, ...] = ()
    witnesses: tuple[WitnessKey, ...] = ()

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """All of them."""
        return (*self.logs, *self.witnesses)

    def log(self, origin: str) -> LogKey | None:
        """The key by which a log always signs."""
        own = self.log_keys(origin)
        return next((key for key in own if isinstance(key, LogKey)), None)

    def sm2(self, origin: str) -> Sm2Key | None:
        """The key by which a log signs with SM2, where that is switched on."""
        own = self.log_keys(origin)
        return next((key for key in own if isinstance(key, Sm2Key)), None)

    def log_keys(self, origin: str) -> list[LogKey | Sm2Key]:
        """All keys of a log."""
        return [key for key in self.logs if key.name == origin]


def keys_of(lines: Iterable[str]) -> KnownKeys:
    """The keys that lines say; empty lines are passed over.

    Raises:
        BadNote: a line says none.
    """
    keys = [verifier_of(line.strip()) for line in lines if line.strip()]
    return KnownKeys(
        tuple(key for key in keys if isinstance(key, LogKey | Sm2Key)),
        tuple(key for key in keys if isinstance(key, WitnessKey)),
    )


def known_keys(file: Path) -> KnownKeys:
    """The keys that a file says.

    Raises:
        Misconfigured: the file cannot be read, or a line of it says no key.
    """
    try:
        return keys_of(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise Misconfigured(f"读不到日志公钥文件 {file}：{error}", "从备份恢复该文件。") from error


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """The secret keys of one service, as raw bytes; a log without witness has only its own.

    ``sm2`` is a pair, and missing where there is no library for it.
    """

    log: bytes
    witness: bytes | None = None
    witness_ml_dsa: bytes | None = None
    sm2: bytes | None = None


def public_lines(code: str, secrets: Mapping[str, SecretKeys]) -> list[str]:
    """The lines by which the public halves of these services' keys are handed on, by service."""
    lines = []
    for service, one in sorted(secrets.items()):
        key = Ed25519PrivateKey.from_private_bytes(one.log)
        lines.append(LogSigner(origin_of(code, service), key).verifier.vkey)
        if one.sm2 is not None:
            lines.append(public_of(origin_of(code, service), one.sm2).vkey)
        if one.witness is not None and one.witness_ml_dsa is not None:
            signer = WitnessSigner(
                witness_name(code, service),
                Ed25519PrivateKey.from_private_bytes(one.witness),
                MLDSA44PrivateKey.from_seed_bytes(one.witness_ml_dsa),
            )
            lines += [half.vkey for half in signer.verifiers]
    return lines
