"""This service's name, and the settings of the way to the public face and back."""

from __future__ import annotations

from pathlib import Path

from mingjing_shared.settings import Settings

SERVICE = "disclosure"


class PublishingSettings(Settings):
    """What the worker is told besides every process's settings.

    Attributes:
        bundle_outbox: folder into which signed bundles are put; the one-way path to the portal.
        bundle_key_file: the key that signs them: base64 of 32 bytes.
        public_portal_url: where citizens read, such as http://127.0.0.1:8081; the worker reads
            there as they do before it says that something is public.
        feedback_spool: folder from which what citizens wrote is pulled.
        spool_key_file: the key that opens it: base64 of 32 bytes.
        public_log_key_file: the key that signs the public log.
        public_log_sm2_key_file: the key that signs it with SM2, where that is switched on.
    """

    bundle_outbox: Path | None = None
    bundle_key_file: Path | None = None
    public_portal_url: str = ""
    feedback_spool: Path | None = None
    spool_key_file: Path | None = None
    public_log_key_file: Path = Path()
    public_log_sm2_key_file: Path = Path()

    @property
    def can_publish(self) -> bool:
        """Whether the way to the public face is set up."""
        return bool(self.bundle_outbox and self.bundle_key_file and self.public_portal_url)

    @property
    def can_pull(self) -> bool:
        """Whether the way back is set up."""
        return bool(self.feedback_spool and self.spool_key_file)
