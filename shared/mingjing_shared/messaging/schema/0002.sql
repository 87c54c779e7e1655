-- Reconciliation: what a service told it published, and what of others' was found here.
CREATE TABLE window_heads (
	stream TEXT NOT NULL,
	number BIGINT NOT NULL,
	place JSONB,
	closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (stream)
);
COMMENT ON TABLE window_heads IS 'record: how far this service has told what it published';
COMMENT ON COLUMN window_heads.stream IS 'outbox, or door';
COMMENT ON COLUMN window_heads.number IS 'Number of the last window closed';
COMMENT ON COLUMN window_heads.place IS 'How far the closed windows reach';
COMMENT ON COLUMN window_heads.closed_at IS 'When the last one was closed';
CREATE TABLE windows (
	service TEXT NOT NULL,
	stream TEXT NOT NULL,
	number BIGINT NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	told JSONB,
	state TEXT NOT NULL,
	missing INTEGER NOT NULL,
	PRIMARY KEY (service, stream, number)
);
CREATE INDEX windows_waiting ON windows (received_at) WHERE state <> 'whole';
COMMENT ON TABLE windows IS 'record: what others published, compared with what was settled here';
COMMENT ON COLUMN windows.service IS 'Who published';
COMMENT ON COLUMN windows.stream IS 'outbox, or door';
COMMENT ON COLUMN windows.number IS 'Counts up by one';
COMMENT ON COLUMN windows.closed_at IS 'When it was closed there';
COMMENT ON COLUMN windows.received_at IS 'When it came here';
COMMENT ON COLUMN windows.told IS 'Its events, until all of them were found here';
COMMENT ON COLUMN windows.state IS 'open, missing or whole';
COMMENT ON COLUMN windows.missing IS 'Events of it not settled here';
