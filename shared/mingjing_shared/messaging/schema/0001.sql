-- The messaging core's tables, first form. Run by each service's migration 0001.
CREATE TABLE clocks (
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	rule TEXT NOT NULL,
	fired_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (kind, subject)
);
COMMENT ON TABLE clocks IS 'projection: durable clocks; fire exactly once, also after the worker was down';
COMMENT ON COLUMN clocks.kind IS 'Which clock: a name of the service''s list';
COMMENT ON COLUMN clocks.subject IS 'What it runs for';
COMMENT ON COLUMN clocks.due_at IS 'Legal instant at which it fires';
COMMENT ON COLUMN clocks.rule IS 'Rule id and version that set it';
COMMENT ON COLUMN clocks.fired_at IS 'Legal instant at which it fired; fires once';

CREATE TABLE dead_letters (
	id UUID NOT NULL,
	topic TEXT NOT NULL,
	partition INTEGER NOT NULL,
	record_offset BIGINT NOT NULL,
	reason TEXT NOT NULL,
	explanation TEXT NOT NULL,
	source TEXT,
	event_id TEXT,
	event_type TEXT,
	stack_digest TEXT,
	attempts INTEGER NOT NULL,
	digest BYTEA NOT NULL,
	body BYTEA NOT NULL,
	failed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	state TEXT NOT NULL,
	mended_digest BYTEA,
	settled_at TIMESTAMP WITH TIME ZONE,
	settled_by TEXT,
	settled_why TEXT,
	PRIMARY KEY (id)
);
COMMENT ON TABLE dead_letters IS 'record: what could not be taken; nothing is lost, a person settles each';
COMMENT ON COLUMN dead_letters.id IS 'Our name for the dead letter';
COMMENT ON COLUMN dead_letters.topic IS 'Topic it was read from, without prefix';
COMMENT ON COLUMN dead_letters.partition IS 'Partition it was read from';
COMMENT ON COLUMN dead_letters.record_offset IS 'Offset it was read at';
COMMENT ON COLUMN dead_letters.reason IS 'Why: a code of the closed list';
COMMENT ON COLUMN dead_letters.explanation IS 'Why, in Chinese, without content';
COMMENT ON COLUMN dead_letters.source IS 'The event''s source, where it could be read';
COMMENT ON COLUMN dead_letters.event_id IS 'The event''s id, where it could be read';
COMMENT ON COLUMN dead_letters.event_type IS 'The event''s type, where it could be read';
COMMENT ON COLUMN dead_letters.stack_digest IS 'Which failure of a handler: hash of its stack';
COMMENT ON COLUMN dead_letters.attempts IS 'How often it was tried';
COMMENT ON COLUMN dead_letters.digest IS 'SHA-256 of the record as it came';
COMMENT ON COLUMN dead_letters.body IS 'The record, sealed with the key ring';
COMMENT ON COLUMN dead_letters.failed_at IS 'When given up';
COMMENT ON COLUMN dead_letters.state IS 'open, replayed or discarded';
COMMENT ON COLUMN dead_letters.mended_digest IS 'SHA-256 of the body that was applied instead';
COMMENT ON COLUMN dead_letters.settled_at IS 'When a person settled it';
COMMENT ON COLUMN dead_letters.settled_by IS 'Who settled it';
COMMENT ON COLUMN dead_letters.settled_why IS 'Why so';

CREATE TABLE letter_views (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	letter_id UUID NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	opened_by TEXT NOT NULL,
	opened_why TEXT NOT NULL,
	PRIMARY KEY (number)
);
COMMENT ON TABLE letter_views IS 'record: who looked into dead letters, and why';
COMMENT ON COLUMN letter_views.number IS 'Order';
COMMENT ON COLUMN letter_views.letter_id IS 'The dead letter that was opened';
COMMENT ON COLUMN letter_views.opened_at IS 'When';
COMMENT ON COLUMN letter_views.opened_by IS 'Who read it, personal data and all';
COMMENT ON COLUMN letter_views.opened_why IS 'Why';

