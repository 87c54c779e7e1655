-- What was told of cases, for contradictions among acts, documents, custody and recordings.
CREATE TABLE told_events (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	type TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	case_key TEXT,
	data JSONB NOT NULL,
	personal BYTEA,
	PRIMARY KEY (source, event_id)
);
CREATE INDEX told_events_of_case ON told_events (case_key);
CREATE INDEX told_events_corrects ON told_events (source, corrects) WHERE corrects IS NOT NULL;
COMMENT ON TABLE told_events IS 'projection: what was told of cases, as far as contradictions are looked for in it';
COMMENT ON COLUMN told_events.source IS 'Who said it';
COMMENT ON COLUMN told_events.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN told_events.type IS 'Type of the event';
COMMENT ON COLUMN told_events.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN told_events.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN told_events.case_key IS 'Case number as key; none: it names no case';
COMMENT ON COLUMN told_events.data IS 'Its data, without what may be personal';
COMMENT ON COLUMN told_events.personal IS 'What may be personal, without prose; sealed';

CREATE TABLE told_officers (
	officer TEXT NOT NULL,
	begins TIMESTAMP WITH TIME ZONE NOT NULL,
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	ends TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (officer, begins, source, event_id)
);
COMMENT ON TABLE told_officers IS 'projection: who took part when in which act, or recorded';
COMMENT ON COLUMN told_officers.officer IS 'Police number';
COMMENT ON COLUMN told_officers.begins IS 'Since when the officer was at it';
COMMENT ON COLUMN told_officers.source IS 'Who said it';
COMMENT ON COLUMN told_officers.event_id IS 'The act or recording, within its source';
COMMENT ON COLUMN told_officers.ends IS 'Until when';
