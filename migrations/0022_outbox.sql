-- Messages that wait for the reply that is being written in their chat. A row is a message that is not sent yet; sending it and
-- removing the row are one transaction.
CREATE TABLE outbox (
  -- The message's id to be.
  id          uuid PRIMARY KEY,
  chat_id     uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  -- Whose words they are: nobody else sees them before they are sent.
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The reply's id to be; null: one is made.
  reply_id    uuid,
  content     jsonb NOT NULL,
  -- What else was asked for with it: model or models, parameters, the message it answers, and which program asked.
  input       jsonb NOT NULL,
  -- The order of sending in the chat, whoever's they are; free numbers lie between.
  position    integer NOT NULL,
  -- `held` is sent when its person says so, and not by itself.
  state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'held')),
  -- Why it is held: {code, detail, reason, params, retryAt?}.
  error       jsonb,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_by_chat ON outbox (chat_id, position);
CREATE INDEX outbox_by_user ON outbox (user_id);
