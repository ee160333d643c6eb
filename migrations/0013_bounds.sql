-- Who was shut out is looked for twice a second, with what they still have in line.
CREATE INDEX users_disabled ON users (id) WHERE disabled_at IS NOT NULL;
