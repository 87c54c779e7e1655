"""What recording keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns

RECORDING = MetaData()

_INSTANT = DateTime(timezone=True)


def _said() -> tuple[Column[Any], ...]:
    """Who said a fact that need not be about a case."""
    return tuple(column for column in fact_columns() if not column.name.startswith("case_"))


def _seen_by() -> tuple[Column[Any], ...]:
    """By whom a row may be seen, as far as that hangs on the case."""
    return (
        Column("unit", Text, comment="Unit it belongs to; none: not known (yet)"),
        Column("people", JSONB, comment="Police numbers whose own case it is"),
    )


def _case(*, known: bool = True) -> tuple[Column[Any], ...]:
    return (
        Column("case_key", Text, nullable=not known, comment="Case number as key"),
        Column("case_number", Text, nullable=not known, comment="Case number as it was sent"),
    )


ACTION_FACTS = Table(
    "action_facts",
    RECORDING,
    *fact_columns(),
    Column("action_id", Text, nullable=False, comment="The act"),
    Column("kind", Text, nullable=False, comment="seizure, questioning … (an open list)"),
    Column("place_kind", Text, nullable=False, comment="on_site, case_area, window or remote"),
    Column("started_at", _INSTANT, nullable=False, comment="When the act began"),
    Column("ended_at", _INSTANT, nullable=False, comment="When the act ended"),
    Column("officers", JSONB, nullable=False, comment="Police numbers of those who acted"),
    Column("told", JSONB, comment="Certificate shown; reason, basis, rights told"),
    Column("uniform", Boolean, comment="Whether uniforms were worn"),
    comment="projection: every version of an act that was performed",
)

DECISION_FACTS = Table(
    "decision_facts",
    RECORDING,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("kind", Text, nullable=False, comment="penalty, permit, coercion …"),
    Column("made_on", Date, nullable=False, comment="Date on the document (作出之日)"),
    Column("document_number", Text, comment="Its document number, as sent"),
    comment="projection: that a decision exists, which its case file must hold",
)

ENDED_FACTS = Table(
    "ended_facts",
    RECORDING,
    *fact_columns(),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    comment="projection: every version of the end of a case's enforcement",
)

ACTIONS = Table(
    "actions",
    RECORDING,
    Column("action_id", Text, primary_key=True, comment="The act"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("kind", Text, nullable=False, comment="seizure, questioning … (an open list)"),
    Column("place_kind", Text, nullable=False, comment="on_site, case_area, window or remote"),
    Column("started_at", _INSTANT, nullable=False, comment="When the act began"),
    Column("ended_at", _INSTANT, nullable=False, comment="When the act ended"),
    Column("level", Text, comment="full or as_needed; none: nothing is required"),
    Column("rule", Text, comment="Row of the matrix that set the level"),
    Column("basis", JSONB, nullable=False, comment="Law and article of every row that applies"),
    Column("says", Text, nullable=False, comment="Why so, one Chinese sentence"),
    Column("upload_due_at", _INSTANT, comment="By when the footage must be in"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    Column("footage_due_passed_at", _INSTANT, comment="When the upload term ran out"),
    comment="projection: acts, what must be recorded of them, and by when it must be in",
)

CASEFILES = Table(
    "casefiles",
    RECORDING,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    Column("state", Text, nullable=False, comment="open, warned, overdue, no_clock, archived"),
    Column("warn_on", Date, comment="Day after which it is warned of"),
    Column("breach_on", Date, comment="Last day in time"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("says", Text, nullable=False, comment="Why so, in Chinese"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    Column("warned_at", _INSTANT, comment="When the day of warning had passed"),
    Column("overdue_at", _INSTANT, comment="When the last day had passed"),
    *_seen_by(),
    comment="projection: case files that must be made, and how far their terms have run",
)

HANDLER_FACTS = Table(
    "handler_facts",
    RECORDING,
    *fact_columns(),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of those who handle it"),
    comment="projection: every version of who handles a case",
)

FOOTAGE_FACTS = Table(
    "footage_facts",
    RECORDING,
    *_said(),
    *_case(known=False),
    Column("footage_id", Text, nullable=False, comment="The recording"),
    Column("serial", Text, nullable=False, comment="Serial number of the recorder"),
    Column("officer", Text, nullable=False, comment="Police number of who wore it"),
    Column("started_at", _INSTANT, nullable=False, comment="When it began"),
    Column("ended_at", _INSTANT, nullable=False, comment="When it ended"),
    Column("key_file", Boolean, comment="Whether it was marked on the spot (重点文件)"),
    Column("sha256", Text, comment="SHA-256 as the recorder told it"),
    Column("size", BigInteger, comment="Length in bytes as the recorder told it"),
    comment="projection: every version of what recorders said they made",
)

DOCUMENT_FACTS = Table(
    "document_facts",
    RECORDING,
    *fact_columns(),
    Column("document_key", Text, nullable=False, comment="Case number and number, as key"),
    Column("document_number", Text, nullable=False, comment="Document number, as sent"),
    Column("kind", Text, nullable=False, comment="What kind of document, as sent"),
    Column("title", LargeBinary, nullable=False, comment="Its title, sealed"),
    Column("made_at", _INSTANT, nullable=False, comment="When it was made"),
    Column("sha256", Text, comment="SHA-256 as it was told"),
    Column("on_paper_only", Boolean, comment="There is no electronic form of it"),
    comment="projection: every version of a document that was made",
)

CASES_HERE = Table(
    "cases",
    RECORDING,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("case_ref", Text, nullable=False, comment="Reference of the case"),
    Column("kind", Text, comment="Kind of case; none: not accepted yet"),
    *_seen_by(),
    comment="projection: the cases that anything here belongs to",
)

RECORDS = Table(
    "records",
    RECORDING,
    Column("action_id", Text, primary_key=True, comment="The act"),
    *_case(),
    Column("started_at", _INSTANT, nullable=False, comment="When the act began"),
    Column("level", Text, nullable=False, comment="full, as_needed or nothing"),
    Column("state", Text, nullable=False, comment="Where the record of the act stands"),
    Column("covered", JSONB, nullable=False, comment="From when to when it is recorded"),
    Column("required_seconds", Integer, nullable=False, comment="Length of the act"),
    Column("covered_seconds", Integer, nullable=False, comment="How much of it is recorded"),
    Column("lacking_minutes", Integer, comment="What lacks, told or not; none: nothing"),
    Column("is_late", Boolean, nullable=False, comment="Footage came in after its term"),
    Column("gap_kind", Text, comment="Gap as it was told: missing, partial or interrupted"),
    Column("gap_effect", Text, comment="Gap as it was told: blocking or finding"),
    Column("gap_minutes", Integer, comment="Gap as it was told: minutes that lack"),
    Column("gap_explained", Boolean, nullable=False, comment="It was told that it is explained"),
    Column("upload_due_at", _INSTANT, comment="By when the footage must be in"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often anything of it was told"),
    *_seen_by(),
    comment="projection: how completely each act is recorded, and what was told of it",
)

FOOTAGE = Table(
    "footage",
    RECORDING,
    Column("footage_id", Text, primary_key=True, comment="The recording"),
    *_case(known=False),
    Column("serial", Text, comment="Serial number of the recorder"),
    Column("officer", Text, nullable=False, comment="Who wore the recorder, or brought the file"),
    Column("started_at", _INSTANT, nullable=False, comment="When it began"),
    Column("ended_at", _INSTANT, nullable=False, comment="When it ended; by the file, if held"),
    Column("key_file", Boolean, comment="Whether it was marked on the spot (重点文件)"),
    Column("sha256", Text, comment="SHA-256 of the file that is held; none: it has not come"),
    Column("kept_at", _INSTANT, comment="When the file came in"),
    Column("differs", Boolean, nullable=False, comment="The file is not the one that was told of"),
    Column("state", Text, nullable=False, comment="unlinked, linked or archived"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    *_seen_by(),
    comment="projection: recordings, whether their files are held, and to which case they belong",
)

FOOTAGE_LINKS = Table(
    "footage_links",
    RECORDING,
    Column("footage_id", Text, primary_key=True, comment="The recording"),
    Column("action_id", Text, primary_key=True, comment="The act that it shows"),
    Column("linked_by", Text, nullable=False, comment="Police number, or rule:<id>"),
    comment="projection: which recording shows which act",
)

DOCUMENTS = Table(
    "documents",
    RECORDING,
    Column("document_key", Text, primary_key=True, comment="Case number and number, as key"),
    *_case(),
    Column("document_number", Text, nullable=False, comment="Document number, as sent"),
    Column("kind", Text, comment="What kind of document, as sent"),
    Column("title", LargeBinary, comment="Its title, sealed"),
    Column("made_at", _INSTANT, comment="When it was made, as it was told"),
    Column("sha256", Text, comment="SHA-256 of the file that is held; none: it has not come"),
    Column("kept_at", _INSTANT, comment="When the file came in"),
    Column("differs", Boolean, nullable=False, comment="The file is not the one that was told of"),
    Column("state", Text, nullable=False, comment="held, awaited, missing or paper"),
    Column("due_at", _INSTANT, comment="By when the file must be in"),
    Column("due_passed_at", _INSTANT, comment="When that term ran out"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often it was told that it lacks"),
    comment="projection: documents of cases, and whether their files are held",
)

BLOBS = Table(
    "blobs",
    RECORDING,
    Column("sha256", Text, primary_key=True, comment="SHA-256 of the plaintext"),
    Column("blob_id", Text, nullable=False, comment="Id bound into every chunk"),
    Column("object_key", Text, nullable=False, comment="Key in the object store"),
    Column("object_version", Text, nullable=False, comment="Version of the object"),
    Column("size", BigInteger, nullable=False, comment="Length of the plaintext in bytes"),
    Column("sealed_sha256", Text, nullable=False, comment="SHA-256 of the ciphertext"),
    Column("tree_root", Text, nullable=False, comment="Tree hash (RFC 9162) over 1 MiB segments"),
    Column("media_type", Text, nullable=False, comment="What it is, judged by its content"),
    Column("duration_ms", BigInteger, comment="How long it plays; none: it does not play"),
    Column("data_key", LargeBinary, nullable=False, comment="Key of this file, sealed"),
    Column("kept_at", _INSTANT, nullable=False, comment="When it was kept"),
    Column("locked_until", _INSTANT, nullable=False, comment="Until when nobody can delete it"),
    comment="record: kept files; whoever deletes the key of one erases it",
)

FOOTAGE_FILES = Table(
    "footage_files",
    RECORDING,
    Column("footage_id", Text, primary_key=True, comment="The recording"),
    Column("sha256", Text, primary_key=True, comment="Its file"),
    *_case(known=False),
    Column("started_at", _INSTANT, comment="When it began, as who brought it says"),
    Column("kept_by", Text, nullable=False, comment="Police number of who brought it"),
    Column("kept_at", _INSTANT, nullable=False, comment="When it was brought"),
    comment="record: which file is that of which recording",
)

DOCUMENT_FILES = Table(
    "document_files",
    RECORDING,
    Column("document_key", Text, primary_key=True, comment="Case number and number, as key"),
    Column("sha256", Text, primary_key=True, comment="Its file"),
    *_case(),
    Column("document_number", Text, nullable=False, comment="Document number, as typed"),
    Column("kept_by", Text, nullable=False, comment="Police number of who brought it"),
    Column("kept_at", _INSTANT, nullable=False, comment="When it was brought"),
    comment="record: which file is that of which document",
)

LINK_DECISIONS = Table(
    "link_decisions",
    RECORDING,
    Column("footage_id", Text, primary_key=True, comment="The recording"),
    Column("action_id", Text, primary_key=True, comment="The act"),
    Column("is_linked", Boolean, nullable=False, comment="Whether the one shows the other"),
    Column("decided_by", Text, nullable=False, comment="Police number"),
    Column("decided_at", _INSTANT, nullable=False, comment="When"),
    comment="record: what officers decided about links; stronger than any rule",
)

GAP_EXPLANATIONS = Table(
    "gap_explanations",
    RECORDING,
    Column("explanation_id", Text, primary_key=True, comment="Id"),
    Column("action_id", Text, nullable=False, comment="The act"),
    Column("minutes", Integer, nullable=False, comment="What lacked when it was explained"),
    Column("reason_code", Text, nullable=False, comment="Why, by code"),
    Column("words", LargeBinary, nullable=False, comment="Why, in words, sealed"),
    Column("explained_by", Text, nullable=False, comment="Police number"),
    Column("explained_at", _INSTANT, nullable=False, comment="When"),
    comment="record: why acts are not wholly recorded",
)

CASEFILE_PACKAGES = Table(
    "casefile_packages",
    RECORDING,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("sha256", Text, primary_key=True, comment="SHA-256 of the package"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("items", Integer, nullable=False, comment="How many files it holds"),
    Column("contents", Text, nullable=False, comment="SHA-256 of the list of what it holds"),
    Column("lacking", LargeBinary, comment="Why it lacks what it lacks, in words, sealed"),
    Column("archived_by", Text, nullable=False, comment="Police number"),
    Column("archived_at", _INSTANT, nullable=False, comment="When"),
    comment="record: archived case files",
)

VIEWINGS = Table(
    "viewings",
    RECORDING,
    Column("officer", Text, primary_key=True, comment="Police number of who looks"),
    Column("sha256", Text, primary_key=True, comment="The file"),
    Column("looks_as", Text, nullable=False, comment="By which role, for what, by whose leave"),
    Column("began_at", _INSTANT, nullable=False, comment="When this look began"),
    Column("last_at", _INSTANT, nullable=False, comment="When a part was last asked for"),
    comment="record: who looks at what just now, so that one look is one line of the audit",
)

CASE_REVIEWERS = Table(
    "case_reviewers",
    RECORDING,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("reviewer", Text, primary_key=True, comment="Police number"),
    comment="projection: who took on the legal review of each case",
)

ACCESS_REQUESTS = Table(
    "access_requests",
    RECORDING,
    Column("request_id", Text, primary_key=True, comment="Id"),
    Column("officer", Text, nullable=False, comment="Police number of who asks"),
    Column("officer_unit", Text, nullable=False, comment="Unit of who asks"),
    Column("footage_id", Text, nullable=False, comment="The recording"),
    *_case(known=False),
    Column("unit", Text, nullable=False, comment="Unit that the recording belongs to"),
    Column("purpose", Text, nullable=False, comment="What for, by code"),
    Column("words", Text, nullable=False, comment="What for, in words, without personal data"),
    Column("asked_at", _INSTANT, nullable=False, comment="When"),
    Column("decided_by", Text, comment="Police number of who decided; none: it waits"),
    Column("decided_at", _INSTANT, comment="When it was decided"),
    Column("is_approved", Boolean, comment="Whether it was allowed; none: it waits"),
    Column("reason", Text, comment="What was said to it, without personal data"),
    Column("open_until", _INSTANT, comment="Until when it is open, if it was allowed"),
    comment="record: who asked to look at another unit's footage, and what its leader decided",
)
