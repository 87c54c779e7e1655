-- Catalogues of decisions that need review: to be public beforehand (事前公开).
CREATE TABLE catalogue_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	unit TEXT NOT NULL,
	version TEXT NOT NULL,
	valid_from DATE NOT NULL,
	sha256 TEXT NOT NULL,
	items INTEGER NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE catalogue_facts IS 'projection: catalogues of decisions that need review, to be public beforehand';
COMMENT ON COLUMN catalogue_facts.source IS 'Who said it';
COMMENT ON COLUMN catalogue_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN catalogue_facts.happened_at IS 'When it was published';
COMMENT ON COLUMN catalogue_facts.unit IS '12-digit code of the unit whose catalogue it is';
COMMENT ON COLUMN catalogue_facts.version IS 'Which version of the unit';
COMMENT ON COLUMN catalogue_facts.valid_from IS 'First day on which it holds';
COMMENT ON COLUMN catalogue_facts.sha256 IS 'Digest of its items, as review has them';
COMMENT ON COLUMN catalogue_facts.items IS 'How many items it has';
CREATE INDEX catalogue_facts_newest ON catalogue_facts (happened_at, event_id);
