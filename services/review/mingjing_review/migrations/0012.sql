-- Hearings, limits of cases, transfers of crimes, and every term that runs, on one board.
CREATE TABLE hearings (
	decision_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	handlers JSONB NOT NULL,
	mode TEXT NOT NULL,
	state TEXT NOT NULL,
	grounds JSONB NOT NULL,
	claims TEXT,
	told_on DATE,
	requested_on DATE,
	begun_on DATE,
	noticed_on DATE,
	planned_on DATE,
	held_on DATE,
	ended_on DATE,
	chair TEXT,
	recorder TEXT,
	closed TEXT,
	legal_unit TEXT,
	steps INTEGER NOT NULL,
	task TEXT,
	waits_for TEXT,
	due_on DATE,
	provisional BOOLEAN NOT NULL,
	says TEXT NOT NULL,
	made_on DATE,
	listed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (decision_id)
);
COMMENT ON TABLE hearings IS 'projection: where the hearing of each proposed decision stands';
COMMENT ON COLUMN hearings.decision_id IS 'The proposed decision';
COMMENT ON COLUMN hearings.case_key IS 'Case number as key';
COMMENT ON COLUMN hearings.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN hearings.case_ref IS 'Reference of the case, for addresses';
COMMENT ON COLUMN hearings.unit IS '12-digit code of the handling unit';
COMMENT ON COLUMN hearings.handlers IS 'Police numbers of whose own case it is';
COMMENT ON COLUMN hearings.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN hearings.state IS 'to_tell, told, requested, accepted, noticed, held, reported, refused, waived, lapsed, withdrawn or no_show';
COMMENT ON COLUMN hearings.grounds IS 'Why there is a right: title, rule, source';
COMMENT ON COLUMN hearings.claims IS 'What the proposal says: requested or held; none: nothing';
COMMENT ON COLUMN hearings.told_on IS 'Day on which the party was told of its right';
COMMENT ON COLUMN hearings.requested_on IS 'Day on which the request came in';
COMMENT ON COLUMN hearings.begun_on IS 'Day of the acceptance, also by silence';
COMMENT ON COLUMN hearings.noticed_on IS 'Day on which the notice was served';
COMMENT ON COLUMN hearings.planned_on IS 'Day for which the hearing is called';
COMMENT ON COLUMN hearings.held_on IS 'Day on which it was held';
COMMENT ON COLUMN hearings.ended_on IS 'Day on which it was held, or ended without';
COMMENT ON COLUMN hearings.chair IS 'Police number of who holds it';
COMMENT ON COLUMN hearings.recorder IS 'Police number of who writes the record';
COMMENT ON COLUMN hearings.closed IS 'Why it is not public, as a code; none: public';
COMMENT ON COLUMN hearings.legal_unit IS 'Unit for which the legal department last acted';
COMMENT ON COLUMN hearings.steps IS 'How many steps officers took';
COMMENT ON COLUMN hearings.task IS 'What is to be done next, as a code';
COMMENT ON COLUMN hearings.waits_for IS 'On whom it waits: party, unit or reviewer; none: nobody';
COMMENT ON COLUMN hearings.due_on IS 'Last day for it; none: no day runs';
COMMENT ON COLUMN hearings.provisional IS 'Reaches into an unpublished year';
COMMENT ON COLUMN hearings.says IS 'How the day was found, in Chinese';
COMMENT ON COLUMN hearings.made_on IS 'Day of the decision; none: not made yet';
COMMENT ON COLUMN hearings.listed_at IS 'Place in the list';

