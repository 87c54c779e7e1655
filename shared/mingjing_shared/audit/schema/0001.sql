-- The audit of a service, first form. Run by a migration of each service, which then revokes from the
-- processes' role everything but reading and adding.
CREATE TABLE audit (
	number BIGINT GENERATED ALWAYS AS IDENTITY, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	officer TEXT NOT NULL, 
	role TEXT, 
	unit TEXT, 
	instead_of TEXT, 
	act TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	reason TEXT, 
	subject_kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	case_ref TEXT, 
	request_id TEXT, 
	PRIMARY KEY (number)
);
COMMENT ON TABLE audit IS 'record: who did, saw or was refused what; only ever added to';
COMMENT ON COLUMN audit.number IS 'Order';
COMMENT ON COLUMN audit.at IS 'When, by the machine''s clock';
COMMENT ON COLUMN audit.officer IS 'Police number; who was signed in';
COMMENT ON COLUMN audit.role IS 'Role by which it was allowed; none: refused, or needs none';
COMMENT ON COLUMN audit.unit IS 'Unit for which the role is held';
COMMENT ON COLUMN audit.instead_of IS 'Police number of whom the officer stood in for (代行)';
COMMENT ON COLUMN audit.act IS 'What: a name of the table of permissions';
COMMENT ON COLUMN audit.outcome IS 'done, seen or refused';
COMMENT ON COLUMN audit.reason IS 'Why refused (a code), or the purpose given for seeing';
COMMENT ON COLUMN audit.subject_kind IS 'decision, item, footage, account …';
COMMENT ON COLUMN audit.subject IS 'Which one; never a name of a person';
COMMENT ON COLUMN audit.case_ref IS 'Reference of the case, where there is one';
COMMENT ON COLUMN audit.request_id IS 'The request, as the answer''s X-Request-Id';

CREATE INDEX audit_officer ON audit (officer, number DESC);
CREATE INDEX audit_subject ON audit (subject_kind, subject, number DESC);
