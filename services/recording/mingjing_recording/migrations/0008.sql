-- Who took on the legal review of a case; requests to look at another unit's footage.
CREATE TABLE case_reviewers (
	case_key TEXT NOT NULL,
	reviewer TEXT NOT NULL,
	PRIMARY KEY (case_key, reviewer)
);
COMMENT ON TABLE case_reviewers IS 'projection: who took on the legal review of each case';
COMMENT ON COLUMN case_reviewers.case_key IS 'Case number as key';
COMMENT ON COLUMN case_reviewers.reviewer IS 'Police number';

CREATE TABLE access_requests (
	request_id TEXT NOT NULL,
	officer TEXT NOT NULL,
	officer_unit TEXT NOT NULL,
	footage_id TEXT NOT NULL,
	case_key TEXT,
	case_number TEXT,
	unit TEXT NOT NULL,
	purpose TEXT NOT NULL,
	words TEXT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_by TEXT,
	decided_at TIMESTAMP WITH TIME ZONE,
	is_approved BOOLEAN,
	reason TEXT,
	open_until TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (request_id)
);
COMMENT ON TABLE access_requests IS 'record: who asked to look at another unit''s footage, and what its leader decided';
COMMENT ON COLUMN access_requests.request_id IS 'Id';
COMMENT ON COLUMN access_requests.officer IS 'Police number of who asks';
COMMENT ON COLUMN access_requests.officer_unit IS 'Unit of who asks';
COMMENT ON COLUMN access_requests.footage_id IS 'The recording';
COMMENT ON COLUMN access_requests.case_key IS 'Case number as key';
COMMENT ON COLUMN access_requests.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN access_requests.unit IS 'Unit that the recording belongs to';
COMMENT ON COLUMN access_requests.purpose IS 'What for, by code';
COMMENT ON COLUMN access_requests.words IS 'What for, in words, without personal data';
COMMENT ON COLUMN access_requests.asked_at IS 'When';
COMMENT ON COLUMN access_requests.decided_by IS 'Police number of who decided; none: it waits';
COMMENT ON COLUMN access_requests.decided_at IS 'When it was decided';
COMMENT ON COLUMN access_requests.is_approved IS 'Whether it was allowed; none: it waits';
COMMENT ON COLUMN access_requests.reason IS 'What was said to it, without personal data';
COMMENT ON COLUMN access_requests.open_until IS 'Until when it is open, if it was allowed';

CREATE INDEX access_requests_officer ON access_requests (officer, asked_at DESC);
CREATE INDEX access_requests_unit ON access_requests (unit, asked_at DESC);
CREATE INDEX access_requests_waiting ON access_requests (asked_at) WHERE is_approved IS NULL;

COMMENT ON COLUMN viewings.looks_as IS 'By which role, for what, by whose leave';
