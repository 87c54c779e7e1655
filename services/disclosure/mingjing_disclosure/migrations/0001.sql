-- What disclosure keeps, first form.
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
	document_number TEXT NOT NULL,
	made_on DATE NOT NULL,
	offence_from DATE,
	unit TEXT NOT NULL,
	parties JSONB,
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
COMMENT ON COLUMN decision_facts.document_number IS 'Document number as it was sent';
COMMENT ON COLUMN decision_facts.made_on IS 'Date on the document (作出之日)';
COMMENT ON COLUMN decision_facts.offence_from IS 'First day of the offence';
COMMENT ON COLUMN decision_facts.unit IS '12-digit code of the deciding unit';
COMMENT ON COLUMN decision_facts.parties IS 'Its own parties, sealed; none: those of the case';

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

CREATE TABLE items (
	decision_id TEXT NOT NULL,
	item_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	state TEXT NOT NULL,
	kind TEXT NOT NULL,
	made_on DATE NOT NULL,
	document_number TEXT NOT NULL,
	unit TEXT NOT NULL,
	due_on DATE,
	provisional BOOLEAN NOT NULL,
	rule TEXT,
	says TEXT NOT NULL,
	reason_code TEXT,
	basis JSONB,
	mode TEXT NOT NULL,
	revision INTEGER NOT NULL,
	overdue_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (decision_id)
);
COMMENT ON TABLE items IS 'projection: what must be public, by when, or why not';
COMMENT ON COLUMN items.decision_id IS 'The decision';
COMMENT ON COLUMN items.item_id IS 'Our id of the publication';
COMMENT ON COLUMN items.case_key IS 'Case number as key';
COMMENT ON COLUMN items.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN items.state IS 'waiting_case, due, withheld or no_clock';
COMMENT ON COLUMN items.kind IS 'Kind of decision';
COMMENT ON COLUMN items.made_on IS 'Date on the document';
COMMENT ON COLUMN items.document_number IS 'Document number, year in 〔〕';
COMMENT ON COLUMN items.unit IS '12-digit code of the deciding unit';
COMMENT ON COLUMN items.due_on IS 'Last day in time';
COMMENT ON COLUMN items.provisional IS 'Reaches into an unpublished year';
COMMENT ON COLUMN items.rule IS 'Rule that set the day, or that withholds it';
COMMENT ON COLUMN items.says IS 'Why so, one Chinese sentence';
COMMENT ON COLUMN items.reason_code IS 'Why it is withheld';
COMMENT ON COLUMN items.basis IS 'Law and article that withhold it';
COMMENT ON COLUMN items.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN items.revision IS 'Grows whenever day or reason changes';
COMMENT ON COLUMN items.overdue_at IS 'When its clock ran out unpublished';

CREATE INDEX decision_facts_decision ON decision_facts (decision_id);
CREATE INDEX decision_facts_case ON decision_facts (case_key);
CREATE INDEX decision_facts_corrects ON decision_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ended_facts_case ON ended_facts (case_key);
CREATE INDEX ended_facts_corrects ON ended_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX items_newest ON items (made_on DESC, decision_id DESC);
