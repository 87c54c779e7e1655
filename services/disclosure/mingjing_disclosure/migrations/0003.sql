-- From the list of what is due to the whole way to the public page and back.
CREATE TABLE case_notes (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	cause TEXT,
	handlers JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE case_notes IS 'projection: what disclosure needs of a case''s acceptance besides the shared facts';
COMMENT ON COLUMN case_notes.source IS 'Who said it';
COMMENT ON COLUMN case_notes.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN case_notes.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN case_notes.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN case_notes.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN case_notes.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN case_notes.case_key IS 'Case number as key';
COMMENT ON COLUMN case_notes.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN case_notes.cause IS '案由 in words; none when classified';
COMMENT ON COLUMN case_notes.handlers IS 'Police numbers of who handles it';

CREATE TABLE party_identities (
	place TEXT NOT NULL,
	case_key TEXT NOT NULL,
	personal BYTEA NOT NULL,
	PRIMARY KEY (place)
);
COMMENT ON TABLE party_identities IS 'projection: how parties can be recognised in a text, sealed; opened to mask';
COMMENT ON COLUMN party_identities.place IS 'Which party of which fact';
COMMENT ON COLUMN party_identities.case_key IS 'Case number as key';
COMMENT ON COLUMN party_identities.personal IS 'Numbers, address, phone; sealed';

CREATE TABLE served_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	served_on DATE NOT NULL,
	method TEXT NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE served_facts IS 'projection: every version of the service of a decision';
COMMENT ON COLUMN served_facts.source IS 'Who said it';
COMMENT ON COLUMN served_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN served_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN served_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN served_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN served_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN served_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN served_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN served_facts.decision_id IS 'The decision';
COMMENT ON COLUMN served_facts.served_on IS 'Day on which it was served';
COMMENT ON COLUMN served_facts.method IS 'How it was served';

CREATE TABLE undone_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	on_day DATE NOT NULL,
	by_body TEXT NOT NULL,
	replaced_by TEXT,
	personal BYTEA,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE undone_facts IS 'projection: what undid a decision: revoked, changed or found illegal';
COMMENT ON COLUMN undone_facts.source IS 'Who said it';
COMMENT ON COLUMN undone_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN undone_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN undone_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN undone_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN undone_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN undone_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN undone_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN undone_facts.decision_id IS 'The decision';
COMMENT ON COLUMN undone_facts.kind IS 'decision_revoked, _changed, _found_illegal';
COMMENT ON COLUMN undone_facts.on_day IS 'Day on which that was decided';
COMMENT ON COLUMN undone_facts.by_body IS 'Who decided that';
COMMENT ON COLUMN undone_facts.replaced_by IS 'The decision that stands in its place';
COMMENT ON COLUMN undone_facts.personal IS 'The reason in words, sealed with the key ring';

CREATE TABLE remedy_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	filed_on DATE NOT NULL,
	result TEXT,
	result_on DATE,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE remedy_facts IS 'projection: remedies that were sought against a decision';
COMMENT ON COLUMN remedy_facts.source IS 'Who said it';
COMMENT ON COLUMN remedy_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN remedy_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN remedy_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN remedy_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN remedy_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN remedy_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN remedy_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN remedy_facts.decision_id IS 'The decision';
COMMENT ON COLUMN remedy_facts.kind IS 'reconsideration or litigation';
COMMENT ON COLUMN remedy_facts.filed_on IS 'Day on which it was filed';
COMMENT ON COLUMN remedy_facts.result IS 'How it ended; none while it runs';
COMMENT ON COLUMN remedy_facts.result_on IS 'Day on which it ended';

CREATE TABLE publications (
	decision_id TEXT NOT NULL,
	item_id TEXT NOT NULL,
	stage TEXT NOT NULL,
	version INTEGER NOT NULL,
	public_version INTEGER,
	editors JSONB NOT NULL,
	checkers JSONB NOT NULL,
	withheld JSONB,
	released JSONB,
	withdrawal JSONB,
	first_public_at TIMESTAMP WITH TIME ZONE,
	gone_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (decision_id)
);
COMMENT ON TABLE publications IS 'record: how far people have brought a decision''s publication';
COMMENT ON COLUMN publications.decision_id IS 'The decision';
COMMENT ON COLUMN publications.item_id IS 'Our id of the publication';
COMMENT ON COLUMN publications.stage IS 'Newest version: none, drafting, to_check, to_approve, approved, public, withdrawing or withdrawn';
COMMENT ON COLUMN publications.version IS 'Newest version; 0 before the first';
COMMENT ON COLUMN publications.public_version IS 'Version that the public sees; none: nothing';
COMMENT ON COLUMN publications.editors IS 'Who worked on the newest version';
COMMENT ON COLUMN publications.checkers IS 'Who checked the newest version';
COMMENT ON COLUMN publications.withheld IS 'A person''s decision not to publish: code, basis, by';
COMMENT ON COLUMN publications.released IS 'A person''s decision against a rule: codes, by';
COMMENT ON COLUMN publications.withdrawal IS 'Why it was withdrawn: code, basis, by, generic, since';
COMMENT ON COLUMN publications.first_public_at IS 'When the first version was seen public';
COMMENT ON COLUMN publications.gone_at IS 'When it was seen to be gone';

CREATE TABLE public_texts (
	decision_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	body BYTEA NOT NULL,
	public_sha256 TEXT NOT NULL,
	masking_version TEXT NOT NULL,
	correction BYTEA,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	address TEXT,
	seen_public_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (decision_id, version)
);
COMMENT ON TABLE public_texts IS 'record: every version of a public text, none is thrown away';
COMMENT ON COLUMN public_texts.decision_id IS 'The decision';
COMMENT ON COLUMN public_texts.version IS 'Version of its public text, from 1';
COMMENT ON COLUMN public_texts.body IS 'The text, sealed until it is public';
COMMENT ON COLUMN public_texts.public_sha256 IS 'SHA-256 of the text';
COMMENT ON COLUMN public_texts.masking_version IS 'Which masking it began with';
COMMENT ON COLUMN public_texts.correction IS 'Public sentence why it replaces, sealed';
COMMENT ON COLUMN public_texts.changed_at IS 'When it was last changed';
COMMENT ON COLUMN public_texts.address IS 'Where it was seen, once it was public';
COMMENT ON COLUMN public_texts.seen_public_at IS 'When it was first seen public';

CREATE TABLE steps (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	decision_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	act TEXT NOT NULL,
	by_officer TEXT NOT NULL,
	instead_of TEXT,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	counts JSONB NOT NULL,
	note BYTEA,
	PRIMARY KEY (number)
);
COMMENT ON TABLE steps IS 'record: 留痕, every step on the way of a publication';
COMMENT ON COLUMN steps.number IS 'Order';
COMMENT ON COLUMN steps.decision_id IS 'The decision';
COMMENT ON COLUMN steps.version IS 'Version it was about; 0: none';
COMMENT ON COLUMN steps.act IS 'What: a name of the table of permissions';
COMMENT ON COLUMN steps.by_officer IS 'Police number, or the worker';
COMMENT ON COLUMN steps.instead_of IS 'Police number of whom the officer stood in for';
COMMENT ON COLUMN steps.at IS 'When, by the legal clock';
COMMENT ON COLUMN steps.counts IS 'Figures and codes of the step';
COMMENT ON COLUMN steps.note IS 'Reason in words, sealed with the key ring';

CREATE TABLE deliveries (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	decision_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	what TEXT NOT NULL,
	content JSONB NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	bundle BIGINT,
	seen_at TIMESTAMP WITH TIME ZONE,
	trouble TEXT,
	tried_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (number)
);
COMMENT ON TABLE deliveries IS 'record: what was approved for the public, and whether it arrived';
COMMENT ON COLUMN deliveries.number IS 'Order';
COMMENT ON COLUMN deliveries.decision_id IS 'The decision';
COMMENT ON COLUMN deliveries.version IS 'Version that is delivered';
COMMENT ON COLUMN deliveries.what IS 'publish, correct or withdraw';
COMMENT ON COLUMN deliveries.content IS 'What the public is told; public data only';
COMMENT ON COLUMN deliveries.made_at IS 'When it was approved';
COMMENT ON COLUMN deliveries.bundle IS 'Bundle it went with; none: still here';
COMMENT ON COLUMN deliveries.seen_at IS 'When the public page was seen to say it';
COMMENT ON COLUMN deliveries.trouble IS 'Why it was not seen yet, in Chinese';
COMMENT ON COLUMN deliveries.tried_at IS 'When that was last looked for';

CREATE TABLE bundles (
	number BIGSERIAL NOT NULL,
	digest TEXT NOT NULL,
	body BYTEA NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (number)
);
COMMENT ON TABLE bundles IS 'record: every bundle that was ever signed, so that any can be handed over again';
COMMENT ON COLUMN bundles.number IS 'Number of the bundle, from 1';
COMMENT ON COLUMN bundles.digest IS 'SHA-256 that the next bundle names';
COMMENT ON COLUMN bundles.body IS 'The signed bytes; public data only';
COMMENT ON COLUMN bundles.made_at IS 'When it was signed';

CREATE TABLE feedback (
	feedback_id TEXT NOT NULL,
	item_id TEXT,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_on DATE,
	body BYTEA NOT NULL,
	outcome_code TEXT,
	answered_by TEXT,
	answered_at TIMESTAMP WITH TIME ZONE,
	answer BYTEA,
	PRIMARY KEY (feedback_id)
);
COMMENT ON TABLE feedback IS 'record: what citizens wrote about public items';
COMMENT ON COLUMN feedback.feedback_id IS 'The number that the citizen was given';
COMMENT ON COLUMN feedback.item_id IS 'The item it is about; none: the portal as a whole';
COMMENT ON COLUMN feedback.kind IS 'correction, privacy or opinion';
COMMENT ON COLUMN feedback.state IS 'open or answered';
COMMENT ON COLUMN feedback.received_at IS 'When the inside took it';
COMMENT ON COLUMN feedback.due_on IS 'Last day for taking it up';
COMMENT ON COLUMN feedback.body IS 'What was written, sealed';
COMMENT ON COLUMN feedback.outcome_code IS 'How it was settled';
COMMENT ON COLUMN feedback.answered_by IS 'Police number of who settled it';
COMMENT ON COLUMN feedback.answered_at IS 'When it was settled';
COMMENT ON COLUMN feedback.answer IS 'What was done, in words, sealed';

ALTER TABLE decision_facts ADD COLUMN effective_on DATE;
COMMENT ON COLUMN decision_facts.effective_on IS 'Day from which it has effect, where it says one';
ALTER TABLE decision_facts ADD COLUMN approved_by TEXT;
COMMENT ON COLUMN decision_facts.approved_by IS 'Police number of who approved the decision';
ALTER TABLE decision_facts ADD COLUMN basis JSONB;
COMMENT ON COLUMN decision_facts.basis IS 'Laws and articles it rests on';
ALTER TABLE decision_facts ADD COLUMN outcome JSONB;
COMMENT ON COLUMN decision_facts.outcome IS 'What was decided: kinds, sums, days';
ALTER TABLE decision_facts ADD COLUMN personal BYTEA;
COMMENT ON COLUMN decision_facts.personal IS 'Its text and facts, sealed with the key ring';

ALTER TABLE items ADD COLUMN case_ref TEXT;
COMMENT ON COLUMN items.case_ref IS 'Reference of the case, as other departments ask by';
ALTER TABLE items ADD COLUMN standing TEXT;
COMMENT ON COLUMN items.standing IS 'By facts alone: no case, due, withheld, without clock';
ALTER TABLE items ADD COLUMN cause TEXT;
COMMENT ON COLUMN items.cause IS '案由 in words';
ALTER TABLE items ADD COLUMN handlers JSONB;
COMMENT ON COLUMN items.handlers IS 'Police numbers of who handles the case';
ALTER TABLE items ADD COLUMN decided_by TEXT;
COMMENT ON COLUMN items.decided_by IS 'Who withholds it: a police number, or rule:<id>';
ALTER TABLE items ADD COLUMN releasable BOOLEAN;
COMMENT ON COLUMN items.releasable IS 'Whether a person may decide otherwise';
ALTER TABLE items ADD COLUMN effect TEXT;
COMMENT ON COLUMN items.effect IS 'Legal effect: in_effect, not_served or undone';
ALTER TABLE items ADD COLUMN effect_says TEXT;
COMMENT ON COLUMN items.effect_says IS 'Why so, one Chinese sentence';
ALTER TABLE items ADD COLUMN effect_from DATE;
COMMENT ON COLUMN items.effect_from IS 'First day of its effect, as far as it is known';
ALTER TABLE items ADD COLUMN must_withdraw BOOLEAN;
COMMENT ON COLUMN items.must_withdraw IS 'It is public and must not be any more';
ALTER TABLE items ADD COLUMN withdraw_by DATE;
COMMENT ON COLUMN items.withdraw_by IS 'Last day on which withdrawing is in time';
ALTER TABLE items ADD COLUMN withdraw_says TEXT;
COMMENT ON COLUMN items.withdraw_says IS 'Why so, one Chinese sentence';
ALTER TABLE items ADD COLUMN withdraw_overdue_at TIMESTAMP WITH TIME ZONE;
COMMENT ON COLUMN items.withdraw_overdue_at IS 'When that day passed with it still public';

COMMENT ON COLUMN items.state IS 'waiting_case, no_clock, to_mask, to_check, to_approve, publishing, published, withheld, corrected, withdrawing or withdrawn';
COMMENT ON TABLE items IS 'projection: what must be public, by when, or why not, and how far it is';
UPDATE items SET standing = state, must_withdraw = false;
UPDATE items SET state = 'to_mask' WHERE state = 'due';

CREATE INDEX case_notes_case ON case_notes (case_key);
CREATE INDEX case_notes_corrects ON case_notes (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX party_identities_case ON party_identities (case_key);
CREATE INDEX served_facts_decision ON served_facts (decision_id);
CREATE INDEX served_facts_case ON served_facts (case_key);
CREATE INDEX served_facts_corrects ON served_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX undone_facts_decision ON undone_facts (decision_id);
CREATE INDEX undone_facts_case ON undone_facts (case_key);
CREATE INDEX undone_facts_corrects ON undone_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX remedy_facts_decision ON remedy_facts (decision_id);
CREATE INDEX remedy_facts_case ON remedy_facts (case_key);
CREATE INDEX remedy_facts_corrects ON remedy_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE UNIQUE INDEX items_item ON items (item_id);
CREATE INDEX items_case_ref ON items (case_ref);
CREATE INDEX items_state_newest ON items (state, made_on DESC, decision_id DESC);
CREATE INDEX items_open ON items ((coalesce(due_on, 'infinity'::date)), decision_id)
    WHERE state IN ('to_mask', 'to_check', 'to_approve', 'publishing', 'withdrawing');
CREATE INDEX items_open_state ON items (state, (coalesce(due_on, 'infinity'::date)), decision_id)
    WHERE state IN ('to_mask', 'to_check', 'to_approve', 'publishing', 'withdrawing');
CREATE INDEX items_counted ON items (state, unit) WHERE mode NOT IN ('synthetic', 'replay');
CREATE INDEX items_handlers ON items USING gin (handlers) WITH (fastupdate = off);
CREATE INDEX items_overdue ON items (due_on, decision_id) WHERE overdue_at IS NOT NULL;
CREATE INDEX items_must_withdraw ON items (withdraw_by, decision_id) WHERE must_withdraw;
CREATE INDEX items_document_number ON items (document_number text_pattern_ops);
CREATE INDEX items_case_number ON items (case_key text_pattern_ops);
CREATE INDEX steps_decision ON steps (decision_id, number);
CREATE INDEX deliveries_waiting ON deliveries (number) WHERE bundle IS NULL;
CREATE INDEX deliveries_unseen ON deliveries (number) WHERE seen_at IS NULL;
CREATE INDEX deliveries_decision ON deliveries (decision_id, number);
CREATE INDEX feedback_newest ON feedback (state, received_at DESC, feedback_id DESC);
