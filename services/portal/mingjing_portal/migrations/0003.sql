CREATE TABLE public_log_entries (
	number BIGINT NOT NULL,
	item_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	salt BYTEA NOT NULL,
	content BYTEA NOT NULL,
	PRIMARY KEY (number)
);
CREATE INDEX public_log_entries_item ON public_log_entries (item_id, number);
COMMENT ON TABLE public_log_entries IS 'projection: what the public log says of items, for receipts';
COMMENT ON COLUMN public_log_entries.number IS 'Place in the public log';
COMMENT ON COLUMN public_log_entries.item_id IS 'Id of the publication';
COMMENT ON COLUMN public_log_entries.version IS 'Version of it';
COMMENT ON COLUMN public_log_entries.salt IS 'Salt of its digest';
COMMENT ON COLUMN public_log_entries.content IS 'What is said, canonical';
INSERT INTO log_trees (log, size) VALUES ('public', 0);
