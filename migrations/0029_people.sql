-- Invitations into the instance, and the log of what admins do.

-- Of a link only the hash of its token is kept: the token is shown once, when it is made.
CREATE TABLE invites (
  id          uuid PRIMARY KEY,
  hash        text NOT NULL UNIQUE,
  -- In lower case. Whoever comes by the link can then make an account for this address only.
  email       text,
  role        text NOT NULL DEFAULT 'member' CHECK (role IN ('admin', 'member')),
  expires_at  timestamptz,
  max_uses    integer,
  uses        integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- What admins did, as it was then: names are kept, because who and what they name may be gone. It refers to nothing for that reason.
CREATE TABLE audit (
  id           uuid PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT now(),
  actor_id     uuid NOT NULL,
  actor_name   text NOT NULL,
  action       text NOT NULL,
  target_kind  text,
  target_id    text,
  target_name  text,
  detail       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_actor ON audit (actor_id, id DESC);
CREATE INDEX audit_by_action ON audit (action, id DESC);

-- When a mail was last taken by the mail server, and what it last refused one for.
ALTER TABLE instance ADD COLUMN mail jsonb NOT NULL DEFAULT '{}';
CREATE INDEX verifications_by_expiry ON verifications (expires_at);