CREATE TABLE hearing_steps (
	step_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	place INTEGER,
	case_key TEXT NOT NULL,
	kind TEXT NOT NULL,
	day DATE NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer TEXT,
	role TEXT,
	unit TEXT,
	instead_of TEXT,
	planned_on DATE,
	chair TEXT,
	recorder TEXT,
	postponed BOOLEAN NOT NULL,
	closed TEXT,
	words BYTEA,
	words_sha256 TEXT,
	PRIMARY KEY (step_id)
);
COMMENT ON TABLE hearing_steps IS 'record: what officers did in a hearing, and what the clock did, step by step';
COMMENT ON COLUMN hearing_steps.step_id IS 'Our id of the step';
COMMENT ON COLUMN hearing_steps.decision_id IS 'The proposed decision';
COMMENT ON COLUMN hearing_steps.place IS '1 for the first step of officers; none: the clock''s step';
COMMENT ON COLUMN hearing_steps.case_key IS 'Case number as key';
COMMENT ON COLUMN hearing_steps.kind IS 'told, requested, waived, withdrawn, lapsed, accepted, deemed, refused, noticed, held, no_show or reported';
COMMENT ON COLUMN hearing_steps.day IS 'Day on which it happened';
COMMENT ON COLUMN hearing_steps.at IS 'When noted, by the legal clock';
COMMENT ON COLUMN hearing_steps.officer IS 'Police number of who noted it; none: the clock';
COMMENT ON COLUMN hearing_steps.role IS 'Role by which it was noted';
COMMENT ON COLUMN hearing_steps.unit IS 'Unit for which the role is held';
COMMENT ON COLUMN hearing_steps.instead_of IS 'Police number of whom the officer stood in for (代行)';
COMMENT ON COLUMN hearing_steps.planned_on IS 'Day for which a notice calls the hearing';
COMMENT ON COLUMN hearing_steps.chair IS 'Police number of the chair, of a notice';
COMMENT ON COLUMN hearing_steps.recorder IS 'Police number of the recorder, of a notice';
COMMENT ON COLUMN hearing_steps.postponed IS 'Held later than the days, with a reason';
COMMENT ON COLUMN hearing_steps.closed IS 'Why it is not public, as a code';
COMMENT ON COLUMN hearing_steps.words IS 'Place, reasons, record, findings as written, sealed';
COMMENT ON COLUMN hearing_steps.words_sha256 IS 'Digest of what was written, with its salt';

CREATE TABLE case_limits (
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	handlers JSONB NOT NULL,
	mode TEXT NOT NULL,
	kind TEXT NOT NULL,
	accepted_on DATE NOT NULL,
	state TEXT NOT NULL,
	ended_on DATE,
	extensions INTEGER NOT NULL,
	asked BOOLEAN NOT NULL,
	due_on DATE,
	provisional BOOLEAN NOT NULL,
	says TEXT NOT NULL,
	steps INTEGER NOT NULL,
	PRIMARY KEY (case_key)
);
COMMENT ON TABLE case_limits IS 'projection: by when each accepted case must be decided';
COMMENT ON COLUMN case_limits.case_key IS 'Case number as key';
COMMENT ON COLUMN case_limits.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN case_limits.case_ref IS 'Reference of the case, for addresses';
COMMENT ON COLUMN case_limits.unit IS '12-digit code of the handling unit';
COMMENT ON COLUMN case_limits.handlers IS 'Police numbers of whose own case it is';
COMMENT ON COLUMN case_limits.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN case_limits.kind IS 'Kind of case';
COMMENT ON COLUMN case_limits.accepted_on IS 'Day of the acceptance';
COMMENT ON COLUMN case_limits.state IS 'running, standing, ended or no_rule';
COMMENT ON COLUMN case_limits.ended_on IS 'Day of the decision, of the end or of the transfer';
COMMENT ON COLUMN case_limits.extensions IS 'How often it was extended';
COMMENT ON COLUMN case_limits.asked IS 'An extension is asked for, not decided';
COMMENT ON COLUMN case_limits.due_on IS 'Last day for the decision; none: it stands still';
COMMENT ON COLUMN case_limits.provisional IS 'Reaches into an unpublished year';
COMMENT ON COLUMN case_limits.says IS 'How the day was found, in Chinese';
COMMENT ON COLUMN case_limits.steps IS 'How many steps were taken about it';

