-- What a small unit has, by its unit; what is found by a part of its number.

CREATE INDEX cases_unit ON cases (unit);
CREATE INDEX footage_unit ON footage (unit, state, started_at DESC, footage_id DESC);
CREATE INDEX casefiles_unit ON casefiles (unit, state, ended_on DESC, case_key DESC);
CREATE INDEX records_level_newest ON records (level, started_at DESC, action_id DESC);
CREATE INDEX cases_found ON cases USING gin (parts_of(case_key));
CREATE INDEX records_found ON records USING gin (parts_of(lower(action_id)));
CREATE INDEX footage_found ON footage USING gin (parts_of(lower(footage_id || chr(10) || coalesce(serial, ''))));
CREATE INDEX documents_found ON documents USING gin (parts_of(document_key));
