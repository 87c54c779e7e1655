-- What is logged of an event and of an audit row, and where a log that was rolled back stops.
ALTER TABLE outbox ADD COLUMN log_salt BYTEA;
ALTER TABLE outbox ADD COLUMN log_digest BYTEA;
COMMENT ON COLUMN outbox.log_salt IS 'Salt of its digest; erased, the log tells nothing';
COMMENT ON COLUMN outbox.log_digest IS 'SHA-256 of salt and canonical event, as logged';
ALTER TABLE log_head ADD COLUMN stopped TEXT;
COMMENT ON COLUMN log_head.stopped IS 'Why no more are given: it was found rolled back or forked';
CREATE INDEX outbox_uncommitted ON outbox (log_index) WHERE log_digest IS NULL;
CREATE INDEX outbox_case ON outbox ((attributes->>'correlationid'), position);
CREATE TABLE log_notes (
	position BIGINT GENERATED ALWAYS AS IDENTITY,
	id UUID NOT NULL,
	type TEXT NOT NULL,
	time TIMESTAMP WITH TIME ZONE NOT NULL,
	log_salt BYTEA,
	log_digest BYTEA NOT NULL,
	log_index BIGINT,
	PRIMARY KEY (position),
	UNIQUE (id)
);
COMMENT ON TABLE log_notes IS 'record: what is logged besides events: rows of the audit';
COMMENT ON COLUMN log_notes.position IS 'Order';
COMMENT ON COLUMN log_notes.id IS 'Id of the row that it stands for';
COMMENT ON COLUMN log_notes.type IS 'What it is: audit, and its outcome';
COMMENT ON COLUMN log_notes.time IS 'When it happened, by the machine''s clock';
COMMENT ON COLUMN log_notes.log_salt IS 'Salt of its digest; erased, the log tells nothing';
COMMENT ON COLUMN log_notes.log_digest IS 'SHA-256 of salt and canonical row';
COMMENT ON COLUMN log_notes.log_index IS 'Place in the service''s log; none until sequenced';
CREATE UNIQUE INDEX log_notes_log_index ON log_notes (log_index) WHERE log_index IS NOT NULL;
CREATE INDEX log_notes_unsequenced ON log_notes (position) WHERE log_index IS NULL;
