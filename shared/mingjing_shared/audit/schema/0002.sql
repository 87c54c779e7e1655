-- Each row of the audit has an id by which it stands in the transparency log, and who approved it.
ALTER TABLE audit ADD COLUMN id UUID DEFAULT gen_random_uuid() NOT NULL;
ALTER TABLE audit ADD COLUMN approved_by TEXT;
COMMENT ON COLUMN audit.id IS 'By which the row is named in the transparency log';
COMMENT ON COLUMN audit.approved_by IS 'Police number of who allowed it, where somebody had to';
CREATE UNIQUE INDEX audit_id ON audit (id);
CREATE INDEX audit_case ON audit (case_ref, number DESC) WHERE case_ref IS NOT NULL;
