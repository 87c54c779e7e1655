"""What every service keeps of the directory."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

DIRECTORY = MetaData()

UNITS = Table(
    "directory_units",
    DIRECTORY,
    Column("code", Text, primary_key=True, comment="12-digit code of the unit"),
    Column("versions", JSONB, nullable=False, comment="All its versions, each from a day on"),
    Column("told_at", DateTime(timezone=True), nullable=False, comment="Time of the list held"),
    Column("told_by", Text, nullable=False, comment="Id of the event that said so"),
    comment="projection: the units, all dated versions, from the directory",
)

OFFICERS = Table(
    "directory_officers",
    DIRECTORY,
    Column("police_number", Text, primary_key=True, comment="6-digit police number"),
    Column("versions", JSONB, nullable=False, comment="All versions, each from a day on"),
    Column("session_epoch", Integer, nullable=False, comment="Tokens of an older one are void"),
    Column("told_at", DateTime(timezone=True), nullable=False, comment="Time of the list held"),
    Column("told_by", Text, nullable=False, comment="Id of the event that said so"),
    comment="projection: the officers, all dated versions, from the directory",
)
