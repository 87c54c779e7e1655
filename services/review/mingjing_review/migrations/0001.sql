-- What review keeps, first form.
CREATE TABLE clearances (
	clearance_id TEXT NOT NULL, 
	decision_id TEXT NOT NULL, 
	draft_sha256 TEXT NOT NULL, 
	given_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	valid_until DATE, 
	kind TEXT NOT NULL, 
	PRIMARY KEY (clearance_id)
);
COMMENT ON TABLE clearances IS 'record: which text may be decided; not_required follows from facts, cleared is given';
COMMENT ON COLUMN clearances.clearance_id IS 'Our id of the clearance';
COMMENT ON COLUMN clearances.decision_id IS 'The decision it is for';
COMMENT ON COLUMN clearances.draft_sha256 IS 'Digest of the one text it is for';
COMMENT ON COLUMN clearances.given_at IS 'From when on it holds';
COMMENT ON COLUMN clearances.valid_until IS 'Last day on which the text may be decided; none: no end';
COMMENT ON COLUMN clearances.kind IS 'not_required (derived) or cleared (reviewed)';

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
	unit TEXT NOT NULL, 
	basis JSONB NOT NULL, 
	outcome JSONB NOT NULL, 
	parties JSONB, 
	document_number TEXT NOT NULL, 
	made_on DATE NOT NULL, 
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE decision_facts IS 'projection: every version of a decision that was made';
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
COMMENT ON COLUMN decision_facts.unit IS '12-digit code of the unit';
COMMENT ON COLUMN decision_facts.basis IS 'Laws and articles it rests on';
COMMENT ON COLUMN decision_facts.outcome IS 'Kinds of penalty, sums, days';
COMMENT ON COLUMN decision_facts.parties IS 'Its own: reference, kind, role; none: the case''s';
COMMENT ON COLUMN decision_facts.document_number IS 'Document number as it was sent';
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

CREATE TABLE proposal_facts (
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
	unit TEXT NOT NULL, 
	basis JSONB NOT NULL, 
	outcome JSONB NOT NULL, 
	parties JSONB, 
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	flags JSONB NOT NULL, 
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE proposal_facts IS 'projection: every version of a decision that was proposed';
COMMENT ON COLUMN proposal_facts.source IS 'Who said it';
COMMENT ON COLUMN proposal_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN proposal_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN proposal_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN proposal_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN proposal_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN proposal_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN proposal_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN proposal_facts.decision_id IS 'The decision';
COMMENT ON COLUMN proposal_facts.kind IS 'penalty, permit, coercion …';
COMMENT ON COLUMN proposal_facts.unit IS '12-digit code of the unit';
COMMENT ON COLUMN proposal_facts.basis IS 'Laws and articles it rests on';
COMMENT ON COLUMN proposal_facts.outcome IS 'Kinds of penalty, sums, days';
COMMENT ON COLUMN proposal_facts.parties IS 'Its own: reference, kind, role; none: the case''s';
COMMENT ON COLUMN proposal_facts.proposed_at IS 'When proposed';
COMMENT ON COLUMN proposal_facts.flags IS 'What it says of itself: social_risk …';

CREATE TABLE reviews (
	decision_id TEXT NOT NULL, 
	review_id TEXT NOT NULL, 
	case_key TEXT NOT NULL, 
	case_number TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	says TEXT NOT NULL, 
	proposed_at TIMESTAMP WITH TIME ZONE, 
	proposed_sha256 TEXT, 
	reasons JSONB NOT NULL, 
	decide_by DATE, 
	provisional BOOLEAN NOT NULL, 
	rule TEXT, 
	document_number TEXT, 
	made_on DATE, 
	decided_sha256 TEXT, 
	decided_reasons JSONB NOT NULL, 
	how TEXT, 
	clearance_id TEXT, 
	mode TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	PRIMARY KEY (decision_id)
);
COMMENT ON TABLE reviews IS 'projection: where each decision stands with its legal review';
COMMENT ON COLUMN reviews.decision_id IS 'The decision';
COMMENT ON COLUMN reviews.review_id IS 'Our id of its review';
COMMENT ON COLUMN reviews.case_key IS 'Case number as key';
COMMENT ON COLUMN reviews.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN reviews.unit IS '12-digit code of the unit';
COMMENT ON COLUMN reviews.kind IS 'Kind of decision';
COMMENT ON COLUMN reviews.state IS 'waiting_case, review_required, not_required, cleared, bypassed or no_rule';
COMMENT ON COLUMN reviews.says IS 'Why so, in Chinese';
COMMENT ON COLUMN reviews.proposed_at IS 'When the newest text was proposed';
COMMENT ON COLUMN reviews.proposed_sha256 IS 'Digest of the newest proposed text';
COMMENT ON COLUMN reviews.reasons IS 'Why it needs review; empty: it does not';
COMMENT ON COLUMN reviews.decide_by IS 'Last day for the opinion on that text';
COMMENT ON COLUMN reviews.provisional IS 'Reaches into an unpublished year';
COMMENT ON COLUMN reviews.rule IS 'Rule that set the day';
COMMENT ON COLUMN reviews.document_number IS 'Document number of the decision made';
COMMENT ON COLUMN reviews.made_on IS 'Date on the document; none: not made yet';
COMMENT ON COLUMN reviews.decided_sha256 IS 'Digest of the text that was decided';
COMMENT ON COLUMN reviews.decided_reasons IS 'Why it should have been reviewed';
COMMENT ON COLUMN reviews.how IS 'How review was bypassed: none, against or other_text';
COMMENT ON COLUMN reviews.clearance_id IS 'Clearance that fits; bypassed: that of the other text';
COMMENT ON COLUMN reviews.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN reviews.revision IS 'Grows whenever anything above changes';

CREATE INDEX proposal_facts_decision ON proposal_facts (decision_id);
CREATE INDEX proposal_facts_case ON proposal_facts (case_key);
CREATE INDEX proposal_facts_corrects ON proposal_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX decision_facts_decision ON decision_facts (decision_id);
CREATE INDEX decision_facts_case ON decision_facts (case_key);
CREATE INDEX decision_facts_corrects ON decision_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ended_facts_case ON ended_facts (case_key);
CREATE INDEX ended_facts_corrects ON ended_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX clearances_decision ON clearances (decision_id);
CREATE UNIQUE INDEX reviews_review ON reviews (review_id);
CREATE INDEX reviews_open ON reviews (decide_by) WHERE state = 'review_required';
CREATE INDEX reviews_newest ON reviews ((COALESCE(proposed_at, CAST(made_on AS timestamp) AT TIME ZONE 'Asia/Shanghai', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00')), decision_id);
