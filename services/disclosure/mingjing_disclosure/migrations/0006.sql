-- What a small unit has, by its unit; what is found by any part of its numbers.

CREATE INDEX items_unit ON items (unit, state, made_on DESC, decision_id DESC);
DROP INDEX items_document_number;
DROP INDEX items_case_number;
CREATE INDEX items_found ON items USING gin (parts_of(lower(document_number || chr(10) || case_key)));
