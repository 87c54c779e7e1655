-- Footage, documents, gaps, packages: what recording keeps of them, and who looks at what.
CREATE TABLE cases (
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	kind TEXT,
	unit TEXT,
	people JSONB,
	PRIMARY KEY (case_key)
);
COMMENT ON TABLE cases IS 'projection: the cases that anything here belongs to';
COMMENT ON COLUMN cases.case_key IS 'Case number as key';
COMMENT ON COLUMN cases.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN cases.case_ref IS 'Reference of the case';
COMMENT ON COLUMN cases.kind IS 'Kind of case; none: not accepted yet';
COMMENT ON COLUMN cases.unit IS 'Unit it belongs to; none: not known (yet)';
COMMENT ON COLUMN cases.people IS 'Police numbers whose own case it is';

CREATE TABLE handler_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	handlers JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE handler_facts IS 'projection: every version of who handles a case';
COMMENT ON COLUMN handler_facts.source IS 'Who said it';
COMMENT ON COLUMN handler_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN handler_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN handler_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN handler_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN handler_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN handler_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN handler_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN handler_facts.handlers IS 'Police numbers of those who handle it';

CREATE TABLE footage_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT,
	case_number TEXT,
	footage_id TEXT NOT NULL,
	serial TEXT NOT NULL,
	officer TEXT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
	key_file BOOLEAN,
	sha256 TEXT,
	size BIGINT,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE footage_facts IS 'projection: every version of what recorders said they made';
COMMENT ON COLUMN footage_facts.source IS 'Who said it';
COMMENT ON COLUMN footage_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN footage_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN footage_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN footage_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN footage_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN footage_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN footage_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN footage_facts.footage_id IS 'The recording';
COMMENT ON COLUMN footage_facts.serial IS 'Serial number of the recorder';
COMMENT ON COLUMN footage_facts.officer IS 'Police number of who wore it';
COMMENT ON COLUMN footage_facts.started_at IS 'When it began';
COMMENT ON COLUMN footage_facts.ended_at IS 'When it ended';
COMMENT ON COLUMN footage_facts.key_file IS 'Whether it was marked on the spot (重点文件)';
COMMENT ON COLUMN footage_facts.sha256 IS 'SHA-256 as the recorder told it';
COMMENT ON COLUMN footage_facts.size IS 'Length in bytes as the recorder told it';

CREATE TABLE document_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	document_key TEXT NOT NULL,
	document_number TEXT NOT NULL,
	kind TEXT NOT NULL,
	title BYTEA NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sha256 TEXT,
	on_paper_only BOOLEAN,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE document_facts IS 'projection: every version of a document that was made';
COMMENT ON COLUMN document_facts.source IS 'Who said it';
COMMENT ON COLUMN document_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN document_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN document_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN document_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN document_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN document_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN document_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN document_facts.document_key IS 'Case number and number, as key';
COMMENT ON COLUMN document_facts.document_number IS 'Document number, as sent';
COMMENT ON COLUMN document_facts.kind IS 'What kind of document, as sent';
COMMENT ON COLUMN document_facts.title IS 'Its title, sealed';
COMMENT ON COLUMN document_facts.made_at IS 'When it was made';
COMMENT ON COLUMN document_facts.sha256 IS 'SHA-256 as it was told';
COMMENT ON COLUMN document_facts.on_paper_only IS 'There is no electronic form of it';

