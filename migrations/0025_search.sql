-- What can be looked for: an index of messages and chats beside them, filled a moment after they are committed. It says where
-- something is; whether somebody may see it, and whether it is still there, is asked of the chats and messages themselves.

-- What has to be entered into the index, kept until it is. No feature writes here: triggers do, whichever statement changes
-- something. What many rows at once bring about (bulk) waits for what somebody is just saying.
CREATE TABLE search_due (
  bulk        boolean NOT NULL,
  id          bigint GENERATED ALWAYS AS IDENTITY,
  chat_id     uuid NOT NULL,
  -- Null: the chat's own words; with whole also those of its messages that are not in the index, or not where they should be.
  message_id  uuid,
  whole       boolean NOT NULL DEFAULT false,
  failures    integer NOT NULL DEFAULT 0,
  try_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (bulk, id)
);

-- One row for each message that is not being written any more, also where there is nothing to find in it.
CREATE TABLE message_search (
  message_id  uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
  chat_id     uuid NOT NULL,
  -- Whose it is, or in which project it is shared: it narrows what is looked through, and decides nothing.
  scope_id    uuid NOT NULL,
  created_at  timestamptz NOT NULL,
  tsv         tsvector NOT NULL,
  has_code    boolean NOT NULL,
  has_file    boolean NOT NULL
);
CREATE INDEX message_search_by_scope ON message_search (scope_id, created_at DESC, message_id DESC);
CREATE INDEX message_search_by_chat ON message_search (chat_id, created_at DESC);

