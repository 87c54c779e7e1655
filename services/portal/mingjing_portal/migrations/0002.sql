-- From a list of titles to whole pages, tombstones and search.
ALTER TABLE public_items ADD COLUMN version INTEGER;
COMMENT ON COLUMN public_items.version IS 'Version that is shown';
ALTER TABLE public_items ADD COLUMN text TEXT;
COMMENT ON COLUMN public_items.text IS 'The public text; none of a tombstone';
ALTER TABLE public_items ADD COLUMN text_sha256 TEXT;
COMMENT ON COLUMN public_items.text_sha256 IS 'SHA-256 of the text';
ALTER TABLE public_items ADD COLUMN masked JSONB;
COMMENT ON COLUMN public_items.masked IS 'Line, from and to of what stands for something hidden';
ALTER TABLE public_items ADD COLUMN meaning TEXT;
COMMENT ON COLUMN public_items.meaning IS 'What the decision means, one plain sentence';
ALTER TABLE public_items ADD COLUMN remedy TEXT;
COMMENT ON COLUMN public_items.remedy IS 'What can be done against it';
ALTER TABLE public_items ADD COLUMN outcome JSONB;
COMMENT ON COLUMN public_items.outcome IS 'What was decided, in words';
ALTER TABLE public_items ADD COLUMN parties JSONB;
COMMENT ON COLUMN public_items.parties IS 'Organisations it concerns; persons are never listed';
ALTER TABLE public_items ADD COLUMN due_on DATE;
COMMENT ON COLUMN public_items.due_on IS 'Last day on which publishing was in time';
ALTER TABLE public_items ADD COLUMN published_on DATE;
COMMENT ON COLUMN public_items.published_on IS 'Day on which the first version was published';
ALTER TABLE public_items ADD COLUMN history JSONB;
COMMENT ON COLUMN public_items.history IS 'Every version: number, day, SHA-256, why it came';
ALTER TABLE public_items ADD COLUMN withdrawn_on DATE;
COMMENT ON COLUMN public_items.withdrawn_on IS 'Day on which it was taken back';
ALTER TABLE public_items ADD COLUMN reason TEXT;
COMMENT ON COLUMN public_items.reason IS 'Why it was taken back, as the public reads it';
ALTER TABLE public_items ADD COLUMN basis TEXT;
COMMENT ON COLUMN public_items.basis IS 'By which law it was taken back';
ALTER TABLE public_items ADD COLUMN generic BOOLEAN;
COMMENT ON COLUMN public_items.generic IS 'The tombstone says nothing of what was there';
ALTER TABLE public_items ADD COLUMN searched TEXT;
COMMENT ON COLUMN public_items.searched IS 'What a search looks in: the public words, squeezed';
ALTER TABLE public_items ADD COLUMN grams TEXT[];
COMMENT ON COLUMN public_items.grams IS 'Every two neighbouring signs of it, for the index';

CREATE TABLE public_counts (
	kind TEXT NOT NULL,
	published INTEGER NOT NULL,
	on_time INTEGER NOT NULL,
	corrected INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL,
	PRIMARY KEY (kind)
);
COMMENT ON TABLE public_counts IS 'projection: the figures of the front page, counted as bundles come';
COMMENT ON COLUMN public_counts.kind IS 'Kind of decision';
COMMENT ON COLUMN public_counts.published IS 'Items that were ever published';
COMMENT ON COLUMN public_counts.on_time IS 'Of these, in time';
COMMENT ON COLUMN public_counts.corrected IS 'Corrections that were published';
COMMENT ON COLUMN public_counts.withdrawn IS 'Items that were taken back';

CREATE TABLE bundle_head (
	always BOOLEAN NOT NULL,
	number BIGINT NOT NULL,
	digest TEXT NOT NULL,
	taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (always)
);
COMMENT ON TABLE bundle_head IS 'projection: how far the bundles were taken; moved with what they bring';
COMMENT ON COLUMN bundle_head.always IS 'Always true: there is one row';
COMMENT ON COLUMN bundle_head.number IS 'Newest bundle that was taken';
COMMENT ON COLUMN bundle_head.digest IS 'Its digest; the next one must name it';
COMMENT ON COLUMN bundle_head.taken_at IS 'When it was taken';

CREATE INDEX public_items_kind ON public_items (kind, published_at, item_id);
CREATE INDEX public_items_withdrawn ON public_items (withdrawn_at, item_id) WHERE withdrawn_at IS NOT NULL;
CREATE INDEX public_items_grams ON public_items USING gin (grams);
