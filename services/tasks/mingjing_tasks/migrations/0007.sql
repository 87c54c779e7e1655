-- What publishers sent in former hours, for the expectation of live oversight.

CREATE INDEX event_archive_spoken ON event_archive (source, recorded_at) WHERE mode = 'live';
