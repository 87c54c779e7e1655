-- What contradicts itself in each case, what people said of it, and gaps in recordings.
CREATE TABLE case_findings (
	finding_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	level TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	handlers JSONB NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	says TEXT NOT NULL,
	source TEXT NOT NULL,
	facts JSONB NOT NULL,
	state TEXT NOT NULL,
	mode TEXT NOT NULL,
	PRIMARY KEY (finding_id)
);
COMMENT ON TABLE case_findings IS 'projection: what contradicts itself in each case, as the facts now stand';
COMMENT ON COLUMN case_findings.finding_id IS 'Made of kind, facts and case';
COMMENT ON COLUMN case_findings.kind IS 'Kind of contradiction, by its key in law';
COMMENT ON COLUMN case_findings.level IS 'impossible, unlawful or doubtful';
COMMENT ON COLUMN case_findings.case_key IS 'Case number as key';
COMMENT ON COLUMN case_findings.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN case_findings.case_ref IS 'Reference of the case, for addresses';
COMMENT ON COLUMN case_findings.unit IS '12-digit code of the unit that handles it';
COMMENT ON COLUMN case_findings.handlers IS 'Police numbers of whose own case it is';
COMMENT ON COLUMN case_findings.at IS 'When the last of its facts was';
COMMENT ON COLUMN case_findings.says IS 'What contradicts what: codes and dates';
COMMENT ON COLUMN case_findings.source IS 'Where it stands that this must not be';
COMMENT ON COLUMN case_findings.facts IS 'Its one to three events: id, and what each is';
COMMENT ON COLUMN case_findings.state IS 'open, holds or explained, as people last said';
COMMENT ON COLUMN case_findings.mode IS 'live, backfill, synthetic or replay';

CREATE TABLE finding_judgements (
	judgement_id TEXT NOT NULL,
	finding_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	place INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	verdict TEXT NOT NULL,
	words BYTEA NOT NULL,
	PRIMARY KEY (judgement_id)
);
COMMENT ON TABLE finding_judgements IS 'record: what people said of a contradiction, one after the other';
COMMENT ON COLUMN finding_judgements.judgement_id IS 'Our id';
COMMENT ON COLUMN finding_judgements.finding_id IS 'The finding';
COMMENT ON COLUMN finding_judgements.case_key IS 'Case number as key';
COMMENT ON COLUMN finding_judgements.place IS '1 for the first about this finding';
COMMENT ON COLUMN finding_judgements.at IS 'When, by the legal clock';
COMMENT ON COLUMN finding_judgements.officer IS 'Police number of who judged';
COMMENT ON COLUMN finding_judgements.role IS 'Role by which it was judged';
COMMENT ON COLUMN finding_judgements.unit IS 'Unit for which the role is held';
COMMENT ON COLUMN finding_judgements.verdict IS 'holds or explained';
COMMENT ON COLUMN finding_judgements.words IS 'Why, as it was written, sealed';

CREATE TABLE gap_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	action_id TEXT NOT NULL,
	what TEXT NOT NULL,
	kind TEXT,
	effect TEXT,
	minutes INTEGER,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE gap_facts IS 'projection: what recording said of gaps, every version';
COMMENT ON COLUMN gap_facts.source IS 'Who said it';
COMMENT ON COLUMN gap_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN gap_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN gap_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN gap_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN gap_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN gap_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN gap_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN gap_facts.action_id IS 'The act whose record has the gap';
COMMENT ON COLUMN gap_facts.what IS 'found, explained or closed';
COMMENT ON COLUMN gap_facts.kind IS 'missing, partial, late, unmarked or interrupted';
COMMENT ON COLUMN gap_facts.effect IS 'blocking or finding';
COMMENT ON COLUMN gap_facts.minutes IS 'How long the gap is';

CREATE INDEX case_findings_case ON case_findings (case_key);
CREATE INDEX case_findings_newest ON case_findings (at, finding_id);
CREATE INDEX case_findings_state_newest ON case_findings (state, at, finding_id);
CREATE INDEX case_findings_kind_newest ON case_findings (kind, at, finding_id);
CREATE INDEX case_findings_unit_newest ON case_findings (unit, at, finding_id);
CREATE INDEX case_findings_handlers ON case_findings USING gin (handlers jsonb_path_ops);
CREATE UNIQUE INDEX finding_judgements_place ON finding_judgements (finding_id, place);
CREATE INDEX finding_judgements_case ON finding_judgements (case_key);
CREATE INDEX gap_facts_action ON gap_facts (action_id);
CREATE INDEX gap_facts_case ON gap_facts (case_key);
CREATE INDEX gap_facts_corrects ON gap_facts (source, corrects) WHERE corrects IS NOT NULL;
