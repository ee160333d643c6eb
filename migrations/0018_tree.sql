-- What people do to the tree of a chat's messages. No row is written anew: what is missing in an old one has its meaning.
ALTER TABLE messages
  -- Who or what wrote it; null: as its role says (a person's, a model's, a tool's).
  ADD COLUMN source text,
  -- The reply that somebody rewrote as this one. Not a reference: it may be removed for good.
  ADD COLUMN edited_from uuid,
  -- Kept on the page, and out of what a model is told.
  ADD COLUMN excluded boolean NOT NULL DEFAULT false,
  -- A deleted message (tombstone) is nobody's parent: its children hang on its own parent, which is always a living one. For a
  -- day it can come back, to those of moved_children that hang there still; was_leaf: the chat's branch ended in it.
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN moved_children uuid[],
  ADD COLUMN was_leaf boolean NOT NULL DEFAULT false,
  -- The child that is shown below it; null, or one that is gone or hangs elsewhere: its newest.
  ADD COLUMN chosen_child_id uuid;
ALTER TABLE messages ADD CONSTRAINT messages_source_check
  CHECK (source IN ('human', 'model', 'scenario', 'tool', 'human_edit', 'import')) NOT VALID;
CREATE INDEX messages_deleted ON messages (deleted_at) WHERE deleted_at IS NOT NULL;

-- What a person thinks of a message, shown to nobody else but admins and the lab.
CREATE TABLE ratings (
  message_id  uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  value       smallint CHECK (value IN (1, -1)),
  tags        text[] NOT NULL DEFAULT '{}',
  comment     text NOT NULL DEFAULT '',
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (message_id, user_id)
);
CREATE INDEX ratings_by_user ON ratings (user_id);

-- Which of several replies to one message somebody preferred.
CREATE TABLE preferences (
  id               uuid PRIMARY KEY,
  chat_id          uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  user_message_id  uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
  user_id          uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The one the chat goes on with; null when none of equals was.
  chosen           uuid REFERENCES messages ON DELETE CASCADE,
  -- The others it was compared with.
  over             uuid[] NOT NULL,
  verdict          text NOT NULL CHECK (verdict IN ('better', 'tie', 'both_bad')),
  reason           text NOT NULL DEFAULT '',
  created_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX preferences_by_chat ON preferences (chat_id);
CREATE INDEX preferences_by_message ON preferences (user_message_id);
CREATE INDEX preferences_by_chosen ON preferences (chosen);
CREATE INDEX preferences_by_user ON preferences (user_id);