CREATE TABLE transfers (
	decision_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	handlers JSONB NOT NULL,
	mode TEXT NOT NULL,
	state TEXT NOT NULL,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	approved_at TIMESTAMP WITH TIME ZONE,
	transferred_on DATE,
	says TEXT NOT NULL,
	steps INTEGER NOT NULL,
	PRIMARY KEY (decision_id)
);
COMMENT ON TABLE transfers IS 'projection: where the transfer of what may be a crime stands';
COMMENT ON COLUMN transfers.decision_id IS 'The proposed decision';
COMMENT ON COLUMN transfers.case_key IS 'Case number as key';
COMMENT ON COLUMN transfers.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN transfers.case_ref IS 'Reference of the case, for addresses';
COMMENT ON COLUMN transfers.unit IS '12-digit code of the handling unit';
COMMENT ON COLUMN transfers.handlers IS 'Police numbers of whose own case it is';
COMMENT ON COLUMN transfers.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN transfers.state IS 'to_approve, to_hand_over, transferred, declined or dropped';
COMMENT ON COLUMN transfers.since IS 'When a crime was named';
COMMENT ON COLUMN transfers.approved_at IS 'When the head approved';
COMMENT ON COLUMN transfers.transferred_on IS 'Day on which casework told the transfer';
COMMENT ON COLUMN transfers.says IS 'How the day was found, in Chinese';
COMMENT ON COLUMN transfers.steps IS 'How many steps were taken about it';

CREATE TABLE transferred_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	transferred_on DATE NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE transferred_facts IS 'projection: every version of the transfer of a case to another authority';
COMMENT ON COLUMN transferred_facts.source IS 'Who said it';
COMMENT ON COLUMN transferred_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN transferred_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN transferred_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN transferred_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN transferred_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN transferred_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN transferred_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN transferred_facts.transferred_on IS 'Day on which the case went away';

CREATE TABLE case_steps (
	step_id TEXT NOT NULL,
	subject TEXT NOT NULL,
	place INTEGER NOT NULL,
	case_key TEXT NOT NULL,
	kind TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	instead_of TEXT,
	words BYTEA,
	words_sha256 TEXT,
	PRIMARY KEY (step_id)
);
COMMENT ON TABLE case_steps IS 'record: extensions asked for and decided, transfers of crimes decided';
COMMENT ON COLUMN case_steps.step_id IS 'Our id of the step';
COMMENT ON COLUMN case_steps.subject IS 'The term it is about: limit/ or transfer/';
COMMENT ON COLUMN case_steps.place IS '1 for the first step of the subject';
COMMENT ON COLUMN case_steps.case_key IS 'Case number as key';
COMMENT ON COLUMN case_steps.kind IS 'asked, extended, not_extended; acknowledged, approved, declined';
COMMENT ON COLUMN case_steps.at IS 'When, by the legal clock';
COMMENT ON COLUMN case_steps.officer IS 'Police number of who took it';
COMMENT ON COLUMN case_steps.role IS 'Role by which it was taken';
COMMENT ON COLUMN case_steps.unit IS 'Unit for which the role is held';
COMMENT ON COLUMN case_steps.instead_of IS 'Police number of whom the officer stood in for (代行)';
COMMENT ON COLUMN case_steps.words IS 'Reasons as they were written, sealed';
COMMENT ON COLUMN case_steps.words_sha256 IS 'Digest of what was written, with its salt';

CREATE TABLE terms (
	term_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	task TEXT NOT NULL,
	decision_id TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	handlers JSONB NOT NULL,
	mode TEXT NOT NULL,
	waits_for TEXT NOT NULL,
	officer TEXT,
	wait_unit TEXT,
	started_on DATE,
	due_on DATE,
	due_at TIMESTAMP WITH TIME ZONE,
	provisional BOOLEAN NOT NULL,
	binding BOOLEAN NOT NULL,
	rule TEXT,
	source TEXT NOT NULL,
	says TEXT NOT NULL,
	clock TEXT,
	sorts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (term_id)
);
COMMENT ON TABLE terms IS 'projection: every term that runs in review, for the board';
COMMENT ON COLUMN terms.term_id IS 'review/, hearing/, transfer/ with the decision, limit/ with the case';
COMMENT ON COLUMN terms.kind IS 'opinion, supplement, hearing, limit, transfer';
COMMENT ON COLUMN terms.task IS 'What is to be done, as a code';
COMMENT ON COLUMN terms.decision_id IS 'The decision; none: it is the whole case''s';
COMMENT ON COLUMN terms.case_key IS 'Case number as key';
COMMENT ON COLUMN terms.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN terms.case_ref IS 'Reference of the case, for addresses';
COMMENT ON COLUMN terms.unit IS '12-digit code of the handling unit';
COMMENT ON COLUMN terms.handlers IS 'Police numbers of whose own case it is';
COMMENT ON COLUMN terms.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN terms.waits_for IS 'unit, reviewer, head or party';
COMMENT ON COLUMN terms.officer IS 'Police number of who took it on; none: nobody did';
COMMENT ON COLUMN terms.wait_unit IS 'Unit on which it waits; none: the legal one above';
COMMENT ON COLUMN terms.started_on IS 'Day from which it is counted';
COMMENT ON COLUMN terms.due_on IS 'Last day in time; none: it has none now';
COMMENT ON COLUMN terms.due_at IS 'Instant with which it is over';
COMMENT ON COLUMN terms.provisional IS 'Reaches into an unpublished year';
COMMENT ON COLUMN terms.binding IS 'Missing it means something';
COMMENT ON COLUMN terms.rule IS 'Rule that set the day';
COMMENT ON COLUMN terms.source IS 'Document and article';
COMMENT ON COLUMN terms.says IS 'How the day was found, in Chinese';
COMMENT ON COLUMN terms.clock IS 'The clocks that run for it; none: none run';
COMMENT ON COLUMN terms.sorts_at IS 'Place by urgency';

