"""This service's name, what the public is told of who publishes here, and the two one-way paths."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICE = "portal"


class PublicSettings(BaseSettings):
    """Environment variables with the prefix ``MINGJING_PUBLIC_``."""

    model_config = SettingsConfigDict(env_prefix="MINGJING_PUBLIC_", frozen=True, extra="ignore")

    body: str = "公安机关"
    """Name of the body that publishes here, as it stands on top of every page."""

    address: str = ""
    """Where citizens reach this portal, as it stands on paper; none: no codes are printed."""


class PathSettings(BaseSettings):
    """Environment variables with the prefix ``MINGJING_``; the keys are public ones.

    Attributes:
        bundle_inbox: folder in which signed bundles arrive; only read.
        bundle_public_file: the key they are checked with: base64 of 32 bytes.
        feedback_spool: folder into which what citizens write is put, sealed.
        spool_public_file: the key it is sealed to: base64 of 32 bytes; we cannot open it.
        log_keys_file: public keys of the logs and witnesses, one a line.
    """

    model_config = SettingsConfigDict(env_prefix="MINGJING_", frozen=True, extra="ignore")

    installation_code: str = "mingjing"
    bundle_inbox: Path | None = None
    bundle_public_file: Path | None = None
    feedback_spool: Path | None = None
    spool_public_file: Path | None = None
    log_keys_file: Path = Path()
