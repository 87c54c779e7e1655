"""The audit of a service."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData, Table, Text, Uuid, text

AUDIT_TABLES = MetaData()

AUDIT = Table(
    "audit",
    AUDIT_TABLES,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the machine's clock"),
    Column("officer", Text, nullable=False, comment="Police number; who was signed in"),
    Column("role", Text, comment="Role by which it was allowed; none: refused, or needs none"),
    Column("unit", Text, comment="Unit for which the role is held"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for (代行)"),
    Column("act", Text, nullable=False, comment="What: a name of the table of permissions"),
    Column("outcome", Text, nullable=False, comment="done, seen or refused"),
    Column("reason", Text, comment="Why refused (a code), or the purpose given for seeing"),
    Column("subject_kind", Text, nullable=False, comment="decision, item, footage, account …"),
    Column("subject", Text, nullable=False, comment="Which one; never a name of a person"),
    Column("case_ref", Text, comment="Reference of the case, where there is one"),
    Column("request_id", Text, comment="The request, as the answer's X-Request-Id"),
    Column(
        "id",
        Uuid,
        nullable=False,
        unique=True,
        server_default=text("gen_random_uuid()"),
        comment="By which the row is named in the transparency log",
    ),
    Column("approved_by", Text, comment="Police number of who allowed it, where somebody had to"),
    comment="record: who did, saw or was refused what; only ever added to",
)
