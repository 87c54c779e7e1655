-- What tasks keeps, first form.
CREATE TABLE decision_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	unit TEXT NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE decision_facts IS 'projection: who made each decision, every version';
COMMENT ON COLUMN decision_facts.source IS 'Who said it';
COMMENT ON COLUMN decision_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN decision_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN decision_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN decision_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN decision_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN decision_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN decision_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN decision_facts.decision_id IS 'The decision';
COMMENT ON COLUMN decision_facts.unit IS '12-digit code of the deciding unit';

CREATE TABLE event_archive (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	type TEXT NOT NULL,
	time TIMESTAMP WITH TIME ZONE NOT NULL,
	case_key TEXT,
	mode TEXT NOT NULL,
	topic TEXT,
	partition INTEGER,
	record_offset BIGINT,
	attributes JSONB NOT NULL,
	data JSONB NOT NULL,
	personal BYTEA,
	digest BYTEA NOT NULL,
	PRIMARY KEY (source, event_id, recorded_at)
) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE event_archive IS 'record: the long memory; every event taken here, never changed; a range a month';
COMMENT ON COLUMN event_archive.source IS 'Who said it';
COMMENT ON COLUMN event_archive.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN event_archive.recorded_at IS 'When it was taken in here';
COMMENT ON COLUMN event_archive.type IS 'Full type';
COMMENT ON COLUMN event_archive.time IS 'When it happened, by the envelope';
COMMENT ON COLUMN event_archive.case_key IS 'Case number as key; none where the event names no case';
COMMENT ON COLUMN event_archive.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN event_archive.topic IS 'Topic it was read from, without prefix; none: mended here';
COMMENT ON COLUMN event_archive.partition IS 'Partition it was read from';
COMMENT ON COLUMN event_archive.record_offset IS 'Offset it was read at';
COMMENT ON COLUMN event_archive.attributes IS 'The rest of the known envelope';
COMMENT ON COLUMN event_archive.data IS 'Data without personal and unknown fields';
COMMENT ON COLUMN event_archive.personal IS 'Those fields and unknown attributes, sealed';
COMMENT ON COLUMN event_archive.digest IS 'SHA-256 of the event''s content';

CREATE TABLE review_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	what TEXT NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE review_facts IS 'projection: what review said of each decision, every version';
COMMENT ON COLUMN review_facts.source IS 'Who said it';
COMMENT ON COLUMN review_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN review_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN review_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN review_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN review_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN review_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN review_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN review_facts.decision_id IS 'The decision';
COMMENT ON COLUMN review_facts.what IS 'bypassed, not_required or cleared';

CREATE TABLE timeline (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	type TEXT NOT NULL,
	causation_id TEXT,
	corrects TEXT,
	mode TEXT NOT NULL,
	codes JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE timeline IS 'projection: what happened in each case, in the order of the world';
COMMENT ON COLUMN timeline.source IS 'Who said it';
COMMENT ON COLUMN timeline.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN timeline.case_key IS 'Case number as key';
COMMENT ON COLUMN timeline.happened_at IS 'When it happened';
COMMENT ON COLUMN timeline.type IS 'Full type';
COMMENT ON COLUMN timeline.causation_id IS 'Id of the event that caused it';
COMMENT ON COLUMN timeline.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN timeline.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN timeline.codes IS 'Ids, kinds, dates, states; nothing else';

CREATE TABLE warning_history (
	warning_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	state TEXT NOT NULL,
	owner_unit TEXT NOT NULL,
	caused_by TEXT NOT NULL,
	announced_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (warning_id, revision)
);
COMMENT ON TABLE warning_history IS 'record: every announcement of a warning; depends on the order of arrival';
COMMENT ON COLUMN warning_history.warning_id IS 'The warning';
COMMENT ON COLUMN warning_history.revision IS 'Which announcement of it';
COMMENT ON COLUMN warning_history.state IS 'raised or cleared';
COMMENT ON COLUMN warning_history.owner_unit IS 'Whom it was announced to';
COMMENT ON COLUMN warning_history.caused_by IS 'Event that moved it: source#id';
COMMENT ON COLUMN warning_history.announced_at IS 'When, by the legal clock';

CREATE TABLE warnings (
	warning_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	severity TEXT NOT NULL,
	state TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	owner_unit TEXT,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	caused_by TEXT NOT NULL,
	cleared_by TEXT,
	mode TEXT NOT NULL,
	told TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (warning_id)
);
COMMENT ON TABLE warnings IS 'projection: what is wrong and whose it is, as the facts that hold say it';
COMMENT ON COLUMN warnings.warning_id IS 'Our id of the warning';
COMMENT ON COLUMN warnings.kind IS 'decision_without_review';
COMMENT ON COLUMN warnings.severity IS 'How bad it is';
COMMENT ON COLUMN warnings.state IS 'raised or cleared';
COMMENT ON COLUMN warnings.decision_id IS 'The decision it is about';
COMMENT ON COLUMN warnings.case_key IS 'Case number as key';
COMMENT ON COLUMN warnings.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN warnings.owner_unit IS 'Who must act: the deciding unit, else the case''s';
COMMENT ON COLUMN warnings.since IS 'When the bypass was found';
COMMENT ON COLUMN warnings.caused_by IS 'Event that raised it: source#id';
COMMENT ON COLUMN warnings.cleared_by IS 'Event that refutes it: source#id';
COMMENT ON COLUMN warnings.mode IS 'Mode of the event that raised it';
COMMENT ON COLUMN warnings.told IS 'What was announced last: raised or cleared; none: nothing';
COMMENT ON COLUMN warnings.revision IS 'How often it was announced';

CREATE INDEX event_archive_case ON event_archive (case_key) WHERE case_key IS NOT NULL;
CREATE INDEX event_archive_type ON event_archive (type, recorded_at, source, event_id);
CREATE INDEX timeline_case ON timeline (case_key, happened_at, event_id, source);
CREATE INDEX timeline_corrects ON timeline (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX timeline_newest ON timeline (happened_at DESC, event_id DESC, source DESC);
CREATE INDEX decision_facts_decision ON decision_facts (decision_id);
CREATE INDEX decision_facts_case ON decision_facts (case_key);
CREATE INDEX decision_facts_corrects ON decision_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX review_facts_decision ON review_facts (decision_id);
CREATE INDEX review_facts_case ON review_facts (case_key);
CREATE INDEX review_facts_corrects ON review_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX warnings_decision ON warnings (decision_id);
CREATE INDEX warnings_newest ON warnings (since DESC, warning_id DESC);
ALTER TABLE review_facts ADD CONSTRAINT review_facts_what CHECK (what IN ('bypassed', 'not_required', 'cleared'));
ALTER TABLE warnings ADD CONSTRAINT warnings_state CHECK (state IN ('raised', 'cleared'));
