-- What review measured of its people, unit by unit and month by month.
CREATE TABLE staffing_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	mode TEXT NOT NULL,
	unit TEXT NOT NULL,
	measured_on DATE NOT NULL,
	officers INTEGER NOT NULL,
	reviewers INTEGER NOT NULL,
	percent_asked DOUBLE PRECISION,
	levelled INTEGER,
	legal INTEGER,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE staffing_facts IS 'projection: what review measured of each unit''s people';
COMMENT ON COLUMN staffing_facts.source IS 'Who said it';
COMMENT ON COLUMN staffing_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN staffing_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN staffing_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN staffing_facts.unit IS '12-digit code of the unit';
COMMENT ON COLUMN staffing_facts.measured_on IS 'Day that it is of';
COMMENT ON COLUMN staffing_facts.officers IS 'Enforcement officers, unit and below';
COMMENT ON COLUMN staffing_facts.reviewers IS 'Reviewers among them';
COMMENT ON COLUMN staffing_facts.percent_asked IS 'Share of reviewers asked for; none: no rule';
COMMENT ON COLUMN staffing_facts.levelled IS 'Officers with a level in force; none: not told';
COMMENT ON COLUMN staffing_facts.legal IS 'Officers with the legal qualification; none: not told';

CREATE INDEX staffing_facts_unit ON staffing_facts (unit, measured_on);
