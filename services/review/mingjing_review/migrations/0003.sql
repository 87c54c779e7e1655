-- The thread: the words of proposals, who handles a case, what officers do, what the gate answered.
ALTER TABLE proposal_facts ADD COLUMN proposed_by TEXT;
ALTER TABLE proposal_facts ADD COLUMN hearing JSONB;
ALTER TABLE proposal_facts ADD COLUMN crime_suspected BOOLEAN;
ALTER TABLE proposal_facts ADD COLUMN offence_from DATE;
COMMENT ON COLUMN proposal_facts.proposed_by IS 'Police number of who proposed it';
COMMENT ON COLUMN proposal_facts.hearing IS 'Whether a hearing was requested and held';
COMMENT ON COLUMN proposal_facts.crime_suspected IS 'Whether a crime is suspected, as far as it says';
COMMENT ON COLUMN proposal_facts.offence_from IS 'First day of the offence';

ALTER TABLE reviews ADD COLUMN case_ref TEXT;
ALTER TABLE reviews ADD COLUMN round INTEGER;
ALTER TABLE reviews ADD COLUMN steps INTEGER;
ALTER TABLE reviews ADD COLUMN waits_for TEXT;
ALTER TABLE reviews ADD COLUMN due_on DATE;
ALTER TABLE reviews ADD COLUMN due_provisional BOOLEAN;
ALTER TABLE reviews ADD COLUMN due_says TEXT;
ALTER TABLE reviews ADD COLUMN clock TEXT;
ALTER TABLE reviews ADD COLUMN changed BOOLEAN;
ALTER TABLE reviews ADD COLUMN reviewer TEXT;
ALTER TABLE reviews ADD COLUMN handlers JSONB;
ALTER TABLE reviews ADD COLUMN found_by TEXT;
ALTER TABLE reviews ADD COLUMN grams JSONB;
COMMENT ON COLUMN reviews.case_ref IS 'Reference of the case, for addresses';
COMMENT ON COLUMN reviews.round IS 'Round of the review; none: nothing was handed in';
COMMENT ON COLUMN reviews.steps IS 'How many steps were taken; forms carry it';
COMMENT ON COLUMN reviews.waits_for IS 'On whom it waits: unit or reviewer; none: nobody';
COMMENT ON COLUMN reviews.due_on IS 'Last day for the opinion as it now runs; none: no term runs';
COMMENT ON COLUMN reviews.due_provisional IS 'That day reaches into an unpublished year';
COMMENT ON COLUMN reviews.due_says IS 'How the day was found or why there is none, in Chinese';
COMMENT ON COLUMN reviews.clock IS 'The clock that runs for it; none: none runs';
COMMENT ON COLUMN reviews.changed IS 'The text under review is not the one now proposed';
COMMENT ON COLUMN reviews.reviewer IS 'Police number of who last acted for the legal department';
COMMENT ON COLUMN reviews.handlers IS 'Police numbers of whose own case it is';
COMMENT ON COLUMN reviews.found_by IS 'What it is found by: numbers, one a line, as keys';
COMMENT ON COLUMN reviews.grams IS 'Every two signs that follow each other in found_by';

COMMENT ON COLUMN reviews.state IS 'waiting_case, review_required, submitted, incomplete, in_review, returned, opinion_given, resubmitted, cleared, transferred, not_required, bypassed or no_rule';

CREATE TABLE proposal_words (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	field TEXT NOT NULL,
	case_key TEXT NOT NULL,
	personal BYTEA NOT NULL,
	PRIMARY KEY (source, event_id, field)
);
COMMENT ON TABLE proposal_words IS 'projection: the words of every proposed text, sealed field by field';
COMMENT ON COLUMN proposal_words.source IS 'Who said it';
COMMENT ON COLUMN proposal_words.event_id IS 'The proposal''s event within its source';
COMMENT ON COLUMN proposal_words.field IS 'facts, draft_text, materials or parties';
COMMENT ON COLUMN proposal_words.case_key IS 'Case number as key';
COMMENT ON COLUMN proposal_words.personal IS 'The field as JSON, sealed';

