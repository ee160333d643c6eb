-- Entering into the search index takes a third of the work that it took; what is in it stays as it is.

-- Words wait in a list and are then entered together: each once, with all messages that have it. The worker does that before the
-- list is as long as here (kB), in the background; should it not come to it, whoever adds the last word does, which is the worker too.
-- Who looks for something reads the list as well, which takes 2 ms where it is 4 MB.
ALTER INDEX message_search_by_word SET (fastupdate = on, gin_pending_list_limit = 16384);

-- Words in order have nothing that could be compressed; to try it with those of a long text takes a sixth of entering it.
ALTER TABLE message_search ALTER COLUMN tsv SET STORAGE EXTERNAL;

-- As before, but without a way through text and back for what has no letters beyond ASCII, and so no fleeting vowels.
CREATE OR REPLACE FUNCTION search_vector(body text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  words text := search_words(left(body, 250000));
  stems tsvector;
BEGIN
  stems := to_tsvector('russian', words);
  RETURN CASE WHEN octet_length(words) = length(words) THEN stems ELSE search_stems(stems::text)::tsvector END;
-- A tsvector holds one megabyte: a text that would be more is entered by its beginning, and never an error.
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN search_stems(to_tsvector('russian', search_words(left(body, 30000)))::text)::tsvector;
END $$;
