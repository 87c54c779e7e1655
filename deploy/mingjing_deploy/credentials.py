"""Secrets of one copy: one file each, made once and never again."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.public import PrivateKey

from mingjing_deploy.errors import DeployError, HalfMade
from mingjing_deploy.home import Home
from mingjing_shared.signing_keys import public_half
from mingjing_shared.trust import sm2
from mingjing_shared.trust.keys import SecretKeys, public_lines

PASSWORD_BYTES = 24
KEY_BYTES = 32
MADE = "made.list"  # names of all secrets ever made: a missing one is a loss, not a first start
WITNESSES = ("gateway", "disclosure", "recording", "review", "tasks")
LOGGED = (*WITNESSES, "portal")  # the portal's is built and signed inside, by disclosure
ROTATED = WITNESSES  # these hold personal data, each under a key ring of its own
LOG_KEYS = "log-keys"
DEFAULT_INSTALLATION = "huainan"
LOG_SM2 = "log-sm2"  # on or off, kept with the secrets so that a backup says it too


def _random_bytes() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


class Credentials:
    """Secrets below one home; each is made when it is first asked for, and kept."""

    def __init__(self, home: Home) -> None:
        self.folder = home.secrets
        self.home = home

    def path(self, name: str) -> Path:
        """Give the file of one secret."""
        return self.folder / name

    def password(self, name: str) -> str:
        """Give one password, making it when it never existed."""
        return self._once(name, lambda: secrets.token_urlsafe(PASSWORD_BYTES))

    def key_ring(self, service: str) -> Path:
        """Give the file with a service's field-encryption keys, making the first key once."""
        name = f"keys-{service}.json"
        self._once(name, lambda: json.dumps({"current": "k1", "keys": {"k1": _random_key()}}))
        return self.path(name)

    def current_key(self, service: str) -> str:
        """Give the name of the key that a service writes with."""
        return str(json.loads(self.key_ring(service).read_text(encoding="ascii"))["current"])

    def new_key(self, service: str) -> str:
        """Add a key to a service's ring and make it the one to write with; give its name."""
        ring = json.loads(self.key_ring(service).read_text(encoding="ascii"))
        name = f"k{max(int(one[1:]) for one in ring['keys']) + 1}"
        ring = {"current": name, "keys": {**ring["keys"], name: _random_key()}}
        self.replace(self.key_ring(service).name, json.dumps(ring))
        return name

    def installation_key(self) -> Path:
        """Give the file of the key behind party and case references, the same for all services."""
        self._once("installation-key", _random_key)
        return self.path("installation-key")

    def key_pairs(self) -> None:
        """Make the pairs of keys, each once: whoever signs or opens holds one half, others the
        other.
        """
        for signs in ("token", "bundle"):
            private = self._once(f"{signs}-key", _random_key)
            key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private))
            self._once(f"{signs}-public", partial(public_half, key))
        opens = PrivateKey(base64.b64decode(self._once("spool-key", _random_key)))
        self._once("spool-public", lambda: base64.b64encode(bytes(opens.public_key)).decode())
        self._once("clearance-key", _random_key)
        self._log_keys()

    def _log_keys(self) -> None:
        """Make the keys by which services sign their logs and co-sign the others', and the list
        of their public halves, which every one of them reads.
        """
        keys = {}
        for service in LOGGED:
            is_witness = service in WITNESSES
            keys[service] = SecretKeys(
                self._key(f"log-key-{service}"),
                self._key(f"witness-key-{service}") if is_witness else None,
                self._key(f"witness-ml-dsa-key-{service}") if is_witness else None,
                self._key(f"log-sm2-key-{service}", sm2.new_pair) if sm2.is_available() else None,
            )
        lines = "\n".join(public_lines(self.installation_code(), keys)) + "\n"
        if not self.path(LOG_KEYS).exists() or self.path(LOG_KEYS).read_text() != lines:
            self.replace(LOG_KEYS, lines)

    def installation_code(self) -> str:
        """Give the code that names this installation in logs; fixed at the first start."""
        wanted = os.environ.get("MINGJING_INSTALLATION_CODE") or DEFAULT_INSTALLATION
        return self._once("installation-code", lambda: wanted)

    def log_sm2(self) -> str:
        """Give `on` when logs are signed by SM2 too, else `off`: as was said last."""
        path = self.path(LOG_SM2)
        return path.read_text(encoding="ascii").strip() if path.exists() else "off"

    def settle_log_sm2(self) -> None:
        """Keep what MINGJING_SM2 says now; when it says nothing, it stays as it was said last.

        Raises:
            DeployError: it says something else than on or off, or on without the library.
        """
        wanted = os.environ.get("MINGJING_SM2") or self.log_sm2()
        if wanted not in ("on", "off"):
            raise DeployError(f"MINGJING_SM2 is {wanted!r}; it must be `on` or `off`.")
        if wanted == "on" and not sm2.is_available():
            raise DeployError(
                "SM2 signatures need gmssl-pyx, which is there for x86-64 only;"
                " start with MINGJING_SM2=off."
            )
        if wanted != self.log_sm2():
            self.replace(LOG_SM2, wanted)

    def replace(self, name: str, text: str) -> None:
        """Put another value in place of a secret (a rotation), whole or not at all."""
        write_private(self.path(name), text)

    def _key(self, name: str, make: Callable[[], bytes] = _random_bytes) -> bytes:
        """Give the bytes of one key, making it when it never existed."""
        return base64.b64decode(self._once(name, lambda: base64.b64encode(make()).decode()))

    def _once(self, name: str, make: Callable[[], str]) -> str:
        path = self.path(name)
        if path.exists():
            text = path.read_text(encoding="utf-8").strip()
            if not text:
                raise HalfMade(f"{path} is empty; put back your copy of it: it is never made anew.")
            return text
        if name in self._made():
            raise HalfMade(
                f"{path} was made once and is missing; put back your copy of it:"
                " what was encrypted or locked with it cannot be read otherwise."
            )
        text = make()
        write_private(path, text)
        write_private(self.path(MADE), "\n".join(sorted({*self._made(), name})))
        return text

    def _made(self) -> set[str]:
        path = self.path(MADE)
        return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def _random_key() -> str:
    return base64.b64encode(_random_bytes()).decode()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
