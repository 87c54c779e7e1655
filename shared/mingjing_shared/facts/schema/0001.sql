-- Cases as every department keeps them, first form. Run by each department's migration 0001.
CREATE TABLE case_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	unit TEXT NOT NULL,
	accepted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	kind TEXT,
	procedure TEXT,
	classified BOOLEAN NOT NULL,
	parties JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE case_facts IS 'projection: every version of the acceptance of a case';
COMMENT ON COLUMN case_facts.source IS 'Who said it';
COMMENT ON COLUMN case_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN case_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN case_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN case_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN case_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN case_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN case_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN case_facts.unit IS '12-digit code of the unit';
COMMENT ON COLUMN case_facts.accepted_at IS 'When accepted';
COMMENT ON COLUMN case_facts.kind IS 'Kind of case; none when classified';
COMMENT ON COLUMN case_facts.procedure IS 'simple, fast_track or ordinary; none when classified';
COMMENT ON COLUMN case_facts.classified IS 'Only number, unit and dates are kept';
COMMENT ON COLUMN case_facts.parties IS 'What this service needs of the parties';

CREATE TABLE classified_counts (
	case_key TEXT NOT NULL,
	events INTEGER NOT NULL,
	PRIMARY KEY (case_key)
);
COMMENT ON TABLE classified_counts IS 'record: events of classified cases, which are counted and not stored';
COMMENT ON COLUMN classified_counts.case_key IS 'Case number as key';
COMMENT ON COLUMN classified_counts.events IS 'Events counted instead of stored';

CREATE INDEX case_facts_case ON case_facts (case_key);
CREATE INDEX case_facts_corrects ON case_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX case_facts_classified ON case_facts (case_key) WHERE classified;
