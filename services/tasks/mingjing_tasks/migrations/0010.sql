CREATE TABLE log_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	log TEXT NOT NULL,
	witness TEXT NOT NULL,
	what TEXT NOT NULL,
	reason_code TEXT,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (source, event_id)
);
CREATE INDEX log_facts_log ON log_facts (log, happened_at DESC);
COMMENT ON TABLE log_facts IS 'projection: what witnesses told of the services'' transparency logs';
COMMENT ON COLUMN log_facts.source IS 'Who said it';
COMMENT ON COLUMN log_facts.event_id IS 'The event that said it';
COMMENT ON COLUMN log_facts.log IS 'Name of the log';
COMMENT ON COLUMN log_facts.witness IS 'Service that refused or accepted it';
COMMENT ON COLUMN log_facts.what IS 'refused or accepted';
COMMENT ON COLUMN log_facts.reason_code IS 'How it is not what it was';
COMMENT ON COLUMN log_facts.happened_at IS 'When';
