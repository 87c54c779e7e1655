"""What the gateway keeps besides the messaging core's tables."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

GATEWAY = MetaData()

_INSTANT = DateTime(timezone=True)

PUBLISHERS_REGISTER = Table(
    "publishers_register",
    GATEWAY,
    Column("name", Text, primary_key=True, comment="Publisher"),
    Column("topic", Text, nullable=False, unique=True, comment="Its own inbound topic"),
    Column("source", Text, nullable=False, unique=True, comment="The only source it may name"),
    Column("types", JSONB, nullable=False, comment="Types its registration allows"),
    Column("way", Text, nullable=False, comment="How it comes in: kafka or door, never both"),
    Column("modes", JSONB, nullable=False, comment="Modes it may set besides live"),
    Column("quiet_minutes_max", Integer, comment="The longest it is quiet, if that is agreed"),
    Column("key_hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of its key"),
    Column("key_prefix", Text, nullable=False, comment="Start of its key, to tell keys apart"),
    Column("added_at", _INSTANT, nullable=False, comment="When it was registered"),
    Column("added_by", Text, nullable=False, comment="Who registered it"),
    Column("rotated_at", _INSTANT, comment="When its key was last replaced"),
    Column("rotated_by", Text, comment="Who replaced it"),
    comment="record: who may say what, and how it comes in; the directory tells the services",
)

RECEIVED = Table(
    "received",
    GATEWAY,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the event's content"),
    Column("state", Text, nullable=False, comment="pending, or acked by the broker"),
    Column("event_type", Text, nullable=False, comment="Its type"),
    Column(
        "received_at",
        _INSTANT,
        server_default=text("now()"),
        nullable=False,
        comment="When the door first saw it",
    ),
    Column("acked_at", _INSTANT, comment="When the broker's acknowledgement was noted"),
    comment="record: what the door took; 202 is answered from acked only",
)

ACCOUNTS = Table(
    "accounts",
    GATEWAY,
    Column("police_number", Text, primary_key=True, comment="6-digit police number"),
    Column("name", Text, nullable=False, comment="Name, until the directory tells it"),
    Column("unit", Text, nullable=False, comment="Code of the unit, until the directory tells it"),
    Column("password_hash", Text, comment="argon2id; none until the first password is set"),
    Column("password_at", _INSTANT, comment="When the password was last set"),
    Column("is_open", Boolean, nullable=False, comment="Whether the officer may sign in"),
    Column("failures", Integer, nullable=False, comment="Wrong passwords since the last right one"),
    Column("locked_until", _INSTANT, comment="No sign-in before this"),
    Column("session_epoch", Integer, nullable=False, comment="Tokens of an older one are void"),
    Column("made_at", _INSTANT, nullable=False, comment="When the account was made"),
    Column("made_by", Text, nullable=False, comment="Police number, or who was at the keyboard"),
    comment="record: who may sign in with a local account",
)

SIGN_IN_LINKS = Table(
    "sign_in_links",
    GATEWAY,
    Column("link_hash", LargeBinary, primary_key=True, comment="SHA-256 of the link's secret"),
    Column("police_number", Text, nullable=False, comment="Whose password it lets set"),
    Column("made_at", _INSTANT, nullable=False, comment="When it was made"),
    Column("made_by", Text, nullable=False, comment="Police number, or who was at the keyboard"),
    Column("ends_at", _INSTANT, nullable=False, comment="Opens nothing from then on"),
    Column("used_at", _INSTANT, comment="When it was used; it is used once"),
    comment="record: links with which an officer sets a password, each used once",
)

LINK_REQUESTS = Table(
    "link_requests",
    GATEWAY,
    Column("police_number", Text, primary_key=True, comment="Whose password is to be set anew"),
    Column("asked_by", Text, nullable=False, comment="Administrator who asked for it"),
    Column("asked_at", _INSTANT, nullable=False, comment="When"),
    comment="record: links for accounts that hold roles, asked for and not yet made by another",
)

SESSIONS = Table(
    "sessions",
    GATEWAY,
    Column("session_hash", LargeBinary, primary_key=True, comment="SHA-256 of the cookie"),
    Column("police_number", Text, nullable=False, comment="Whose session"),
    Column("csrf", Text, nullable=False, comment="Mark that the session's forms carry"),
    Column("begun_at", _INSTANT, nullable=False, comment="When it began"),
    Column("seen_at", _INSTANT, nullable=False, comment="When it was last used, to the minute"),
    Column("ends_at", _INSTANT, nullable=False, comment="When it ends at the latest"),
    Column("ended_at", _INSTANT, comment="When it was ended"),
    comment="record: sessions of officers' browsers",
)

ROLE_CHANGES = Table(
    "role_changes",
    GATEWAY,
    Column("change_id", Uuid, primary_key=True, comment="Our id of the change"),
    Column("police_number", Text, nullable=False, comment="Whose role"),
    Column("role", Text, nullable=False, comment="Code of the role"),
    Column("unit", Text, nullable=False, comment="Code of the unit for which it is held"),
    Column("what", Text, nullable=False, comment="grant or withdraw"),
    Column("why", Text, nullable=False, comment="Reason given"),
    Column("proposed_by", Text, nullable=False, comment="Administrator who proposed it"),
    Column("proposed_at", _INSTANT, nullable=False, comment="When"),
    Column("decided_by", Text, comment="Another administrator, who decided"),
    Column("decided_at", _INSTANT, comment="When"),
    Column("approved", Boolean, comment="Whether it was approved; none: open"),
    comment="record: roles granted and withdrawn, each by two people",
)

DELEGATIONS = Table(
    "delegations",
    GATEWAY,
    Column("delegation_id", Uuid, primary_key=True, comment="Our id of the delegation"),
    Column("giver", Text, nullable=False, comment="Police number of who is away"),
    Column("taker", Text, nullable=False, comment="Police number of who stands in"),
    Column("role", Text, nullable=False, comment="Code of the role handed over"),
    Column("unit", Text, nullable=False, comment="Code of the unit for which it is held"),
    Column("from_on", Date, nullable=False, comment="First day"),
    Column("until_on", Date, nullable=False, comment="Last day"),
    Column("why", Text, nullable=False, comment="Reason given"),
    Column("given_at", _INSTANT, nullable=False, comment="When it was given"),
    Column("ended_at", _INSTANT, comment="When it was taken back before its last day"),
    comment="record: who stands in for whom (代行), dated",
)

UNIT_FACTS = Table(
    "unit_facts",
    GATEWAY,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("happened_at", _INSTANT, nullable=False, comment="When it happened; only orders"),
    Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
    Column("code", Text, nullable=False, comment="12-digit code of the unit"),
    Column("version", JSONB, nullable=False, comment="The unit from its valid_from on"),
    comment="projection: every version of a unit that personnel systems told",
)

OFFICER_FACTS = Table(
    "officer_facts",
    GATEWAY,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("happened_at", _INSTANT, nullable=False, comment="When it happened; only orders"),
    Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
    Column("police_number", Text, nullable=False, comment="6-digit police number"),
    Column("version", JSONB, nullable=False, comment="The officer from its valid_from on"),
    comment="projection: every version of an officer that personnel systems told",
)
