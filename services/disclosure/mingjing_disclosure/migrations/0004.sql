-- Words that were taken back do not live on in what was made to deliver them.
ALTER TABLE deliveries ALTER COLUMN content DROP NOT NULL;
COMMENT ON COLUMN deliveries.content IS 'What the public is told; none once it was taken back';
ALTER TABLE deliveries ADD COLUMN emptied_at TIMESTAMP WITH TIME ZONE;
COMMENT ON COLUMN deliveries.emptied_at IS 'When its words were taken out of its bundle';
COMMENT ON TABLE bundles IS 'record: every bundle that was ever signed, so that any can be handed over again; words that were taken back are in none of them';
COMMENT ON COLUMN bundles.body IS 'Signed bytes, without what is gone';
CREATE INDEX deliveries_to_empty ON deliveries (number) WHERE content IS NULL AND emptied_at IS NULL;
UPDATE deliveries AS d SET content = NULL
    WHERE seen_at IS NOT NULL AND bundle IS NOT NULL AND what <> 'withdraw'
    AND EXISTS (SELECT FROM deliveries AS later WHERE later.decision_id = d.decision_id
        AND later.number > d.number AND later.seen_at IS NOT NULL);

-- A release holds for those whom it names, not for whoever is added to the case later.
ALTER TABLE items ADD COLUMN about JSONB;
COMMENT ON COLUMN items.about IS 'References of whom the reason is about: a release names them';
COMMENT ON COLUMN publications.released IS 'A person''s decision against a rule: codes, about, by';

-- Sensitive cases are held for a person; words that look like a name are answered by the editor.
ALTER TABLE case_notes ADD COLUMN sensitive JSONB;
COMMENT ON COLUMN case_notes.sensitive IS 'Why the case is sensitive: codes';
ALTER TABLE public_texts ADD COLUMN confirmed BYTEA;
COMMENT ON COLUMN public_texts.confirmed IS 'What looks like a name and stays, sealed';

-- What is public and was made from what has changed since must be corrected, or looked at.
ALTER TABLE deliveries ADD COLUMN made_from JSONB;
COMMENT ON COLUMN deliveries.made_from IS 'What it stands on: original, references of parties';
ALTER TABLE publications ADD COLUMN shown_from JSONB;
COMMENT ON COLUMN publications.shown_from IS 'What the public text stands on: original, parties';
ALTER TABLE items ADD COLUMN must_correct BOOLEAN;
COMMENT ON COLUMN items.must_correct IS 'It is public and was made from what has changed';
ALTER TABLE items ADD COLUMN correct_by DATE;
COMMENT ON COLUMN items.correct_by IS 'Last day of our own term for correcting it';
ALTER TABLE items ADD COLUMN correct_says TEXT;
COMMENT ON COLUMN items.correct_says IS 'Why so, one Chinese sentence';
CREATE INDEX items_must_correct ON items (correct_by, decision_id) WHERE must_correct;