CREATE TABLE reminders (
	reminder_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	term_id TEXT NOT NULL,
	clock TEXT NOT NULL,
	case_key TEXT NOT NULL,
	to_unit TEXT NOT NULL,
	role TEXT NOT NULL,
	officers JSONB NOT NULL,
	seen_by JSONB NOT NULL,
	raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (reminder_id)
);
COMMENT ON TABLE reminders IS 'record: who was reminded of which term, once, and who has looked';
COMMENT ON COLUMN reminders.reminder_id IS 'Our id of the reminder';
COMMENT ON COLUMN reminders.kind IS 'lead: before the last day; passed: to the head';
COMMENT ON COLUMN reminders.term_id IS 'The term it is about';
COMMENT ON COLUMN reminders.clock IS 'The clock by which it came: one day of the term';
COMMENT ON COLUMN reminders.case_key IS 'Case number as key';
COMMENT ON COLUMN reminders.to_unit IS 'Unit whose people are reminded';
COMMENT ON COLUMN reminders.role IS 'Role that is reminded where nobody is named';
COMMENT ON COLUMN reminders.officers IS 'Police numbers of who is reminded';
COMMENT ON COLUMN reminders.seen_by IS 'Police numbers of who looked at it';
COMMENT ON COLUMN reminders.raised_at IS 'When it came';

CREATE INDEX hearings_newest ON hearings (listed_at, decision_id);
CREATE INDEX hearings_state_newest ON hearings (state, listed_at, decision_id);
CREATE INDEX hearings_unit_newest ON hearings (unit, listed_at, decision_id);
CREATE INDEX hearings_case ON hearings (case_key);
CREATE INDEX hearings_handlers ON hearings USING gin (handlers jsonb_path_ops);
CREATE UNIQUE INDEX hearing_steps_place ON hearing_steps (decision_id, place) WHERE place IS NOT NULL;
CREATE INDEX hearing_steps_decision ON hearing_steps (decision_id, at);
CREATE INDEX hearing_steps_case ON hearing_steps (case_key);
CREATE INDEX case_limits_ref ON case_limits (case_ref);
CREATE INDEX transfers_case ON transfers (case_key);
CREATE INDEX transferred_facts_case ON transferred_facts (case_key);
CREATE INDEX transferred_facts_corrects ON transferred_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE UNIQUE INDEX case_steps_place ON case_steps (subject, place);
CREATE INDEX case_steps_case ON case_steps (case_key);
CREATE INDEX terms_urgent ON terms (sorts_at, term_id);
CREATE INDEX terms_kind_urgent ON terms (kind, sorts_at, term_id);
CREATE INDEX terms_unit_urgent ON terms (unit, sorts_at, term_id);
CREATE INDEX terms_officer ON terms (officer, sorts_at) WHERE officer IS NOT NULL;
CREATE INDEX terms_waits ON terms (waits_for, sorts_at, term_id);
CREATE INDEX terms_case ON terms (case_key);
CREATE INDEX terms_handlers ON terms USING gin (handlers jsonb_path_ops);
CREATE INDEX reminders_term ON reminders (term_id, clock);
CREATE INDEX reminders_case ON reminders (case_key);
CREATE INDEX reminders_officers ON reminders USING gin (officers jsonb_path_ops);
CREATE INDEX reminders_open ON reminders (to_unit, role) WHERE officers = '[]';