CREATE TABLE chat_search (
  chat_id   uuid PRIMARY KEY REFERENCES chats ON DELETE CASCADE,
  scope_id  uuid NOT NULL,
  -- Weighted: A the title, B the tags, C the description.
  tsv       tsvector NOT NULL,
  -- The title in letters that trigrams can be made of, whatever the database's locale knows of Cyrillic.
  letters   text NOT NULL,
  -- Models and agents that some reply was written by, by each of their names; one may have been deleted since.
  answered  text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX chat_search_by_scope ON chat_search (scope_id);

-- Both extensions come with PostgreSQL and may be made by whoever owns the database. Without btree_gin the words of all
-- people are looked through together, without pg_trgm no misspelt title is found.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS btree_gin;
  -- An insert pays for itself at once (fastupdate), or now and then one of them pays for thousands.
  CREATE INDEX message_search_by_word ON message_search USING gin (scope_id, tsv) WITH (fastupdate = off);
  CREATE INDEX chat_search_by_word ON chat_search USING gin (scope_id, tsv) WITH (fastupdate = off);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  CREATE INDEX message_search_by_word ON message_search USING gin (tsv) WITH (fastupdate = off);
  CREATE INDEX chat_search_by_word ON chat_search USING gin (tsv) WITH (fastupdate = off);
END $$;
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE EXTENSION IF NOT EXISTS btree_gin;
  CREATE INDEX chat_search_by_trigram ON chat_search USING gin (scope_id, letters gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  NULL;
END $$;

-- Words as they are compared, in the index and in what is asked for alike. PostgreSQL's parser takes tags, paths and names of
-- files as one word or none, and in locales without Unicode every sign beyond ASCII for a letter: «кошки» with its quotes.
CREATE FUNCTION search_words(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(body, '[<>/\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u30fb\ufe00-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]|(?<=[[:alpha:]])\.(?=[[:alpha:]])', ' ', 'g')
$$;
-- The same for a text that is shown: parted by a control character (U+0004) where a word ends, which it is rid of afterwards.
CREATE FUNCTION search_apart(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(body, '[<>/\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u30fb\ufe00-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]|(?<=[[:alpha:]])\.(?=[[:alpha:]])', E'\u0004\\&\u0004', 'g')
$$;

-- Stems of the text of a tsvector or tsquery with their fleeting vowels taken out, which the Russian stemmer leaves where
-- they are: «кошек» (кошек) and «кошки» (кошк), «денег» and «деньги», «настроек» and «настройки» come together.
CREATE FUNCTION search_stems(stems text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN stems ~ '[кглнрц]''' THEN
    regexp_replace(regexp_replace(stems,
      '([а-я][бвгджзйклмнпрстфхцчшщ])(?:ь?[ео]([клнр])|(?:ь?[ео]|ь)([гц]))''', '\1\2\3''', 'g'),
      '([аеиоуыэюя])е([кц])''', '\1й\2''', 'g')
  ELSE stems END
$$;

-- A tsvector holds one megabyte: a text that would be more is entered by its beginning, and never an error.
CREATE FUNCTION search_vector(body text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN search_stems(to_tsvector('russian', search_words(left(body, 250000)))::text)::tsvector;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN search_stems(to_tsvector('russian', search_words(left(body, 30000)))::text)::tsvector;
END $$;

-- What somebody asks for: words, "phrases", -not, or.
CREATE FUNCTION search_query(asked text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT search_stems(websearch_to_tsquery('russian', search_words(asked))::text)::tsquery
$$;

-- The same for marking the words in a text, which the stemmer reads as they are: with every vowel that may be in its place.
CREATE FUNCTION search_marks(asked text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(search_query(asked)::text,
    '''([а-я]+[бвгджзклмнпрстфхцчшщ])([кглнрц])''', '(''\1\2'' | ''\1е\2'' | ''\1о\2'' | ''\1ь\2'')', 'g'),
    '''([а-я]*[аеиоуыэюя])й([кц])''', '(''\1й\2'' | ''\1е\2'')', 'g')::tsquery
$$;

-- Letters in one case, Cyrillic ones each as one that trigrams are made of everywhere.
CREATE FUNCTION search_letters(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(lower(title),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
    'abvgdeejzi1klmnoprstufhc4w56y7389abvgdeejzi1klmnoprstufhc4w56y7389')
$$;

-- Everything said in a message, reasoning and calls of tools left out.
CREATE FUNCTION search_body(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(said #>> '{}', E'\n'), '')
  FROM jsonb_path_query(content, 'lax $[*] ? (@.type == "text").text') said
$$;

-- By statement: a send enters its two messages at once, an import its thousands. A reply that is to be written is due when it
-- has ended, which writes its content.
CREATE FUNCTION due_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (bulk, chat_id, message_id)
  SELECT coalesce(source = 'import', false) OR count(*) OVER () > 20, chat_id, id FROM added
  WHERE role <> 'assistant' OR generation_id IS NULL OR ending IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER messages_due_new AFTER INSERT ON messages REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION due_new_messages();
CREATE FUNCTION due_changed_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (bulk, chat_id, message_id) VALUES (false, NEW.chat_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER messages_due_changed AFTER UPDATE OF content ON messages
  FOR EACH ROW EXECUTE FUNCTION due_changed_message();

CREATE FUNCTION due_new_chats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (bulk, chat_id)
  SELECT original_id IS NOT NULL OR count(*) OVER () > 20, id FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER chats_due_new AFTER INSERT ON chats REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION due_new_chats();
CREATE FUNCTION due_changed_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (bulk, chat_id, whole) VALUES (false, NEW.id,
    (OLD.user_id, OLD.project_id, OLD.visibility, OLD.temporary)
      IS DISTINCT FROM (NEW.user_id, NEW.project_id, NEW.visibility, NEW.temporary));
  RETURN NULL;
END $$;
CREATE TRIGGER chats_due_changed AFTER UPDATE OF title, description, tags, user_id, project_id, visibility, temporary ON chats
  FOR EACH ROW WHEN ((OLD.title, OLD.description, OLD.tags, OLD.user_id, OLD.project_id, OLD.visibility, OLD.temporary)
    IS DISTINCT FROM (NEW.title, NEW.description, NEW.tags, NEW.user_id, NEW.project_id, NEW.visibility, NEW.temporary))
  EXECUTE FUNCTION due_changed_chat();

-- Makes the index anew, little by little, the latest chats first. Nothing is found meanwhile that is not in it again.
CREATE FUNCTION rebuild_search() RETURNS void LANGUAGE sql AS $$
  TRUNCATE message_search, chat_search;
  INSERT INTO search_due (bulk, chat_id, whole) SELECT true, id, true FROM chats ORDER BY active_at DESC;
$$;
SELECT rebuild_search();
