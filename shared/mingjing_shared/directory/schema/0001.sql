-- The directory as every service keeps it, first form. Run by a migration of each service.
CREATE TABLE directory_officers (
	police_number TEXT NOT NULL, 
	versions JSONB NOT NULL, 
	session_epoch INTEGER NOT NULL, 
	told_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	told_by TEXT NOT NULL, 
	PRIMARY KEY (police_number)
);
COMMENT ON TABLE directory_officers IS 'projection: the officers, all dated versions, from the directory';
COMMENT ON COLUMN directory_officers.police_number IS '6-digit police number';
COMMENT ON COLUMN directory_officers.versions IS 'All versions, each from a day on';
COMMENT ON COLUMN directory_officers.session_epoch IS 'Tokens of an older one are void';
COMMENT ON COLUMN directory_officers.told_at IS 'Time of the list held';
COMMENT ON COLUMN directory_officers.told_by IS 'Id of the event that said so';

CREATE TABLE directory_units (
	code TEXT NOT NULL, 
	versions JSONB NOT NULL, 
	told_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	told_by TEXT NOT NULL, 
	PRIMARY KEY (code)
);
COMMENT ON TABLE directory_units IS 'projection: the units, all dated versions, from the directory';
COMMENT ON COLUMN directory_units.code IS '12-digit code of the unit';
COMMENT ON COLUMN directory_units.versions IS 'All its versions, each from a day on';
COMMENT ON COLUMN directory_units.told_at IS 'Time of the list held';
COMMENT ON COLUMN directory_units.told_by IS 'Id of the event that said so';

