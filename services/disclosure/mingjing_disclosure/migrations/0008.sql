CREATE TABLE public_entries (
	number BIGINT NOT NULL,
	id UUID NOT NULL,
	type TEXT NOT NULL,
	time TEXT NOT NULL,
	item_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	content BYTEA,
	log_salt BYTEA,
	log_digest BYTEA NOT NULL,
	bundle BIGINT,
	emptied_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (number),
	UNIQUE (id)
);
CREATE INDEX public_entries_item ON public_entries (item_id, number);
COMMENT ON TABLE public_entries IS 'record: what the public log says, in its order: published, corrected, withdrawn';
COMMENT ON COLUMN public_entries.number IS 'Place in the public log';
COMMENT ON COLUMN public_entries.id IS 'Id of the entry';
COMMENT ON COLUMN public_entries.type IS 'published, corrected or withdrawn, as a type';
COMMENT ON COLUMN public_entries.time IS 'When, as the entry says it';
COMMENT ON COLUMN public_entries.item_id IS 'Id of the publication';
COMMENT ON COLUMN public_entries.version IS 'Version of it';
COMMENT ON COLUMN public_entries.content IS 'What is said, canonical; none once it was erased';
COMMENT ON COLUMN public_entries.log_salt IS 'Salt of its digest; erased, the log tells nothing';
COMMENT ON COLUMN public_entries.bundle IS 'Bundle in which it went out';
COMMENT ON COLUMN public_entries.emptied_at IS 'When an erased one was taken out of its bundle';
COMMENT ON COLUMN public_entries.log_digest IS 'SHA-256 of salt and content';
CREATE TABLE public_log_sent (
	always BOOLEAN NOT NULL,
	size BIGINT NOT NULL,
	PRIMARY KEY (always)
);
COMMENT ON TABLE public_log_sent IS 'record: how far the public log went out to the portal';
COMMENT ON COLUMN public_log_sent.always IS 'Always true: there is one row';
COMMENT ON COLUMN public_log_sent.size IS 'Entries that went out';
ALTER TABLE public_log_sent ADD CONSTRAINT public_log_sent_one_row CHECK (always);
INSERT INTO public_log_sent (always, size) VALUES (true, 0);
INSERT INTO log_trees (log, size) VALUES ('public', 0);
