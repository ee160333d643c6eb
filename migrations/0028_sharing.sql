-- Links by which anybody reads a copy of a chat's shown branch as it was when the link was made. The token is all one needs, so only
-- its hash is kept.
CREATE TABLE shares (
  id              uuid PRIMARY KEY,
  chat_id         uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  -- Who made it; the link holds as long as they may manage the chat.
  user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  hash            text NOT NULL UNIQUE,
  -- The copy: [{role, content}], with nothing in it that names a person, a model or a row.
  title           text NOT NULL,
  messages        jsonb NOT NULL,
  message_count   integer NOT NULL,
  with_reasoning  boolean NOT NULL,
  expires_at      timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX shares_by_chat ON shares (chat_id, created_at DESC, id DESC);
CREATE INDEX shares_by_user ON shares (user_id);
CREATE INDEX shares_ending ON shares (expires_at) WHERE expires_at IS NOT NULL;

-- Those that go by themselves are looked for by when something was last said in them.
CREATE INDEX chats_temporary ON chats (active_at) WHERE temporary;

-- A temporary chat is none of those that a user has: it is in no list, and goes by itself.
CREATE OR REPLACE FUNCTION count_new_chats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users u SET chat_count = u.chat_count + c.count
  FROM (SELECT user_id, count(*) FROM added WHERE NOT archived AND NOT temporary AND deleted_at IS NULL GROUP BY user_id) c
  WHERE u.id = c.user_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION count_removed_chats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users u SET chat_count = u.chat_count - c.count
  FROM (SELECT user_id, count(*) FROM removed WHERE NOT archived AND NOT temporary AND deleted_at IS NULL GROUP BY user_id) c
  WHERE u.id = c.user_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION count_changed_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET chat_count = chat_count
    + CASE WHEN id = NEW.user_id AND NOT NEW.archived AND NOT NEW.temporary AND NEW.deleted_at IS NULL THEN 1 ELSE 0 END
    - CASE WHEN id = OLD.user_id AND NOT OLD.archived AND NOT OLD.temporary AND OLD.deleted_at IS NULL THEN 1 ELSE 0 END
  WHERE id IN (NEW.user_id, OLD.user_id);
  RETURN NULL;
END $$;
DROP TRIGGER chats_counted_changed ON chats;
CREATE TRIGGER chats_counted_changed AFTER UPDATE OF archived, deleted_at, user_id, temporary ON chats
  FOR EACH ROW WHEN ((OLD.user_id, NOT OLD.archived AND NOT OLD.temporary AND OLD.deleted_at IS NULL)
    IS DISTINCT FROM (NEW.user_id, NOT NEW.archived AND NOT NEW.temporary AND NEW.deleted_at IS NULL)
    AND current_setting('parley.chats_counted_together', true) IS DISTINCT FROM 'yes')
  EXECUTE FUNCTION count_changed_chat();