CREATE TABLE inbox (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	digest BYTEA NOT NULL,
	applied_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE inbox IS 'record: every event applied here; what is in it is never applied again';
COMMENT ON COLUMN inbox.source IS 'Who said it';
COMMENT ON COLUMN inbox.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN inbox.digest IS 'SHA-256 of the event''s content';
COMMENT ON COLUMN inbox.applied_at IS 'When applied';

CREATE TABLE key_checks (
	name TEXT NOT NULL,
	proof BYTEA NOT NULL,
	PRIMARY KEY (name)
);
COMMENT ON TABLE key_checks IS 'record: tells a wrong key from the right one before anything is written with it';
COMMENT ON COLUMN key_checks.name IS 'Which key';
COMMENT ON COLUMN key_checks.proof IS 'What only that key makes or opens';

CREATE TABLE log_head (
	always BOOLEAN NOT NULL,
	size BIGINT NOT NULL,
	PRIMARY KEY (always)
);
COMMENT ON TABLE log_head IS 'record: the head of the service''s log; moved only by compare and set';
COMMENT ON COLUMN log_head.always IS 'Always true: there is one row';
COMMENT ON COLUMN log_head.size IS 'Places given so far; the next place';

CREATE TABLE outbox (
	id UUID NOT NULL,
	position BIGINT GENERATED ALWAYS AS IDENTITY,
	topic TEXT NOT NULL,
	key TEXT NOT NULL,
	attributes JSONB NOT NULL,
	value BYTEA NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	log_index BIGINT,
	published_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (position),
	UNIQUE (id)
);
COMMENT ON TABLE outbox IS 'record: every event this service emits, written with the change that caused it';
COMMENT ON COLUMN outbox.id IS 'The event''s id';
COMMENT ON COLUMN outbox.position IS 'Order';
COMMENT ON COLUMN outbox.topic IS 'Topic, without the installation''s prefix';
COMMENT ON COLUMN outbox.key IS 'Record key: the event''s partitionkey';
COMMENT ON COLUMN outbox.attributes IS 'The finished envelope';
COMMENT ON COLUMN outbox.value IS 'The data, canonical JSON';
COMMENT ON COLUMN outbox.created_at IS 'When written';
COMMENT ON COLUMN outbox.log_index IS 'Place in the service''s log; none until sequenced';
COMMENT ON COLUMN outbox.published_at IS 'When the broker acknowledged it';

CREATE TABLE probes (
	always BOOLEAN NOT NULL,
	probe_id TEXT NOT NULL,
	probed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (always)
);
COMMENT ON TABLE probes IS 'record: the last probe that went round and was settled by this service';
COMMENT ON COLUMN probes.always IS 'Always true: there is one row';
COMMENT ON COLUMN probes.probe_id IS 'The last probe settled here';
COMMENT ON COLUMN probes.probed_at IS 'When the gateway sent it';
COMMENT ON COLUMN probes.settled_at IS 'When it was settled here';

CREATE TABLE publishers (
	name TEXT NOT NULL,
	topic TEXT NOT NULL,
	source TEXT NOT NULL,
	types JSONB NOT NULL,
	modes JSONB NOT NULL,
	registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	registered_by TEXT NOT NULL,
	PRIMARY KEY (name)
);
COMMENT ON TABLE publishers IS 'projection: who may say what on which topic, from the directory';
COMMENT ON COLUMN publishers.name IS 'Publisher';
COMMENT ON COLUMN publishers.topic IS 'Its own inbound topic';
COMMENT ON COLUMN publishers.source IS 'The only source it may name';
COMMENT ON COLUMN publishers.types IS 'Types its registration allows';
COMMENT ON COLUMN publishers.modes IS 'Modes it may set besides live';
COMMENT ON COLUMN publishers.registered_at IS 'Time of the registration held';
COMMENT ON COLUMN publishers.registered_by IS 'Id of the event that said so';

CREATE UNIQUE INDEX outbox_log_index ON outbox (log_index) WHERE log_index IS NOT NULL;
CREATE INDEX outbox_unsequenced ON outbox (position) WHERE log_index IS NULL;
CREATE INDEX outbox_unpublished ON outbox (log_index) WHERE published_at IS NULL AND log_index IS NOT NULL;
CREATE UNIQUE INDEX dead_letters_record ON dead_letters (topic, partition, record_offset);
CREATE INDEX dead_letters_open ON dead_letters (failed_at) WHERE state = 'open';
CREATE INDEX clocks_subject ON clocks (subject);
CREATE INDEX clocks_due ON clocks (due_at) WHERE fired_at IS NULL;
ALTER TABLE log_head ADD CONSTRAINT log_head_one_row CHECK (always);
ALTER TABLE probes ADD CONSTRAINT probes_one_row CHECK (always);
ALTER TABLE dead_letters ADD CONSTRAINT dead_letters_state CHECK (state IN ('open', 'replayed', 'discarded'));
INSERT INTO log_head (always, size) VALUES (true, 0);
