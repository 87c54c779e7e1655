-- Catalogues of units in versions, and the changes of law that touch them.
CREATE TABLE catalogue_versions (
	version_id TEXT NOT NULL,
	unit TEXT NOT NULL,
	number INTEGER NOT NULL,
	based_on TEXT,
	items JSONB NOT NULL,
	items_sha256 TEXT NOT NULL,
	state TEXT NOT NULL,
	steps INTEGER NOT NULL,
	drafted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	drafted_by TEXT NOT NULL,
	published_on DATE,
	valid_from DATE,
	PRIMARY KEY (version_id)
);
COMMENT ON TABLE catalogue_versions IS 'record: versions of the catalogues of decisions that need review';
COMMENT ON COLUMN catalogue_versions.version_id IS 'Our id of the version';
COMMENT ON COLUMN catalogue_versions.unit IS '12-digit code of the unit whose catalogue it is';
COMMENT ON COLUMN catalogue_versions.number IS '1 for the first version of the unit';
COMMENT ON COLUMN catalogue_versions.based_on IS 'The version it was drafted from; none: the first of all';
COMMENT ON COLUMN catalogue_versions.items IS 'Its items: law, nothing personal';
COMMENT ON COLUMN catalogue_versions.items_sha256 IS 'Digest of the canonical items';
COMMENT ON COLUMN catalogue_versions.state IS 'drafted, asked, guided, approved or published';
COMMENT ON COLUMN catalogue_versions.steps IS 'How many steps were taken; forms carry it';
COMMENT ON COLUMN catalogue_versions.drafted_at IS 'When it was begun';
COMMENT ON COLUMN catalogue_versions.drafted_by IS 'Police number of who began it';
COMMENT ON COLUMN catalogue_versions.published_on IS 'Day of publication; none: not published yet';
COMMENT ON COLUMN catalogue_versions.valid_from IS 'First day on which it holds, after its publication';

CREATE TABLE catalogue_steps (
	step_id TEXT NOT NULL,
	version_id TEXT NOT NULL,
	place INTEGER NOT NULL,
	kind TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	instead_of TEXT,
	items_sha256 TEXT NOT NULL,
	codes JSONB NOT NULL,
	words BYTEA,
	PRIMARY KEY (step_id)
);
COMMENT ON TABLE catalogue_steps IS 'record: what officers did with a version of a catalogue, step by step';
COMMENT ON COLUMN catalogue_steps.step_id IS 'Our id of the step';
COMMENT ON COLUMN catalogue_steps.version_id IS 'The version';
COMMENT ON COLUMN catalogue_steps.place IS '1 for the first step of the version';
COMMENT ON COLUMN catalogue_steps.kind IS 'drafted, changed, asked, guided, objected, outside, sent_back, approved, published';
COMMENT ON COLUMN catalogue_steps.at IS 'When, by the legal clock';
COMMENT ON COLUMN catalogue_steps.officer IS 'Police number of who took it';
COMMENT ON COLUMN catalogue_steps.role IS 'Role by which it was taken';
COMMENT ON COLUMN catalogue_steps.unit IS 'Unit for which the role is held';
COMMENT ON COLUMN catalogue_steps.instead_of IS 'Police number of whom the officer stood in for (代行)';
COMMENT ON COLUMN catalogue_steps.items_sha256 IS 'Digest of the items it was taken on';
COMMENT ON COLUMN catalogue_steps.codes IS 'Changed items, digest of what was shown';
COMMENT ON COLUMN catalogue_steps.words IS 'Reasons and comments as they were written, sealed';

CREATE TABLE law_changes (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	what TEXT NOT NULL,
	holds_from DATE NOT NULL,
	law_source TEXT NOT NULL,
	affected JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE law_changes IS 'projection: changes of law that open a term for every catalogue';
COMMENT ON COLUMN law_changes.source IS 'Who said it';
COMMENT ON COLUMN law_changes.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN law_changes.happened_at IS 'When it was said';
COMMENT ON COLUMN law_changes.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN law_changes.what IS 'Which law, as a short code';
COMMENT ON COLUMN law_changes.holds_from IS 'The day from which the change holds';
COMMENT ON COLUMN law_changes.law_source IS 'Document and article';
COMMENT ON COLUMN law_changes.affected IS 'Items that it touches, as it was said';

CREATE TABLE catalogue_checks (
	check_id TEXT NOT NULL,
	unit TEXT NOT NULL,
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer TEXT NOT NULL,
	words BYTEA NOT NULL,
	PRIMARY KEY (check_id)
);
COMMENT ON TABLE catalogue_checks IS 'record: that after a change of law a catalogue was checked and stays as it is';
COMMENT ON COLUMN catalogue_checks.check_id IS 'Our id of the check';
COMMENT ON COLUMN catalogue_checks.unit IS 'Unit whose catalogue was checked';
COMMENT ON COLUMN catalogue_checks.source IS 'Who said that the law changed';
COMMENT ON COLUMN catalogue_checks.event_id IS 'The change of law, within its source';
COMMENT ON COLUMN catalogue_checks.at IS 'When, by the legal clock';
COMMENT ON COLUMN catalogue_checks.officer IS 'Police number of who checked';
COMMENT ON COLUMN catalogue_checks.words IS 'Why nothing is to change, sealed';

CREATE UNIQUE INDEX catalogue_versions_unit ON catalogue_versions (unit, number);
CREATE UNIQUE INDEX catalogue_versions_open ON catalogue_versions (unit) WHERE state <> 'published';
CREATE INDEX catalogue_versions_newest ON catalogue_versions (drafted_at, version_id);
CREATE UNIQUE INDEX catalogue_steps_version ON catalogue_steps (version_id, place);
CREATE INDEX law_changes_corrects ON law_changes (source, corrects) WHERE corrects IS NOT NULL;
CREATE UNIQUE INDEX catalogue_checks_change ON catalogue_checks (unit, source, event_id);
CREATE INDEX proposal_facts_unit ON proposal_facts (unit, proposed_at);
CREATE INDEX decision_facts_unit ON decision_facts (unit, made_on);
CREATE INDEX reviews_proposed ON reviews (proposed_at, decision_id);
