-- What the store of files holds, once per content. A row is there before its bytes are, and goes after them: so there are never bytes
-- that nothing knows of.
CREATE TABLE blobs (
  sha256        text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size          bigint NOT NULL,
  -- Since when no file has been found to have them; null while one has.
  unused_since  timestamptz DEFAULT now(),
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX blobs_unused ON blobs (unused_since) WHERE unused_since IS NOT NULL;

-- Somebody's files. The name is for people; what a file is, its bytes have told.
CREATE TABLE files (
  id          uuid PRIMARY KEY,
  owner_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  name        text NOT NULL,
  media_type  text NOT NULL,
  size        bigint NOT NULL,
  sha256      text NOT NULL REFERENCES blobs,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX files_by_owner ON files (owner_id, created_at DESC, id DESC);
CREATE INDEX files_by_content ON files (sha256);
