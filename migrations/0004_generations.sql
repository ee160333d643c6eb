-- The ledger is the queue: one row is queue entry, lease and ledger row of a generation.

CREATE TABLE generations (
  id                uuid PRIMARY KEY,
  user_id           uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- Chat and message may be deleted; the ledger row stays.
  chat_id           uuid REFERENCES chats ON DELETE SET NULL,
  -- The reply being written and the message it answers; null when a program asked without a chat.
  message_id        uuid UNIQUE REFERENCES messages ON DELETE SET NULL,
  user_message_id   uuid REFERENCES messages ON DELETE SET NULL,
  retry_of          uuid REFERENCES generations ON DELETE SET NULL,
  endpoint_id       uuid REFERENCES endpoints ON DELETE SET NULL,
  model_name        text NOT NULL,
  -- As asked, `<endpoint name>/<model name>`; stays readable when the endpoint is gone.
  model_id          text NOT NULL,
  parameters        jsonb NOT NULL DEFAULT '{}',
  -- What a program asked without a chat: messages and tools. Emptied at the end.
  input             jsonb,
  client            text NOT NULL DEFAULT 'web',

  state             text NOT NULL DEFAULT 'queued' CHECK (state IN
                      ('queued', 'running', 'completed', 'failed', 'cancelled', 'timed_out', 'interrupted')),
  stage             text CHECK (stage IN ('loading_model', 'thinking', 'writing')),
  -- 0 interactive, 1 batch, 2 background; lower goes first.
  class             smallint NOT NULL DEFAULT 0,
  -- First in, first out within a user: by this number, not by clock.
  ordinal           bigint GENERATED ALWAYS AS IDENTITY,
  queue_deadline    timestamptz,
  -- Fair-share units: what is charged to the user when it starts, and what it really was, known at its end.
  estimate          double precision NOT NULL DEFAULT 0,
  charged           double precision,

  worker_id         uuid,
  -- Counts claims; every write of a worker carries it, and a stale one is refused.
  epoch             integer NOT NULL DEFAULT 0,
  lease_until       timestamptz,
  cancel_requested_at timestamptz,

  queued_at         timestamptz NOT NULL DEFAULT now(),
  started_at        timestamptz,
  first_token_at    timestamptz,
  finished_at       timestamptz,
  input_tokens      integer,
  output_tokens     integer,
  cost              double precision,
  finish_reason     text,
  error             jsonb,
  ttft_ms           integer,
  duration_ms       integer,
  -- The number of the last event, set at the end.
  last_seq          integer,
  -- False once the events are deleted, some minutes after the end.
  events_kept       boolean NOT NULL DEFAULT true,

  CHECK ((state IN ('queued', 'running')) = (finished_at IS NULL))
);
CREATE INDEX generations_queue ON generations (endpoint_id, class, user_id, ordinal) WHERE state = 'queued';
CREATE INDEX generations_deadlines ON generations (queue_deadline) WHERE state = 'queued';
CREATE INDEX generations_running ON generations (endpoint_id, lease_until) WHERE state = 'running';
CREATE INDEX generations_live_by_user ON generations (user_id, state) WHERE state IN ('queued', 'running');
CREATE INDEX generations_live_by_chat ON generations (chat_id) WHERE state IN ('queued', 'running');
CREATE INDEX generations_by_chat ON generations (chat_id);
CREATE INDEX generations_by_user ON generations (user_id, queued_at DESC, id DESC);
CREATE INDEX generations_by_age ON generations (queued_at DESC, id DESC);
CREATE INDEX generations_by_end ON generations (endpoint_id, finished_at DESC) WHERE finished_at IS NOT NULL;
CREATE INDEX generations_stale_events ON generations (finished_at) WHERE events_kept AND finished_at IS NOT NULL;
CREATE INDEX generations_by_user_message ON generations (user_message_id);

-- The event log: a row holds the consecutive events first_seq … last_seq that one flush wrote, as a JSON array.
-- first_seq of the next row is always last_seq + 1, so the primary key refuses a second writer.
CREATE TABLE generation_events (
  generation_id  uuid NOT NULL REFERENCES generations ON DELETE CASCADE,
  first_seq      integer NOT NULL,
  last_seq       integer NOT NULL,
  events         json NOT NULL,
  PRIMARY KEY (generation_id, first_seq)
);

-- Virtual Token Counter: work served to a user at an endpoint, in fair-share units.
CREATE TABLE fair_share (
  endpoint_id  uuid NOT NULL REFERENCES endpoints ON DELETE CASCADE,
  user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  counter      double precision NOT NULL DEFAULT 0,
  PRIMARY KEY (endpoint_id, user_id)
);
CREATE INDEX fair_share_by_counter ON fair_share (endpoint_id, counter);
