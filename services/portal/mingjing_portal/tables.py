"""What the portal keeps: the public copy, and nothing else."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, MetaData, Table, Text

PORTAL = MetaData()

PUBLIC_ITEMS = Table(
    "public_items",
    PORTAL,
    Column("item_id", Text, primary_key=True, comment="Id of the publication"),
    Column("kind", Text, nullable=False, comment="Kind of decision"),
    Column("title", Text, nullable=False, comment="Public title, masked inside"),
    Column("document_number", Text, nullable=False, comment="Public document number"),
    Column("unit_name", Text, nullable=False, comment="The deciding body, in words"),
    Column("made_on", Date, nullable=False, comment="Date on the document"),
    Column("published_at", DateTime(timezone=True), nullable=False, comment="When it came here"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; a tombstone"),
    Index("public_items_newest", "published_at", "item_id"),
    comment="projection: what is public, from signed bundles; nothing here is not public",
)
