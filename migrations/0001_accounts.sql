-- Users, their log-ins, and what holds for the whole instance.
-- The columns of users, sessions, accounts and verifications that better-auth needs carry its names in snake case.

CREATE TABLE users (
  id              uuid PRIMARY KEY,
  name            text NOT NULL,
  email           text NOT NULL UNIQUE,
  email_verified  boolean NOT NULL DEFAULT false,
  image           text,
  is_anonymous    boolean NOT NULL DEFAULT false,
  role            text NOT NULL DEFAULT 'member' CHECK (role IN ('admin', 'member')),
  disabled_at     timestamptz,
  last_active_at  timestamptz NOT NULL DEFAULT now(),
  -- Limits of this user; null means the instance's default.
  max_chats           integer,
  max_concurrent      integer,
  max_queued          integer,
  requests_per_minute integer,
  tokens_per_day      bigint,
  weight              double precision CHECK (weight > 0),
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_idle_guests ON users (last_active_at) WHERE is_anonymous;

CREATE TABLE sessions (
  id          uuid PRIMARY KEY,
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  token       text NOT NULL UNIQUE,
  expires_at  timestamptz NOT NULL,
  ip_address  text,
  user_agent  text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE accounts (
  id                        uuid PRIMARY KEY,
  user_id                   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  account_id                text NOT NULL,
  provider_id               text NOT NULL,
  access_token              text,
  refresh_token             text,
  id_token                  text,
  access_token_expires_at   timestamptz,
  refresh_token_expires_at  timestamptz,
  scope                     text,
  password                  text,
  created_at                timestamptz NOT NULL DEFAULT now(),
  updated_at                timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX accounts_by_user ON accounts (user_id);

CREATE TABLE verifications (
  id          uuid PRIMARY KEY,
  identifier  text NOT NULL,
  value       text NOT NULL,
  expires_at  timestamptz NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verifications_by_identifier ON verifications (identifier);

-- Keys for programs. Only a hash is kept; the key itself is shown once, when it is made.
CREATE TABLE api_keys (
  id            uuid PRIMARY KEY,
  user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  name          text NOT NULL,
  hash          text NOT NULL UNIQUE,
  -- The first characters, so that people can tell their keys apart.
  prefix        text NOT NULL,
  expires_at    timestamptz,
  last_used_at  timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX api_keys_by_user ON api_keys (user_id);

-- One row. first_admin_id is set once, by whoever gets its row lock first: that is how a race for it has one winner.
CREATE TABLE instance (
  id              boolean PRIMARY KEY DEFAULT true CHECK (id),
  first_admin_id  uuid,
  -- Set when the endpoints of the environment and of this machine were looked for, which happens once.
  endpoints_discovered_at timestamptz,
  -- Defaults of the limits above, and other settings an admin may change; missing ones come from the configuration.
  settings        jsonb NOT NULL DEFAULT '{}'
);
INSERT INTO instance DEFAULT VALUES;

-- How often something was tried (sign-ins per address and per account and the like) in the minute that ends at
-- resets_at. Shared by all processes; unlogged, because losing it in a crash only forgives a minute.
CREATE UNLOGGED TABLE attempts (
  key        text PRIMARY KEY,
  count      integer NOT NULL,
  resets_at  timestamptz NOT NULL
);