CREATE TABLE case_details (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	handlers JSONB NOT NULL,
	cause TEXT,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE case_details IS 'projection: who handles each case, in every version; nothing of classified ones';
COMMENT ON COLUMN case_details.source IS 'Who said it';
COMMENT ON COLUMN case_details.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN case_details.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN case_details.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN case_details.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN case_details.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN case_details.case_key IS 'Case number as key';
COMMENT ON COLUMN case_details.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN case_details.handlers IS 'Police numbers of who handles the case';
COMMENT ON COLUMN case_details.cause IS 'What the case is about (案由), by its name';

CREATE TABLE review_steps (
	step_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	place INTEGER NOT NULL,
	case_key TEXT NOT NULL,
	round INTEGER NOT NULL,
	kind TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	instead_of TEXT,
	text_source TEXT NOT NULL,
	text_event_id TEXT NOT NULL,
	draft_sha256 TEXT NOT NULL,
	opinion TEXT,
	codes JSONB NOT NULL,
	words BYTEA,
	words_sha256 TEXT,
	PRIMARY KEY (step_id)
);
COMMENT ON TABLE review_steps IS 'record: what officers did in a review, step by step';
COMMENT ON COLUMN review_steps.step_id IS 'Our id of the step';
COMMENT ON COLUMN review_steps.decision_id IS 'The decision';
COMMENT ON COLUMN review_steps.place IS '1 for the first step of the decision';
COMMENT ON COLUMN review_steps.case_key IS 'Case number as key';
COMMENT ON COLUMN review_steps.round IS 'Round of the review, from 1 on';
COMMENT ON COLUMN review_steps.kind IS 'submitted, accepted, incomplete, returned, supplemented, opinion, resubmitted';
COMMENT ON COLUMN review_steps.at IS 'When, by the legal clock';
COMMENT ON COLUMN review_steps.officer IS 'Police number of who took it';
COMMENT ON COLUMN review_steps.role IS 'Role by which it was taken';
COMMENT ON COLUMN review_steps.unit IS 'Unit for which the role is held';
COMMENT ON COLUMN review_steps.instead_of IS 'Police number of whom the officer stood in for (代行)';
COMMENT ON COLUMN review_steps.text_source IS 'Who proposed the text of the round';
COMMENT ON COLUMN review_steps.text_event_id IS 'The proposal of the text of the round';
COMMENT ON COLUMN review_steps.draft_sha256 IS 'Digest of the text of the round';
COMMENT ON COLUMN review_steps.opinion IS 'agree, correct or transfer, of an opinion';
COMMENT ON COLUMN review_steps.codes IS 'Checks, what is missing: codes only';
COMMENT ON COLUMN review_steps.words IS 'Reasons and lists as they were written, sealed';
COMMENT ON COLUMN review_steps.words_sha256 IS 'Digest of what was written, with its salt';

CREATE TABLE gate_answers (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	asked_by TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	draft_sha256 TEXT,
	clearance_id TEXT,
	reason TEXT,
	request_id TEXT,
	PRIMARY KEY (number)
);
COMMENT ON TABLE gate_answers IS 'record: who asked the gate for a text, and what it answered';
COMMENT ON COLUMN gate_answers.number IS 'Order';
COMMENT ON COLUMN gate_answers.at IS 'When, by the machine''s clock';
COMMENT ON COLUMN gate_answers.asked_by IS 'Publisher''s name, or police number';
COMMENT ON COLUMN gate_answers.decision_id IS 'The decision that was asked about';
COMMENT ON COLUMN gate_answers.draft_sha256 IS 'Digest of the text; none: its case is not known';
COMMENT ON COLUMN gate_answers.clearance_id IS 'The clearance that was handed out; none: refused';
COMMENT ON COLUMN gate_answers.reason IS 'Why it was refused, as a code';
COMMENT ON COLUMN gate_answers.request_id IS 'The request, as the answer''s X-Request-Id';

CREATE UNIQUE INDEX review_steps_place ON review_steps (decision_id, place);
CREATE INDEX review_steps_case ON review_steps (case_key);
CREATE INDEX proposal_words_case ON proposal_words (case_key);
CREATE INDEX case_details_case ON case_details (case_key);
CREATE INDEX case_details_corrects ON case_details (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX gate_answers_decision ON gate_answers (decision_id, number DESC);
CREATE INDEX reviews_case ON reviews (case_key);
CREATE INDEX reviews_case_ref ON reviews (case_ref);
CREATE INDEX reviews_waiting ON reviews (due_on, decision_id) WHERE waits_for IS NOT NULL;
CREATE INDEX reviews_handlers ON reviews USING gin (handlers jsonb_path_ops);
CREATE INDEX reviews_grams ON reviews USING gin (grams jsonb_path_ops);
CREATE INDEX reviews_state_newest ON reviews (state, (COALESCE(proposed_at, CAST(made_on AS timestamp) AT TIME ZONE 'Asia/Shanghai', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00')), decision_id);
CREATE INDEX reviews_unit_state ON reviews (unit, state);
DROP INDEX reviews_open;
