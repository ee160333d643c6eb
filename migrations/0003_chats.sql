-- Chats and their messages. A chat's messages are a tree; leaf_message_id says which branch is shown.

CREATE TABLE chats (
  id               uuid PRIMARY KEY,
  user_id          uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  project_id       uuid,
  title            text NOT NULL DEFAULT '',
  tags             text[] NOT NULL DEFAULT '{}',
  description      text NOT NULL DEFAULT '',
  metadata         jsonb NOT NULL DEFAULT '{}',
  archived         boolean NOT NULL DEFAULT false,
  leaf_message_id  uuid,
  -- The id of the model last asked here.
  model_id         text,
  -- Last message or creation; orders the list. Renaming does not move a chat.
  active_at        timestamptz NOT NULL DEFAULT now(),
  -- Deleted chats answer 404 at once and are removed for good a day later, which is what makes undo possible.
  deleted_at       timestamptz,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX chats_by_activity ON chats (user_id, archived, active_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX chats_by_any_activity ON chats (user_id, active_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX chats_by_tag ON chats USING gin (tags) WHERE deleted_at IS NULL;
CREATE INDEX chats_deleted ON chats (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE messages (
  id             uuid PRIMARY KEY,
  chat_id        uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  parent_id      uuid REFERENCES messages ON DELETE CASCADE,
  role           text NOT NULL CHECK (role IN ('user', 'assistant', 'system', 'tool')),
  content        jsonb NOT NULL DEFAULT '[]',
  generation_id  uuid,
  metadata       jsonb NOT NULL DEFAULT '{}',
  -- Order among siblings; clocks may run backwards, this does not.
  ordinal        bigint GENERATED ALWAYS AS IDENTITY,
  created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX messages_by_chat ON messages (chat_id, ordinal);
CREATE INDEX messages_by_parent ON messages (parent_id, ordinal);
