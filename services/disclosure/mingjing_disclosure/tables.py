"""What disclosure keeps: facts that others told, items derived from them, records of its acts."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns

DISCLOSURE = MetaData()
RECORDS = MetaData()
_INSTANT = DateTime(timezone=True)

DECISION_FACTS = Table(
    "decision_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("kind", Text, nullable=False, comment="penalty, permit, coercion …"),
    Column("document_number", Text, nullable=False, comment="Document number as it was sent"),
    Column("made_on", Date, nullable=False, comment="Date on the document (作出之日)"),
    Column("offence_from", Date, comment="First day of the offence"),
    Column("unit", Text, nullable=False, comment="12-digit code of the deciding unit"),
    Column("parties", JSONB, comment="Its own parties, sealed; none: those of the case"),
    Column("effective_on", Date, comment="Day from which it has effect, where it says one"),
    Column("approved_by", Text, comment="Police number of who approved the decision"),
    Column("basis", JSONB, comment="Laws and articles it rests on"),
    Column("outcome", JSONB, comment="What was decided: kinds, sums, days"),
    Column("personal", LargeBinary, comment="Its text and facts, sealed with the key ring"),
    comment="projection: every version of a decision that was made",
)

CASE_NOTES = Table(
    "case_notes",
    DISCLOSURE,
    *fact_columns(),
    Column("cause", Text, comment="案由 in words; none when classified"),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of who handles it"),
    Column("sensitive", JSONB, comment="Why the case is sensitive: codes"),
    comment="projection: what disclosure needs of a case's acceptance besides the shared facts",
)

CATALOGUE_FACTS = Table(
    "catalogue_facts",
    DISCLOSURE,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("happened_at", _INSTANT, nullable=False, comment="When it was published"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit whose catalogue it is"),
    Column("version", Text, nullable=False, comment="Which version of the unit"),
    Column("valid_from", Date, nullable=False, comment="First day on which it holds"),
    Column("sha256", Text, nullable=False, comment="Digest of its items, as review has them"),
    Column("items", Integer, nullable=False, comment="How many items it has"),
    comment="projection: catalogues of decisions that need review, to be public beforehand",
)

PARTY_IDENTITIES = Table(
    "party_identities",
    DISCLOSURE,
    Column("place", Text, primary_key=True, comment="Which party of which fact"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("personal", LargeBinary, nullable=False, comment="Numbers, address, phone; sealed"),
    comment="projection: how parties can be recognised in a text, sealed; opened to mask",
)

SERVED_FACTS = Table(
    "served_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("served_on", Date, nullable=False, comment="Day on which it was served"),
    Column("method", Text, nullable=False, comment="How it was served"),
    comment="projection: every version of the service of a decision",
)

UNDONE_FACTS = Table(
    "undone_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("kind", Text, nullable=False, comment="decision_revoked, _changed, _found_illegal"),
    Column("on_day", Date, nullable=False, comment="Day on which that was decided"),
    Column("by_body", Text, nullable=False, comment="Who decided that"),
    Column("replaced_by", Text, comment="The decision that stands in its place"),
    Column("personal", LargeBinary, comment="The reason in words, sealed with the key ring"),
    comment="projection: what undid a decision: revoked, changed or found illegal",
)

REMEDY_FACTS = Table(
    "remedy_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("kind", Text, nullable=False, comment="reconsideration or litigation"),
    Column("filed_on", Date, nullable=False, comment="Day on which it was filed"),
    Column("result", Text, comment="How it ended; none while it runs"),
    Column("result_on", Date, comment="Day on which it ended"),
    comment="projection: remedies that were sought against a decision",
)

ENDED_FACTS = Table(
    "ended_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    comment="projection: every version of the end of a case's enforcement",
)

ITEMS = Table(
    "items",
    DISCLOSURE,
    Column("decision_id", Text, primary_key=True, comment="The decision"),
    Column("item_id", Text, nullable=False, comment="Our id of the publication"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("case_ref", Text, comment="Reference of the case, as other departments ask by"),
    Column(
        "state",
        Text,
        nullable=False,
        comment="waiting_case, no_clock, to_mask, to_check, to_approve, publishing, published,"
        " withheld, corrected, withdrawing or withdrawn",
    ),
    Column("standing", Text, comment="By facts alone: no case, due, withheld, without clock"),
    Column("kind", Text, nullable=False, comment="Kind of decision"),
    Column("made_on", Date, nullable=False, comment="Date on the document"),
    Column("document_number", Text, nullable=False, comment="Document number, year in 〔〕"),
    Column("unit", Text, nullable=False, comment="12-digit code of the deciding unit"),
    Column("cause", Text, comment="案由 in words"),
    Column("handlers", JSONB, comment="Police numbers of who handles the case"),
    Column("due_on", Date, comment="Last day in time"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("rule", Text, comment="Rule that set the day, or that withholds it"),
    Column("says", Text, nullable=False, comment="Why so, one Chinese sentence"),
    Column("reason_code", Text, comment="Why it is withheld"),
    Column("basis", JSONB, comment="Law and article that withhold it"),
    Column("decided_by", Text, comment="Who withholds it: a police number, or rule:<id>"),
    Column("releasable", Boolean, comment="Whether a person may decide otherwise"),
    Column("about", JSONB, comment="References of whom the reason is about: a release names them"),
    Column("effect", Text, comment="Legal effect: in_effect, not_served or undone"),
    Column("effect_says", Text, comment="Why so, one Chinese sentence"),
    Column("effect_from", Date, comment="First day of its effect, as far as it is known"),
    Column("must_withdraw", Boolean, comment="It is public and must not be any more"),
    Column("withdraw_by", Date, comment="Last day on which withdrawing is in time"),
    Column("withdraw_says", Text, comment="Why so, one Chinese sentence"),
    Column("withdraw_overdue_at", _INSTANT, comment="When that day passed with it still public"),
    Column("must_correct", Boolean, comment="It is public and was made from what has changed"),
    Column("correct_by", Date, comment="Last day of our own term for correcting it"),
    Column("correct_says", Text, comment="Why so, one Chinese sentence"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="Grows whenever day or reason changes"),
    Column("overdue_at", _INSTANT, comment="When its clock ran out unpublished"),
    comment="projection: what must be public, by when, or why not, and how far it is",
)

PUBLICATIONS = Table(
    "publications",
    RECORDS,
    Column("decision_id", Text, primary_key=True, comment="The decision"),
    Column("item_id", Text, nullable=False, comment="Our id of the publication"),
    Column(
        "stage",
        Text,
        nullable=False,
        comment="Newest version: none, drafting, to_check, to_approve, approved, public,"
        " withdrawing or withdrawn",
    ),
    Column("version", Integer, nullable=False, comment="Newest version; 0 before the first"),
    Column("public_version", Integer, comment="Version that the public sees; none: nothing"),
    Column("editors", JSONB, nullable=False, comment="Who worked on the newest version"),
    Column("checkers", JSONB, nullable=False, comment="Who checked the newest version"),
    Column("withheld", JSONB, comment="A person's decision not to publish: code, basis, by"),
    Column("released", JSONB, comment="A person's decision against a rule: codes, about, by"),
    Column("withdrawal", JSONB, comment="Why it was withdrawn: code, basis, by, generic, since"),
    Column("first_public_at", _INSTANT, comment="When the first version was seen public"),
    Column("gone_at", _INSTANT, comment="When it was seen to be gone"),
    Column("shown_from", JSONB, comment="What the public text stands on: original, parties"),
    comment="record: how far people have brought a decision's publication",
)

PUBLIC_TEXTS = Table(
    "public_texts",
    RECORDS,
    Column("decision_id", Text, primary_key=True, comment="The decision"),
    Column("version", Integer, primary_key=True, comment="Version of its public text, from 1"),
    Column("body", LargeBinary, nullable=False, comment="The text, sealed until it is public"),
    Column("public_sha256", Text, nullable=False, comment="SHA-256 of the text"),
    Column("masking_version", Text, nullable=False, comment="Which masking it began with"),
    Column("correction", LargeBinary, comment="Public sentence why it replaces, sealed"),
    Column("changed_at", _INSTANT, nullable=False, comment="When it was last changed"),
    Column("address", Text, comment="Where it was seen, once it was public"),
    Column("seen_public_at", _INSTANT, comment="When it was first seen public"),
    Column("confirmed", LargeBinary, comment="What looks like a name and stays, sealed"),
    comment="record: every version of a public text, none is thrown away",
)

STEPS = Table(
    "steps",
    RECORDS,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("version", Integer, nullable=False, comment="Version it was about; 0: none"),
    Column("act", Text, nullable=False, comment="What: a name of the table of permissions"),
    Column("by_officer", Text, nullable=False, comment="Police number, or the worker"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for"),
    Column("at", _INSTANT, nullable=False, comment="When, by the legal clock"),
    Column("counts", JSONB, nullable=False, comment="Figures and codes of the step"),
    Column("note", LargeBinary, comment="Reason in words, sealed with the key ring"),
    comment="record: 留痕, every step on the way of a publication",
)

DELIVERIES = Table(
    "deliveries",
    RECORDS,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("version", Integer, nullable=False, comment="Version that is delivered"),
    Column("what", Text, nullable=False, comment="publish, correct or withdraw"),
    Column("content", JSONB, comment="What the public is told; none once it was taken back"),
    Column("made_at", _INSTANT, nullable=False, comment="When it was approved"),
    Column("made_from", JSONB, comment="What it stands on: original, references of parties"),
    Column("bundle", BigInteger, comment="Bundle it went with; none: still here"),
    Column("seen_at", _INSTANT, comment="When the public page was seen to say it"),
    Column("trouble", Text, comment="Why it was not seen yet, in Chinese"),
    Column("tried_at", _INSTANT, comment="When that was last looked for"),
    Column("emptied_at", _INSTANT, comment="When its words were taken out of its bundle"),
    comment="record: what was approved for the public, and whether it arrived",
)

BUNDLES = Table(
    "bundles",
    RECORDS,
    Column("number", BigInteger, primary_key=True, comment="Number of the bundle, from 1"),
    Column("digest", Text, nullable=False, comment="SHA-256 that the next bundle names"),
    Column("body", LargeBinary, nullable=False, comment="Signed bytes, without what is gone"),
    Column("made_at", _INSTANT, nullable=False, comment="When it was signed"),
    comment="record: every bundle that was ever signed, so that any can be handed over again;"
    " words that were taken back are in none of them",
)

FEEDBACK = Table(
    "feedback",
    RECORDS,
    Column("feedback_id", Text, primary_key=True, comment="The number that the citizen was given"),
    Column("item_id", Text, comment="The item it is about; none: the portal as a whole"),
    Column("kind", Text, nullable=False, comment="correction, privacy or opinion"),
    Column("state", Text, nullable=False, comment="open or answered"),
    Column("received_at", _INSTANT, nullable=False, comment="When the inside took it"),
    Column("due_on", Date, comment="Last day for taking it up"),
    Column("body", LargeBinary, nullable=False, comment="What was written, sealed"),
    Column("outcome_code", Text, comment="How it was settled"),
    Column("answered_by", Text, comment="Police number of who settled it"),
    Column("answered_at", _INSTANT, comment="When it was settled"),
    Column("answer", LargeBinary, comment="What was done, in words, sealed"),
    comment="record: what citizens wrote about public items",
)

PUBLIC_ENTRIES = Table(
    "public_entries",
    RECORDS,
    Column("number", BigInteger, primary_key=True, comment="Place in the public log"),
    Column("id", Uuid, nullable=False, unique=True, comment="Id of the entry"),
    Column("type", Text, nullable=False, comment="published, corrected or withdrawn, as a type"),
    Column("time", Text, nullable=False, comment="When, as the entry says it"),
    Column("item_id", Text, nullable=False, comment="Id of the publication"),
    Column("version", Integer, nullable=False, comment="Version of it"),
    Column("content", LargeBinary, comment="What is said, canonical; none once it was erased"),
    Column("log_salt", LargeBinary, comment="Salt of its digest; erased, the log tells nothing"),
    Column("log_digest", LargeBinary, nullable=False, comment="SHA-256 of salt and content"),
    Column("bundle", BigInteger, comment="Bundle in which it went out"),
    Column("emptied_at", _INSTANT, comment="When an erased one was taken out of its bundle"),
    comment="record: what the public log says, in its order: published, corrected, withdrawn",
)

PUBLIC_LOG_SENT = Table(
    "public_log_sent",
    RECORDS,
    Column("always", Boolean, primary_key=True, comment="Always true: there is one row"),
    Column("size", BigInteger, nullable=False, comment="Entries that went out"),
    comment="record: how far the public log went out to the portal",
)
