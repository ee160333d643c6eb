-- Who was shut out is looked for twice a second, with what they still have in line.
CREATE INDEX users_disabled ON users (id) WHERE disabled_at IS NOT NULL;

-- How many chats a user has that are neither archived nor deleted: each new chat asks for it, and counting them would take
-- longer with every one. Kept by triggers, so that it holds whichever statement changes them.
ALTER TABLE users ADD COLUMN chat_count integer NOT NULL DEFAULT 0;
UPDATE users u SET chat_count = c.count
FROM (SELECT user_id, count(*) FROM chats WHERE NOT archived AND deleted_at IS NULL GROUP BY user_id) c
WHERE c.user_id = u.id;

-- By statement, because a thousand rows that are inserted at once are one change of one user.
CREATE FUNCTION count_new_chats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users u SET chat_count = u.chat_count + c.count
  FROM (SELECT user_id, count(*) FROM added WHERE NOT archived AND deleted_at IS NULL GROUP BY user_id) c
  WHERE u.id = c.user_id;
  RETURN NULL;
END $$;
CREATE FUNCTION count_removed_chats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users u SET chat_count = u.chat_count - c.count
  FROM (SELECT user_id, count(*) FROM removed WHERE NOT archived AND deleted_at IS NULL GROUP BY user_id) c
  WHERE u.id = c.user_id;
  RETURN NULL;
END $$;
CREATE FUNCTION count_changed_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET chat_count = chat_count
    + CASE WHEN id = NEW.user_id AND NOT NEW.archived AND NEW.deleted_at IS NULL THEN 1 ELSE 0 END
    - CASE WHEN id = OLD.user_id AND NOT OLD.archived AND OLD.deleted_at IS NULL THEN 1 ELSE 0 END
  WHERE id IN (NEW.user_id, OLD.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER chats_counted_new AFTER INSERT ON chats REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_chats();
CREATE TRIGGER chats_counted_removed AFTER DELETE ON chats REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_removed_chats();
-- Not for what a send changes.
CREATE TRIGGER chats_counted_changed AFTER UPDATE OF archived, deleted_at, user_id ON chats
  FOR EACH ROW WHEN ((OLD.archived, OLD.deleted_at IS NULL, OLD.user_id)
    IS DISTINCT FROM (NEW.archived, NEW.deleted_at IS NULL, NEW.user_id))
  EXECUTE FUNCTION count_changed_chat();

-- What can be looked for in a chat, beside it and not in it: every send moves its chat in the list, and would enter all of
-- these into the index again.
CREATE TABLE chat_words (
  chat_id  uuid PRIMARY KEY REFERENCES chats ON DELETE CASCADE,
  -- As the chat's.
  user_id  uuid NOT NULL,
  words    text NOT NULL
);
CREATE FUNCTION keep_chat_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO chat_words (chat_id, user_id, words)
  VALUES (NEW.id, NEW.user_id, concat_ws(E'\n', NEW.title, NEW.description, array_to_string(NEW.tags, E'\n')))
  ON CONFLICT (chat_id) DO UPDATE SET user_id = excluded.user_id, words = excluded.words;
  RETURN NULL;
END $$;
CREATE TRIGGER chats_words_new AFTER INSERT ON chats
  FOR EACH ROW WHEN (NEW.title <> '' OR NEW.description <> '' OR NEW.tags <> '{}') EXECUTE FUNCTION keep_chat_words();
CREATE TRIGGER chats_words_changed AFTER UPDATE OF title, description, tags, user_id ON chats
  FOR EACH ROW WHEN ((OLD.title, OLD.description, OLD.tags, OLD.user_id)
    IS DISTINCT FROM (NEW.title, NEW.description, NEW.tags, NEW.user_id))
  EXECUTE FUNCTION keep_chat_words();
INSERT INTO chat_words (chat_id, user_id, words)
SELECT id, user_id, concat_ws(E'\n', title, description, array_to_string(tags, E'\n')) FROM chats
WHERE title <> '' OR description <> '' OR tags <> '{}';
-- Trigrams, so that a part of a word is found as well. Both extensions come with PostgreSQL and may be made by whoever owns
-- the database; where they are missing, the words are gone through one by one.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE EXTENSION IF NOT EXISTS btree_gin;
  CREATE INDEX chat_words_by_trigram ON chat_words USING gin (user_id, words gin_trgm_ops)
    WITH (gin_pending_list_limit = 512);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  CREATE INDEX chat_words_by_user ON chat_words (user_id);
END $$;

-- What was used, summed up by quarters of an hour, which days in every time zone are made of. Only of a time in which
-- everything has ended: up to usage_counted_to; what is younger is read from the generations themselves.
CREATE TABLE usage_quarters (
  user_id        uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  quarter        timestamptz NOT NULL,
  model_id       text NOT NULL,
  generations    integer NOT NULL,
  completed      integer NOT NULL,
  input_tokens   bigint NOT NULL,
  output_tokens  bigint NOT NULL,
  started        integer NOT NULL,
  wait_ms        double precision NOT NULL,
  PRIMARY KEY (user_id, quarter, model_id)
);
ALTER TABLE instance ADD COLUMN usage_counted_to timestamptz NOT NULL DEFAULT '-infinity';
