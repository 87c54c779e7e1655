-- Every two, three and four neighbouring signs of a text, each once: what indexes for finding are on.

CREATE FUNCTION parts_of(words TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(words, place, signs)), '{}')
      FROM generate_series(1, length(words)) AS place, generate_series(2, 4) AS signs
     WHERE place + signs - 1 <= length(words)
$$;
COMMENT ON FUNCTION parts_of(TEXT) IS 'Two, three and four neighbouring signs of a text, as mingjing_shared.finding asks for them';
