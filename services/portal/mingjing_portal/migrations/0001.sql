CREATE TABLE public_items (
	item_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	document_number TEXT NOT NULL,
	unit_name TEXT NOT NULL,
	made_on DATE NOT NULL,
	published_at TIMESTAMP WITH TIME ZONE NOT NULL,
	withdrawn_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (item_id)
);
CREATE INDEX public_items_newest ON public_items (published_at, item_id);
COMMENT ON TABLE public_items IS 'projection: what is public, from signed bundles; nothing here is not public';
COMMENT ON COLUMN public_items.item_id IS 'Id of the publication';
COMMENT ON COLUMN public_items.kind IS 'Kind of decision';
COMMENT ON COLUMN public_items.title IS 'Public title, masked inside';
COMMENT ON COLUMN public_items.document_number IS 'Public document number';
COMMENT ON COLUMN public_items.unit_name IS 'The deciding body, in words';
COMMENT ON COLUMN public_items.made_on IS 'Date on the document';
COMMENT ON COLUMN public_items.published_at IS 'When it came here';
COMMENT ON COLUMN public_items.withdrawn_at IS 'When it was taken back; a tombstone';

