-- What came in with an imported chat and has no place of its own here: kept as it was, and given back when the chat goes out
-- again. message_id is null for what belongs to the chat itself; every imported chat has that row, which also says that it is one.
CREATE TABLE originals (
  chat_id     uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  message_id  uuid REFERENCES messages ON DELETE CASCADE,
  record      jsonb NOT NULL
);
CREATE UNIQUE INDEX originals_by_chat ON originals (chat_id, message_id) NULLS NOT DISTINCT;
CREATE INDEX originals_by_message ON originals (message_id) WHERE message_id IS NOT NULL;

-- A chat that came from elsewhere is found by the id it had there, also when it is somebody's who was a guest when they brought it in.
CREATE INDEX chats_by_original ON chats (user_id, original_id) WHERE original_id IS NOT NULL;