CREATE TABLE records (
	action_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	level TEXT NOT NULL,
	state TEXT NOT NULL,
	covered JSONB NOT NULL,
	required_seconds INTEGER NOT NULL,
	covered_seconds INTEGER NOT NULL,
	lacking_minutes INTEGER,
	is_late BOOLEAN NOT NULL,
	gap_kind TEXT,
	gap_effect TEXT,
	gap_minutes INTEGER,
	gap_explained BOOLEAN NOT NULL,
	upload_due_at TIMESTAMP WITH TIME ZONE,
	mode TEXT NOT NULL,
	revision INTEGER NOT NULL,
	unit TEXT,
	people JSONB,
	PRIMARY KEY (action_id)
);
COMMENT ON TABLE records IS 'projection: how completely each act is recorded, and what was told of it';
COMMENT ON COLUMN records.action_id IS 'The act';
COMMENT ON COLUMN records.case_key IS 'Case number as key';
COMMENT ON COLUMN records.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN records.started_at IS 'When the act began';
COMMENT ON COLUMN records.level IS 'full, as_needed or nothing';
COMMENT ON COLUMN records.state IS 'Where the record of the act stands';
COMMENT ON COLUMN records.covered IS 'From when to when it is recorded';
COMMENT ON COLUMN records.required_seconds IS 'Length of the act';
COMMENT ON COLUMN records.covered_seconds IS 'How much of it is recorded';
COMMENT ON COLUMN records.lacking_minutes IS 'What lacks, told or not; none: nothing';
COMMENT ON COLUMN records.is_late IS 'Footage came in after its term';
COMMENT ON COLUMN records.gap_kind IS 'Gap as it was told: missing, partial or interrupted';
COMMENT ON COLUMN records.gap_effect IS 'Gap as it was told: blocking or finding';
COMMENT ON COLUMN records.gap_minutes IS 'Gap as it was told: minutes that lack';
COMMENT ON COLUMN records.gap_explained IS 'It was told that it is explained';
COMMENT ON COLUMN records.upload_due_at IS 'By when the footage must be in';
COMMENT ON COLUMN records.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN records.revision IS 'How often anything of it was told';
COMMENT ON COLUMN records.unit IS 'Unit it belongs to; none: not known (yet)';
COMMENT ON COLUMN records.people IS 'Police numbers whose own case it is';

CREATE TABLE footage (
	footage_id TEXT NOT NULL,
	case_key TEXT,
	case_number TEXT,
	serial TEXT,
	officer TEXT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
	key_file BOOLEAN,
	sha256 TEXT,
	kept_at TIMESTAMP WITH TIME ZONE,
	differs BOOLEAN NOT NULL,
	state TEXT NOT NULL,
	mode TEXT NOT NULL,
	revision INTEGER NOT NULL,
	unit TEXT,
	people JSONB,
	PRIMARY KEY (footage_id)
);
COMMENT ON TABLE footage IS 'projection: recordings, whether their files are held, and to which case they belong';
COMMENT ON COLUMN footage.footage_id IS 'The recording';
COMMENT ON COLUMN footage.case_key IS 'Case number as key';
COMMENT ON COLUMN footage.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN footage.serial IS 'Serial number of the recorder';
COMMENT ON COLUMN footage.officer IS 'Who wore the recorder, or brought the file';
COMMENT ON COLUMN footage.started_at IS 'When it began';
COMMENT ON COLUMN footage.ended_at IS 'When it ended; by the file, if held';
COMMENT ON COLUMN footage.key_file IS 'Whether it was marked on the spot (重点文件)';
COMMENT ON COLUMN footage.sha256 IS 'SHA-256 of the file that is held; none: it has not come';
COMMENT ON COLUMN footage.kept_at IS 'When the file came in';
COMMENT ON COLUMN footage.differs IS 'The file is not the one that was told of';
COMMENT ON COLUMN footage.state IS 'unlinked, linked or archived';
COMMENT ON COLUMN footage.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN footage.revision IS 'How often it was announced';
COMMENT ON COLUMN footage.unit IS 'Unit it belongs to; none: not known (yet)';
COMMENT ON COLUMN footage.people IS 'Police numbers whose own case it is';

CREATE TABLE footage_links (
	footage_id TEXT NOT NULL,
	action_id TEXT NOT NULL,
	linked_by TEXT NOT NULL,
	PRIMARY KEY (footage_id, action_id)
);
COMMENT ON TABLE footage_links IS 'projection: which recording shows which act';
COMMENT ON COLUMN footage_links.footage_id IS 'The recording';
COMMENT ON COLUMN footage_links.action_id IS 'The act that it shows';
COMMENT ON COLUMN footage_links.linked_by IS 'Police number, or rule:<id>';

