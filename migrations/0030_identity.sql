-- A second factor, which somebody gives besides their password: the secret of their authenticator, sealed under the instance's
-- secret, and hashes of the recovery codes that are left. It counts once it was confirmed: two_factor_enabled.
ALTER TABLE users ADD COLUMN two_factor_enabled boolean NOT NULL DEFAULT false;
CREATE TABLE two_factors (
  user_id         uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  secret          text NOT NULL,
  recovery_hashes text[] NOT NULL,
  -- The step of time (30 s each) of the last code that was taken: neither it nor an earlier one is taken again.
  last_step       bigint NOT NULL DEFAULT 0
);

-- Sign-ins that wait for a second factor, by the hash of what the browser holds meanwhile.
CREATE TABLE sign_in_challenges (
  hash        text PRIMARY KEY,
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  tries       integer NOT NULL DEFAULT 0,
  expires_at  timestamptz NOT NULL
);

-- Sign-ins that are under way at a provider, by the hashes of their state and of what the browser holds; sealed.
CREATE TABLE provider_sign_ins (
  state_hash    text PRIMARY KEY,
  browser_hash  text NOT NULL,
  sealed        text NOT NULL,
  expires_at    timestamptz NOT NULL
);

-- Somebody whom a provider knows has one account here, however many windows they come back in at once.
CREATE UNIQUE INDEX accounts_by_provider ON accounts (provider_id, account_id) WHERE provider_id <> 'credential';
