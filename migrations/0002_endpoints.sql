-- Where models are served, the models seen there, and how much each user has been served there.

CREATE TABLE endpoints (
  id                 uuid PRIMARY KEY,
  name               text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]*$'),
  kind               text NOT NULL,
  base_url           text,
  -- AES-256-GCM under the instance's secret.
  api_key_encrypted  text,
  slots              integer NOT NULL DEFAULT 1 CHECK (slots > 0),
  max_queued         integer NOT NULL DEFAULT 1000 CHECK (max_queued >= 0),
  enabled            boolean NOT NULL DEFAULT true,
  -- Paused: keeps accepting, starts nothing. Draining: accepts nothing new, finishes what waits.
  paused_at          timestamptz,
  draining_at        timestamptz,
  -- Only what differs from the defaults: {queueMs, firstTokenMs, idleMs, totalMs}.
  timeouts           jsonb NOT NULL DEFAULT '{}',
  health             text NOT NULL DEFAULT 'unknown' CHECK (health IN ('unknown', 'up', 'loading', 'down')),
  health_since       timestamptz,
  health_detail      text NOT NULL DEFAULT '',
  -- When somebody last set out to read its model list; of several processes one does.
  checked_at         timestamptz,
  -- The circuit: failures in a row, and while it is open, when it may be tried again.
  failures           integer NOT NULL DEFAULT 0,
  retry_at           timestamptz,
  source             text NOT NULL DEFAULT 'admin' CHECK (source IN ('admin', 'environment', 'discovered', 'built-in')),
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now()
);

-- Kept while the endpoint is down, so that its models stay known.
CREATE TABLE models (
  endpoint_id     uuid NOT NULL REFERENCES endpoints ON DELETE CASCADE,
  name            text NOT NULL,
  context_window  integer,
  -- Its place among the endpoint's models, the likeliest choice first.
  position        integer NOT NULL DEFAULT 0,
  -- Chosen by an admin. Without a choice the default is the first model in order.
  is_default      boolean NOT NULL DEFAULT false,
  seen_at         timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (endpoint_id, name)
);
-- At most one default model in the instance.
CREATE UNIQUE INDEX models_one_default ON models (is_default) WHERE is_default;