CREATE TABLE documents (
	document_key TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	document_number TEXT NOT NULL,
	kind TEXT,
	title BYTEA,
	made_at TIMESTAMP WITH TIME ZONE,
	sha256 TEXT,
	kept_at TIMESTAMP WITH TIME ZONE,
	differs BOOLEAN NOT NULL,
	state TEXT NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE,
	due_passed_at TIMESTAMP WITH TIME ZONE,
	mode TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_key)
);
COMMENT ON TABLE documents IS 'projection: documents of cases, and whether their files are held';
COMMENT ON COLUMN documents.document_key IS 'Case number and number, as key';
COMMENT ON COLUMN documents.case_key IS 'Case number as key';
COMMENT ON COLUMN documents.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN documents.document_number IS 'Document number, as sent';
COMMENT ON COLUMN documents.kind IS 'What kind of document, as sent';
COMMENT ON COLUMN documents.title IS 'Its title, sealed';
COMMENT ON COLUMN documents.made_at IS 'When it was made, as it was told';
COMMENT ON COLUMN documents.sha256 IS 'SHA-256 of the file that is held; none: it has not come';
COMMENT ON COLUMN documents.kept_at IS 'When the file came in';
COMMENT ON COLUMN documents.differs IS 'The file is not the one that was told of';
COMMENT ON COLUMN documents.state IS 'held, awaited, missing or paper';
COMMENT ON COLUMN documents.due_at IS 'By when the file must be in';
COMMENT ON COLUMN documents.due_passed_at IS 'When that term ran out';
COMMENT ON COLUMN documents.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN documents.revision IS 'How often it was told that it lacks';

CREATE TABLE blobs (
	sha256 TEXT NOT NULL,
	blob_id TEXT NOT NULL,
	object_key TEXT NOT NULL,
	object_version TEXT NOT NULL,
	size BIGINT NOT NULL,
	sealed_sha256 TEXT NOT NULL,
	tree_root TEXT NOT NULL,
	media_type TEXT NOT NULL,
	duration_ms BIGINT,
	data_key BYTEA NOT NULL,
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
	locked_until TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (sha256)
);
COMMENT ON TABLE blobs IS 'record: kept files; whoever deletes the key of one erases it';
COMMENT ON COLUMN blobs.sha256 IS 'SHA-256 of the plaintext';
COMMENT ON COLUMN blobs.blob_id IS 'Id bound into every chunk';
COMMENT ON COLUMN blobs.object_key IS 'Key in the object store';
COMMENT ON COLUMN blobs.object_version IS 'Version of the object';
COMMENT ON COLUMN blobs.size IS 'Length of the plaintext in bytes';
COMMENT ON COLUMN blobs.sealed_sha256 IS 'SHA-256 of the ciphertext';
COMMENT ON COLUMN blobs.tree_root IS 'Tree hash (RFC 9162) over 1 MiB segments';
COMMENT ON COLUMN blobs.media_type IS 'What it is, judged by its content';
COMMENT ON COLUMN blobs.duration_ms IS 'How long it plays; none: it does not play';
COMMENT ON COLUMN blobs.data_key IS 'Key of this file, sealed';
COMMENT ON COLUMN blobs.kept_at IS 'When it was kept';
COMMENT ON COLUMN blobs.locked_until IS 'Until when nobody can delete it';

CREATE TABLE footage_files (
	footage_id TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	case_key TEXT,
	case_number TEXT,
	started_at TIMESTAMP WITH TIME ZONE,
	kept_by TEXT NOT NULL,
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (footage_id, sha256)
);
COMMENT ON TABLE footage_files IS 'record: which file is that of which recording';
COMMENT ON COLUMN footage_files.footage_id IS 'The recording';
COMMENT ON COLUMN footage_files.sha256 IS 'Its file';
COMMENT ON COLUMN footage_files.case_key IS 'Case number as key';
COMMENT ON COLUMN footage_files.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN footage_files.started_at IS 'When it began, as who brought it says';
COMMENT ON COLUMN footage_files.kept_by IS 'Police number of who brought it';
COMMENT ON COLUMN footage_files.kept_at IS 'When it was brought';

