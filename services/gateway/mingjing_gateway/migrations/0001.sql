-- What the gateway keeps, first form.
CREATE TABLE publishers_register (
	name TEXT NOT NULL,
	topic TEXT NOT NULL,
	source TEXT NOT NULL,
	types JSONB NOT NULL,
	way TEXT NOT NULL,
	modes JSONB NOT NULL,
	key_hash BYTEA NOT NULL,
	key_prefix TEXT NOT NULL,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	added_by TEXT NOT NULL,
	rotated_at TIMESTAMP WITH TIME ZONE,
	rotated_by TEXT,
	PRIMARY KEY (name),
	UNIQUE (topic),
	UNIQUE (source),
	UNIQUE (key_hash),
	CHECK (way IN ('door', 'kafka'))
);
COMMENT ON TABLE publishers_register IS 'record: who may say what, and how it comes in; the directory tells the services';
COMMENT ON COLUMN publishers_register.name IS 'Publisher';
COMMENT ON COLUMN publishers_register.topic IS 'Its own inbound topic';
COMMENT ON COLUMN publishers_register.source IS 'The only source it may name';
COMMENT ON COLUMN publishers_register.types IS 'Types its registration allows';
COMMENT ON COLUMN publishers_register.way IS 'How it comes in: kafka or door, never both';
COMMENT ON COLUMN publishers_register.modes IS 'Modes it may set besides live';
COMMENT ON COLUMN publishers_register.key_hash IS 'SHA-256 of its key';
COMMENT ON COLUMN publishers_register.key_prefix IS 'Start of its key, to tell keys apart';
COMMENT ON COLUMN publishers_register.added_at IS 'When it was registered';
COMMENT ON COLUMN publishers_register.added_by IS 'Who registered it';
COMMENT ON COLUMN publishers_register.rotated_at IS 'When its key was last replaced';
COMMENT ON COLUMN publishers_register.rotated_by IS 'Who replaced it';

CREATE TABLE received (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	digest BYTEA NOT NULL,
	state TEXT NOT NULL,
	event_type TEXT NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	acked_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (source, event_id),
	CHECK (state IN ('pending', 'acked'))
);
COMMENT ON TABLE received IS 'record: what the door took; 202 is answered from acked only';
COMMENT ON COLUMN received.source IS 'Who said it';
COMMENT ON COLUMN received.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN received.digest IS 'SHA-256 of the event''s content';
COMMENT ON COLUMN received.state IS 'pending, or acked by the broker';
COMMENT ON COLUMN received.event_type IS 'Its type';
COMMENT ON COLUMN received.received_at IS 'When the door first saw it';
COMMENT ON COLUMN received.acked_at IS 'When the broker''s acknowledgement was noted';

CREATE INDEX received_pending ON received (received_at) WHERE state = 'pending';
