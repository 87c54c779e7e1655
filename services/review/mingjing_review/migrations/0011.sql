-- Who reviews: assignments, absences, earlier reviewers; exams, advisers, staffing.
CREATE TABLE assignments (
	assignment_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	place INTEGER NOT NULL,
	case_key TEXT NOT NULL,
	round INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	assignee TEXT,
	how TEXT NOT NULL,
	by TEXT,
	rule TEXT NOT NULL,
	considered JSONB NOT NULL,
	words BYTEA,
	words_sha256 TEXT,
	PRIMARY KEY (assignment_id)
);
COMMENT ON TABLE assignments IS 'record: to whom each submission was assigned, by the rule or by a person, and why';
COMMENT ON COLUMN assignments.assignment_id IS 'Our id of the assignment';
COMMENT ON COLUMN assignments.decision_id IS 'The decision';
COMMENT ON COLUMN assignments.place IS '1 for the first assignment of the decision';
COMMENT ON COLUMN assignments.case_key IS 'Case number as key';
COMMENT ON COLUMN assignments.round IS 'Round of the review, from 1 on';
COMMENT ON COLUMN assignments.at IS 'When, by the legal clock';
COMMENT ON COLUMN assignments.assignee IS 'Police number of who is to review; none: nobody could';
COMMENT ON COLUMN assignments.how IS 'proposed, absence or reassigned';
COMMENT ON COLUMN assignments.by IS 'Police number of who decided it; none: the rule alone';
COMMENT ON COLUMN assignments.rule IS 'Rule by which loads were weighed';
COMMENT ON COLUMN assignments.considered IS 'Each reviewer considered: load, distance, or why left out; codes and numbers only';
COMMENT ON COLUMN assignments.words IS 'Reason as it was written, sealed';
COMMENT ON COLUMN assignments.words_sha256 IS 'Digest of what was written, with its salt';

CREATE TABLE absences (
	absence_id TEXT NOT NULL,
	officer TEXT NOT NULL,
	since DATE NOT NULL,
	until DATE,
	noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	noted_by TEXT NOT NULL,
	words BYTEA NOT NULL,
	ended_on DATE,
	ended_by TEXT,
	PRIMARY KEY (absence_id)
);
COMMENT ON TABLE absences IS 'record: when reviewers are absent';
COMMENT ON COLUMN absences.absence_id IS 'Our id of the absence';
COMMENT ON COLUMN absences.officer IS 'Police number of who is absent';
COMMENT ON COLUMN absences.since IS 'First day';
COMMENT ON COLUMN absences.until IS 'Last day; none: not known yet';
COMMENT ON COLUMN absences.noted_at IS 'When it was noted';
COMMENT ON COLUMN absences.noted_by IS 'Police number of who noted it';
COMMENT ON COLUMN absences.words IS 'Reason as it was written, sealed';
COMMENT ON COLUMN absences.ended_on IS 'First day of being back before its time; none: not so';
COMMENT ON COLUMN absences.ended_by IS 'Police number of who noted the return';

CREATE TABLE earlier_reviewers (
	officer TEXT NOT NULL,
	noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	noted_by TEXT NOT NULL,
	words BYTEA NOT NULL,
	words_sha256 TEXT NOT NULL,
	PRIMARY KEY (officer)
);
COMMENT ON TABLE earlier_reviewers IS 'record: who reviewed before the platform knows, and need not qualify anew';
COMMENT ON COLUMN earlier_reviewers.officer IS 'Police number of who reviewed before';
COMMENT ON COLUMN earlier_reviewers.noted_at IS 'When it was noted';
COMMENT ON COLUMN earlier_reviewers.noted_by IS 'Police number of who noted it';
COMMENT ON COLUMN earlier_reviewers.words IS 'Reason as it was written, sealed';
COMMENT ON COLUMN earlier_reviewers.words_sha256 IS 'Digest of it, with its salt';

CREATE TABLE exam_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	officer TEXT NOT NULL,
	level TEXT,
	passed_on DATE,
	valid_until DATE,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE exam_facts IS 'projection: every version of an exam that was passed';
COMMENT ON COLUMN exam_facts.source IS 'Who said it';
COMMENT ON COLUMN exam_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN exam_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN exam_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN exam_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN exam_facts.officer IS 'Police number';
COMMENT ON COLUMN exam_facts.level IS 'basic, intermediate or advanced; none: not told';
COMMENT ON COLUMN exam_facts.passed_on IS 'Day of the exam';
COMMENT ON COLUMN exam_facts.valid_until IS 'Last day on which it counts';

CREATE TABLE adviser_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	adviser_ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	kind TEXT,
	officer TEXT,
	engaged_on DATE,
	until DATE,
	personal BYTEA NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE adviser_facts IS 'projection: every version of the engagement of an adviser or government lawyer';
