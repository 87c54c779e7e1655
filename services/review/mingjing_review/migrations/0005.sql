-- Finding by parts stands in an index on the numbers themselves; the kept pairs go.

DROP INDEX reviews_grams;
ALTER TABLE reviews DROP COLUMN grams;
CREATE INDEX reviews_found ON reviews USING gin (parts_of(found_by));
