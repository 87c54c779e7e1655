"""This service's name, and what the public is told of who publishes here."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICE = "portal"


class PublicSettings(BaseSettings):
    """Environment variables with the prefix ``MINGJING_PUBLIC_``."""

    model_config = SettingsConfigDict(env_prefix="MINGJING_PUBLIC_", frozen=True, extra="ignore")

    body: str = "公安机关"
    """Name of the body that publishes here, as it stands on top of every page."""
