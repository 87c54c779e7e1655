"""The one metadata that every table of review belongs to."""

from __future__ import annotations

from sqlalchemy import MetaData

REVIEW = MetaData()
