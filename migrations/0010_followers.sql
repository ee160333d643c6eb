-- What is to be done when a generation has ended. A row lives until its handler has run, in one transaction with what that
-- does; whether it is due is told by the generation's own row.
CREATE TABLE generation_followers (
  id             uuid PRIMARY KEY,
  generation_id  uuid NOT NULL REFERENCES generations ON DELETE CASCADE,
  kind           text NOT NULL,
  input          json NOT NULL,
  -- How often its handler failed, and when it is tried again.
  failures       integer NOT NULL DEFAULT 0,
  try_at         timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX generation_followers_by_generation ON generation_followers (generation_id);