COMMENT ON COLUMN adviser_facts.source IS 'Who said it';
COMMENT ON COLUMN adviser_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN adviser_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN adviser_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN adviser_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN adviser_facts.adviser_ref IS 'Reference of the adviser, by unit, name';
COMMENT ON COLUMN adviser_facts.unit IS '12-digit code of the unit that engaged them';
COMMENT ON COLUMN adviser_facts.kind IS 'legal_adviser or government_lawyer; none: not told';
COMMENT ON COLUMN adviser_facts.officer IS 'Police number, of a government lawyer who is an officer';
COMMENT ON COLUMN adviser_facts.engaged_on IS 'First day of the contract';
COMMENT ON COLUMN adviser_facts.until IS 'Last day of the contract; none: no end told';
COMMENT ON COLUMN adviser_facts.personal IS 'The name, sealed';

CREATE TABLE engagements (
	engagement_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	case_key TEXT NOT NULL,
	round INTEGER NOT NULL,
	adviser_ref TEXT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	asked_by TEXT NOT NULL,
	question BYTEA NOT NULL,
	question_sha256 TEXT NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	answered_by TEXT,
	advice TEXT,
	answer BYTEA,
	answer_sha256 TEXT,
	PRIMARY KEY (engagement_id)
);
COMMENT ON TABLE engagements IS 'record: which adviser was asked on a review, and what the answer was';
COMMENT ON COLUMN engagements.engagement_id IS 'Our id of the engagement';
COMMENT ON COLUMN engagements.decision_id IS 'The decision under review';
COMMENT ON COLUMN engagements.case_key IS 'Case number as key';
COMMENT ON COLUMN engagements.round IS 'Round of the review, from 1 on';
COMMENT ON COLUMN engagements.adviser_ref IS 'Reference of the adviser';
COMMENT ON COLUMN engagements.asked_at IS 'When, by the legal clock';
COMMENT ON COLUMN engagements.asked_by IS 'Police number of who asked';
COMMENT ON COLUMN engagements.question IS 'What was asked, sealed';
COMMENT ON COLUMN engagements.question_sha256 IS 'Digest of it, with its salt';
COMMENT ON COLUMN engagements.answered_at IS 'When the answer was recorded';
COMMENT ON COLUMN engagements.answered_by IS 'Police number of who recorded it';
COMMENT ON COLUMN engagements.advice IS 'supports, doubts or other';
COMMENT ON COLUMN engagements.answer IS 'The answer, sealed';
COMMENT ON COLUMN engagements.answer_sha256 IS 'Digest of it, with its salt';

CREATE TABLE staffing_measurements (
	unit TEXT NOT NULL,
	measured_on DATE NOT NULL,
	measured_at TIMESTAMP WITH TIME ZONE NOT NULL,
	officers INTEGER NOT NULL,
	reviewers INTEGER NOT NULL,
	levelled INTEGER NOT NULL,
	legal INTEGER NOT NULL,
	percent_asked NUMERIC,
	rule TEXT,
	counted JSONB NOT NULL,
	PRIMARY KEY (unit, measured_on)
);
COMMENT ON TABLE staffing_measurements IS 'record: the share of reviewers, unit by unit, month by month';
COMMENT ON COLUMN staffing_measurements.unit IS '12-digit code of the unit';
COMMENT ON COLUMN staffing_measurements.measured_on IS 'Day of the directory it is of';
COMMENT ON COLUMN staffing_measurements.measured_at IS 'When it was measured';
COMMENT ON COLUMN staffing_measurements.officers IS 'Enforcement officers, unit and below';
COMMENT ON COLUMN staffing_measurements.reviewers IS 'Reviewers among them';
COMMENT ON COLUMN staffing_measurements.levelled IS 'Of them with a level that is in force';
COMMENT ON COLUMN staffing_measurements.legal IS 'Of them with the legal qualification';
COMMENT ON COLUMN staffing_measurements.percent_asked IS 'Share asked for; none: no rule in force';
COMMENT ON COLUMN staffing_measurements.rule IS 'Rule that asks for it';
COMMENT ON COLUMN staffing_measurements.counted IS 'Police numbers of the unit''s own: officers and reviewers';

ALTER TABLE reviews ADD COLUMN assignee TEXT;
COMMENT ON COLUMN reviews.assignee IS 'Police number of whose desk it lies on; none: anybody''s';
UPDATE reviews SET assignee = reviewer WHERE waits_for = 'reviewer' AND state <> 'submitted';

CREATE UNIQUE INDEX assignments_place ON assignments (decision_id, place);
CREATE INDEX assignments_case ON assignments (case_key);
CREATE INDEX absences_officer ON absences (officer, since);
CREATE INDEX exam_facts_officer ON exam_facts (officer);
CREATE INDEX exam_facts_corrects ON exam_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX adviser_facts_ref ON adviser_facts (adviser_ref);
CREATE INDEX adviser_facts_corrects ON adviser_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX engagements_decision ON engagements (decision_id);
CREATE INDEX engagements_case ON engagements (case_key);
CREATE INDEX engagements_adviser ON engagements (adviser_ref, asked_at, engagement_id);
CREATE INDEX staffing_measurements_day ON staffing_measurements (measured_on);
CREATE INDEX reviews_assignee ON reviews (assignee, due_on, decision_id) WHERE waits_for = 'reviewer';
CREATE INDEX review_steps_reviewer ON review_steps (officer, at) WHERE kind IN ('accepted', 'incomplete', 'returned', 'opinion');
