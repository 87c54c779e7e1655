-- Finding by parts stands in indexes on the numbers themselves; the kept pairs go.

DROP INDEX cases_pairs;
DROP INDEX document_refs_pairs;
ALTER TABLE cases DROP COLUMN pairs;
ALTER TABLE document_refs DROP COLUMN pairs;
CREATE INDEX cases_found ON cases USING gin (parts_of(lower(case_key)));
CREATE INDEX document_refs_found ON document_refs USING gin (parts_of(lower(number_key)));
CREATE INDEX cases_of_unit ON cases (unit);
CREATE INDEX duties_met ON duties (kind, counted_on DESC, subject DESC) WHERE met AND counted_on IS NOT NULL;
CREATE INDEX duties_missed ON duties (kind, counted_on DESC, subject DESC) WHERE met IS NOT TRUE AND counted_on IS NOT NULL;