CREATE TABLE document_files (
	document_key TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	document_number TEXT NOT NULL,
	kept_by TEXT NOT NULL,
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (document_key, sha256)
);
COMMENT ON TABLE document_files IS 'record: which file is that of which document';
COMMENT ON COLUMN document_files.document_key IS 'Case number and number, as key';
COMMENT ON COLUMN document_files.sha256 IS 'Its file';
COMMENT ON COLUMN document_files.case_key IS 'Case number as key';
COMMENT ON COLUMN document_files.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN document_files.document_number IS 'Document number, as typed';
COMMENT ON COLUMN document_files.kept_by IS 'Police number of who brought it';
COMMENT ON COLUMN document_files.kept_at IS 'When it was brought';

CREATE TABLE link_decisions (
	footage_id TEXT NOT NULL,
	action_id TEXT NOT NULL,
	is_linked BOOLEAN NOT NULL,
	decided_by TEXT NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (footage_id, action_id)
);
COMMENT ON TABLE link_decisions IS 'record: what officers decided about links; stronger than any rule';
COMMENT ON COLUMN link_decisions.footage_id IS 'The recording';
COMMENT ON COLUMN link_decisions.action_id IS 'The act';
COMMENT ON COLUMN link_decisions.is_linked IS 'Whether the one shows the other';
COMMENT ON COLUMN link_decisions.decided_by IS 'Police number';
COMMENT ON COLUMN link_decisions.decided_at IS 'When';

CREATE TABLE gap_explanations (
	explanation_id TEXT NOT NULL,
	action_id TEXT NOT NULL,
	minutes INTEGER NOT NULL,
	reason_code TEXT NOT NULL,
	words BYTEA NOT NULL,
	explained_by TEXT NOT NULL,
	explained_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (explanation_id)
);
COMMENT ON TABLE gap_explanations IS 'record: why acts are not wholly recorded';
COMMENT ON COLUMN gap_explanations.explanation_id IS 'Id';
COMMENT ON COLUMN gap_explanations.action_id IS 'The act';
COMMENT ON COLUMN gap_explanations.minutes IS 'What lacked when it was explained';
COMMENT ON COLUMN gap_explanations.reason_code IS 'Why, by code';
COMMENT ON COLUMN gap_explanations.words IS 'Why, in words, sealed';
COMMENT ON COLUMN gap_explanations.explained_by IS 'Police number';
COMMENT ON COLUMN gap_explanations.explained_at IS 'When';

CREATE TABLE casefile_packages (
	case_key TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	case_number TEXT NOT NULL,
	items INTEGER NOT NULL,
	contents TEXT NOT NULL,
	lacking BYTEA,
	archived_by TEXT NOT NULL,
	archived_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (case_key, sha256)
);
COMMENT ON TABLE casefile_packages IS 'record: archived case files';
COMMENT ON COLUMN casefile_packages.case_key IS 'Case number as key';
COMMENT ON COLUMN casefile_packages.sha256 IS 'SHA-256 of the package';
COMMENT ON COLUMN casefile_packages.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN casefile_packages.items IS 'How many files it holds';
COMMENT ON COLUMN casefile_packages.contents IS 'SHA-256 of the list of what it holds';
COMMENT ON COLUMN casefile_packages.lacking IS 'Why it lacks what it lacks, in words, sealed';
COMMENT ON COLUMN casefile_packages.archived_by IS 'Police number';
COMMENT ON COLUMN casefile_packages.archived_at IS 'When';

CREATE TABLE viewings (
	officer TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	looks_as TEXT NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (officer, sha256)
);
COMMENT ON TABLE viewings IS 'record: who looks at what just now, so that one look is one line of the audit';
COMMENT ON COLUMN viewings.officer IS 'Police number of who looks';
COMMENT ON COLUMN viewings.sha256 IS 'The file';
COMMENT ON COLUMN viewings.looks_as IS 'By which role, unit and in whose place';
COMMENT ON COLUMN viewings.began_at IS 'When this look began';
COMMENT ON COLUMN viewings.last_at IS 'When a part was last asked for';

