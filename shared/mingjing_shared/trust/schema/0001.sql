-- A transparency log as it is served.
CREATE TABLE log_trees (
	log TEXT NOT NULL,
	size BIGINT NOT NULL,
	PRIMARY KEY (log)
);
COMMENT ON TABLE log_trees IS 'record: how far each log''s tiles reach';
COMMENT ON COLUMN log_trees.log IS 'Which log: inner, or public';
COMMENT ON COLUMN log_trees.size IS 'Entries in tiles';
CREATE TABLE log_tiles (
	log TEXT NOT NULL,
	level SMALLINT NOT NULL,
	number BIGINT NOT NULL,
	width SMALLINT NOT NULL,
	bytes BYTEA NOT NULL,
	PRIMARY KEY (log, level, number)
);
COMMENT ON TABLE log_tiles IS 'record: tiles and bundles of entries; each only grows until it is full';
COMMENT ON COLUMN log_tiles.log IS 'Which log';
COMMENT ON COLUMN log_tiles.level IS 'Level of the tile; -1: a bundle';
COMMENT ON COLUMN log_tiles.number IS 'Which one of its level';
COMMENT ON COLUMN log_tiles.width IS 'Hashes or entries in it, up to 256';
COMMENT ON COLUMN log_tiles.bytes IS 'The tile as it is served';
CREATE TABLE log_checkpoints (
	log TEXT NOT NULL,
	size BIGINT NOT NULL,
	root BYTEA NOT NULL,
	note BYTEA NOT NULL,
	witnesses SMALLINT DEFAULT 0 NOT NULL,
	signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	covered_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (log, size)
);
COMMENT ON TABLE log_checkpoints IS 'record: what was signed of each log: the newest, and the newest covered one';
COMMENT ON COLUMN log_checkpoints.log IS 'Which log';
COMMENT ON COLUMN log_checkpoints.size IS 'Size of the tree';
COMMENT ON COLUMN log_checkpoints.root IS 'Its root';
COMMENT ON COLUMN log_checkpoints.note IS 'The checkpoint with its signatures';
COMMENT ON COLUMN log_checkpoints.witnesses IS 'How many witnesses co-signed it';
COMMENT ON COLUMN log_checkpoints.signed_at IS 'When the log signed it';
COMMENT ON COLUMN log_checkpoints.covered_at IS 'When enough witnesses had co-signed it';
