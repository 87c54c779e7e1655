-- Papers as they were issued; disagreements, and extensions that a leader is asked for.
CREATE TABLE papers (
	paper_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	case_key TEXT NOT NULL, 
	decision_id TEXT NOT NULL, 
	step_id TEXT, 
	unit TEXT NOT NULL, 
	number TEXT NOT NULL, 
	dated DATE NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	made_by TEXT NOT NULL, 
	pdf_sha256 TEXT NOT NULL, 
	pdf BYTEA NOT NULL, 
	PRIMARY KEY (paper_id)
);
CREATE INDEX papers_decision ON papers (decision_id);
CREATE INDEX papers_case ON papers (case_key);
CREATE UNIQUE INDEX papers_number ON papers (number);
COMMENT ON TABLE papers IS 'record: every paper as it was issued';
COMMENT ON COLUMN papers.paper_id IS 'Our id of the paper';
COMMENT ON COLUMN papers.kind IS 'opinion, coordination …';
COMMENT ON COLUMN papers.case_key IS 'Case number as key';
COMMENT ON COLUMN papers.decision_id IS 'The decision it is about';
COMMENT ON COLUMN papers.step_id IS 'The step of a review that it documents';
COMMENT ON COLUMN papers.unit IS '12-digit code of the unit that issued it';
COMMENT ON COLUMN papers.number IS 'Its document number, as printed';
COMMENT ON COLUMN papers.dated IS 'The date on it';
COMMENT ON COLUMN papers.made_at IS 'When, by the legal clock';
COMMENT ON COLUMN papers.made_by IS 'Police number of who issued it';
COMMENT ON COLUMN papers.pdf_sha256 IS 'Digest of the file';
COMMENT ON COLUMN papers.pdf IS 'The file (PDF/A-2b), sealed';

CREATE TABLE paper_numbers (
	unit TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	PRIMARY KEY (unit, kind, year)
);
COMMENT ON TABLE paper_numbers IS 'record: the last number of each unit, kind of paper and year';
COMMENT ON COLUMN paper_numbers.unit IS '12-digit code of the unit';
COMMENT ON COLUMN paper_numbers.kind IS 'Kind of paper';
COMMENT ON COLUMN paper_numbers.year IS 'Calendar year';
COMMENT ON COLUMN paper_numbers.last IS 'The last number that was given';

ALTER TABLE review_steps ADD COLUMN outcome TEXT;
ALTER TABLE reviews ADD COLUMN asked TEXT;
COMMENT ON COLUMN reviews.state IS 'waiting_case, review_required, submitted, incomplete, in_review, returned, opinion_given, resubmitted, coordinating, discussion, cleared, transferred, not_required, bypassed or no_rule';
COMMENT ON COLUMN reviews.waits_for IS 'On whom it waits: unit, reviewer or leader; none: nobody';
COMMENT ON COLUMN reviews.asked IS 'What a leader is asked for besides: extension; none: nothing';
COMMENT ON COLUMN review_steps.kind IS 'submitted, accepted, incomplete, returned, supplemented, opinion, resubmitted, extension_asked, extended, extension_refused, disagreed, re_reviewed, coordinated or discussed';
COMMENT ON COLUMN review_steps.outcome IS 'What a step about a disagreement led to';
CREATE INDEX reviews_asked ON reviews (due_on, decision_id) WHERE asked IS NOT NULL;