ALTER TABLE decision_facts ADD COLUMN document_number TEXT;
COMMENT ON COLUMN decision_facts.document_number IS 'Its document number, as sent';
ALTER TABLE casefiles ADD COLUMN unit TEXT;
ALTER TABLE casefiles ADD COLUMN people JSONB;
COMMENT ON COLUMN casefiles.unit IS 'Unit it belongs to; none: not known (yet)';
COMMENT ON COLUMN casefiles.people IS 'Police numbers whose own case it is';
COMMENT ON COLUMN casefiles.state IS 'open, warned, overdue, no_clock, archived';
ALTER TABLE casefiles DROP CONSTRAINT casefiles_state;
ALTER TABLE casefiles ADD CONSTRAINT casefiles_state CHECK (state IN ('open', 'warned', 'overdue', 'no_clock', 'archived'));
ALTER TABLE records ADD CONSTRAINT records_state CHECK (state IN ('nothing', 'unlinked', 'linked', 'gap_open', 'gap_explained', 'archived'));
ALTER TABLE footage ADD CONSTRAINT footage_state CHECK (state IN ('unlinked', 'linked', 'archived'));
ALTER TABLE documents ADD CONSTRAINT documents_state CHECK (state IN ('held', 'awaited', 'missing', 'paper'));

CREATE UNIQUE INDEX cases_ref ON cases (case_ref);
CREATE INDEX cases_people ON cases USING gin (people jsonb_path_ops);
CREATE INDEX handler_facts_case_key ON handler_facts (case_key);
CREATE INDEX footage_facts_footage_id ON footage_facts (footage_id);
CREATE INDEX footage_facts_case_key ON footage_facts (case_key);
CREATE INDEX document_facts_document_key ON document_facts (document_key);
CREATE INDEX document_facts_case_key ON document_facts (case_key);
CREATE INDEX handler_facts_corrects ON handler_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX footage_facts_corrects ON footage_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX document_facts_corrects ON document_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX records_newest ON records (started_at DESC, action_id DESC);
CREATE INDEX records_state_newest ON records (state, started_at DESC, action_id DESC);
CREATE INDEX records_case ON records (case_key);
CREATE INDEX records_people ON records USING gin (people jsonb_path_ops);
CREATE INDEX records_unit ON records (unit, state);
CREATE INDEX footage_newest ON footage (started_at DESC, footage_id DESC);
CREATE INDEX footage_state_newest ON footage (state, started_at DESC, footage_id DESC);
CREATE INDEX footage_case ON footage (case_key);
CREATE INDEX footage_officer ON footage (officer, started_at);
CREATE INDEX footage_people ON footage USING gin (people jsonb_path_ops);
CREATE INDEX footage_sha256 ON footage (sha256);
CREATE INDEX footage_links_action ON footage_links (action_id);
CREATE INDEX documents_case ON documents (case_key);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX records_owed ON records (upload_due_at, action_id) WHERE lacking_minutes IS NOT NULL AND state IN ('gap_open', 'unlinked', 'linked');
CREATE INDEX documents_owed ON documents (due_at, document_key) WHERE state IN ('awaited', 'missing');
CREATE INDEX casefiles_owed ON casefiles (breach_on, case_key) WHERE state IN ('open', 'warned', 'overdue');
CREATE INDEX footage_owed ON footage (started_at, footage_id) WHERE state = 'unlinked';
CREATE INDEX footage_files_sha256 ON footage_files (sha256);
CREATE INDEX document_files_sha256 ON document_files (sha256);
CREATE INDEX link_decisions_action ON link_decisions (action_id);
CREATE INDEX gap_explanations_action ON gap_explanations (action_id, explained_at DESC);
CREATE INDEX casefile_packages_sha256 ON casefile_packages (sha256);
CREATE INDEX casefiles_state_newest ON casefiles (state, ended_on DESC, case_key DESC);
CREATE INDEX casefiles_people ON casefiles USING gin (people jsonb_path_ops);
