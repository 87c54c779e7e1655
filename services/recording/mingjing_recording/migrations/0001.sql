-- What recording keeps, first form.
CREATE TABLE action_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	action_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	place_kind TEXT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
	officers JSONB NOT NULL,
	told JSONB,
	uniform BOOLEAN,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE action_facts IS 'projection: every version of an act that was performed';
COMMENT ON COLUMN action_facts.source IS 'Who said it';
COMMENT ON COLUMN action_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN action_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN action_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN action_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN action_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN action_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN action_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN action_facts.action_id IS 'The act';
COMMENT ON COLUMN action_facts.kind IS 'seizure, questioning … (an open list)';
COMMENT ON COLUMN action_facts.place_kind IS 'on_site, case_area, window or remote';
COMMENT ON COLUMN action_facts.started_at IS 'When the act began';
COMMENT ON COLUMN action_facts.ended_at IS 'When the act ended';
COMMENT ON COLUMN action_facts.officers IS 'Police numbers of those who acted';
COMMENT ON COLUMN action_facts.told IS 'Certificate shown; reason, basis, rights told';
COMMENT ON COLUMN action_facts.uniform IS 'Whether uniforms were worn';

CREATE TABLE actions (
	action_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	kind TEXT NOT NULL,
	place_kind TEXT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
	level TEXT,
	rule TEXT,
	basis JSONB NOT NULL,
	says TEXT NOT NULL,
	upload_due_at TIMESTAMP WITH TIME ZONE,
	mode TEXT NOT NULL,
	revision INTEGER NOT NULL,
	footage_due_passed_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (action_id)
);
COMMENT ON TABLE actions IS 'projection: acts, what must be recorded of them, and by when it must be in';
COMMENT ON COLUMN actions.action_id IS 'The act';
COMMENT ON COLUMN actions.case_key IS 'Case number as key';
COMMENT ON COLUMN actions.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN actions.kind IS 'seizure, questioning … (an open list)';
COMMENT ON COLUMN actions.place_kind IS 'on_site, case_area, window or remote';
COMMENT ON COLUMN actions.started_at IS 'When the act began';
COMMENT ON COLUMN actions.ended_at IS 'When the act ended';
COMMENT ON COLUMN actions.level IS 'full or as_needed; none: nothing is required';
COMMENT ON COLUMN actions.rule IS 'Row of the matrix that set the level';
COMMENT ON COLUMN actions.basis IS 'Law and article of every row that applies';
COMMENT ON COLUMN actions.says IS 'Why so, one Chinese sentence';
COMMENT ON COLUMN actions.upload_due_at IS 'By when the footage must be in';
COMMENT ON COLUMN actions.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN actions.revision IS 'How often it was announced';
COMMENT ON COLUMN actions.footage_due_passed_at IS 'When the upload term ran out';

CREATE TABLE casefiles (
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	ended_on DATE NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL,
	warn_on DATE,
	breach_on DATE,
	provisional BOOLEAN NOT NULL,
	says TEXT NOT NULL,
	mode TEXT NOT NULL,
	revision INTEGER NOT NULL,
	warned_at TIMESTAMP WITH TIME ZONE,
	overdue_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (case_key)
);
COMMENT ON TABLE casefiles IS 'projection: case files that must be made, and how far their terms have run';
COMMENT ON COLUMN casefiles.case_key IS 'Case number as key';
COMMENT ON COLUMN casefiles.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN casefiles.ended_on IS 'Day on which enforcement ended';
COMMENT ON COLUMN casefiles.reason IS 'Why it ended';
COMMENT ON COLUMN casefiles.state IS 'open, warned, overdue or no_clock';
COMMENT ON COLUMN casefiles.warn_on IS 'Day after which it is warned of';
COMMENT ON COLUMN casefiles.breach_on IS 'Last day in time';
COMMENT ON COLUMN casefiles.provisional IS 'Reaches into an unpublished year';
COMMENT ON COLUMN casefiles.says IS 'Why so, in Chinese';
COMMENT ON COLUMN casefiles.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN casefiles.revision IS 'How often it was announced';
COMMENT ON COLUMN casefiles.warned_at IS 'When the day of warning had passed';
COMMENT ON COLUMN casefiles.overdue_at IS 'When the last day had passed';

CREATE TABLE decision_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	made_on DATE NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE decision_facts IS 'projection: that a decision exists, which its case file must hold';
COMMENT ON COLUMN decision_facts.source IS 'Who said it';
COMMENT ON COLUMN decision_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN decision_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN decision_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN decision_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN decision_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN decision_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN decision_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN decision_facts.decision_id IS 'The decision';
COMMENT ON COLUMN decision_facts.kind IS 'penalty, permit, coercion …';
COMMENT ON COLUMN decision_facts.made_on IS 'Date on the document (作出之日)';

CREATE TABLE ended_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	ended_on DATE NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE ended_facts IS 'projection: every version of the end of a case''s enforcement';
COMMENT ON COLUMN ended_facts.source IS 'Who said it';
COMMENT ON COLUMN ended_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN ended_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN ended_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN ended_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN ended_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN ended_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN ended_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN ended_facts.ended_on IS 'Day on which enforcement ended';
COMMENT ON COLUMN ended_facts.reason IS 'Why it ended';

CREATE INDEX action_facts_action ON action_facts (action_id);
CREATE INDEX action_facts_case ON action_facts (case_key);
CREATE INDEX action_facts_corrects ON action_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX decision_facts_decision ON decision_facts (decision_id);
CREATE INDEX decision_facts_case ON decision_facts (case_key);
CREATE INDEX decision_facts_corrects ON decision_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ended_facts_case ON ended_facts (case_key);
CREATE INDEX ended_facts_corrects ON ended_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX actions_case ON actions (case_key);
CREATE INDEX actions_newest ON actions (started_at DESC, action_id DESC);
CREATE INDEX casefiles_newest ON casefiles (ended_on DESC, case_key DESC);
ALTER TABLE actions ADD CONSTRAINT actions_level CHECK (level IN ('full', 'as_needed'));
ALTER TABLE casefiles ADD CONSTRAINT casefiles_state CHECK (state IN ('open', 'warned', 'overdue', 'no_clock'));
