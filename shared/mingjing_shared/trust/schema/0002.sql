-- What a service saw of the other services' logs, and its own log from the beginning.
CREATE TABLE witnessed (
	origin TEXT NOT NULL,
	size BIGINT NOT NULL,
	root BYTEA NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	refused TEXT,
	refused_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (origin)
);
COMMENT ON TABLE witnessed IS 'record: the largest head of each other log that this service co-signed';
COMMENT ON COLUMN witnessed.origin IS 'Name of the log';
COMMENT ON COLUMN witnessed.size IS 'Size that was co-signed last';
COMMENT ON COLUMN witnessed.root IS 'Root that was co-signed last';
COMMENT ON COLUMN witnessed.seen_at IS 'When that was';
COMMENT ON COLUMN witnessed.refused IS 'Why the log is not trusted now; none: it is';
COMMENT ON COLUMN witnessed.refused_at IS 'When it was refused first';
INSERT INTO log_trees (log, size) VALUES ('inner', 0);
