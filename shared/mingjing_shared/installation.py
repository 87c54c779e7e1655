"""What one process knows of the installation it is part of: its name, its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.fields import KeyRing, load_key_ring
from mingjing_shared.privacy.references import References

if TYPE_CHECKING:
    from mingjing_shared.settings import Settings


@dataclass(frozen=True)
class Installation:
    """The service this process serves, and the keys it was handed."""

    service: str
    references: References
    keys: KeyRing

    @property
    def source(self) -> str:
        """The ``source`` of every event this service emits."""
        return f"/mingjing/{self.service}"


def installation_from(settings: Settings) -> Installation:
    """Read the key files that the settings name.

    Raises:
        Misconfigured: a key file is missing or malformed.
    """
    return Installation(
        service=settings.service,
        references=References(settings.installation_key),
        keys=load_key_ring(settings.key_ring_file),
    )
