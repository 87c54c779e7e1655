-- The months of the event archive that are sealed to the object store.
CREATE TABLE sealed_months (
	month TEXT NOT NULL,
	manifest_sha256 TEXT NOT NULL,
	events BIGINT NOT NULL,
	sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (month)
);
COMMENT ON TABLE sealed_months IS 'record: months of event_archive in the object store, read back';
COMMENT ON COLUMN sealed_months.month IS 'YYYY-MM of recorded_at, Asia/Shanghai';
COMMENT ON COLUMN sealed_months.manifest_sha256 IS 'SHA-256 of its manifest, which names its objects';
COMMENT ON COLUMN sealed_months.events IS 'How many events were sealed';
COMMENT ON COLUMN sealed_months.sealed_at IS 'When, by the machine''s clock'
