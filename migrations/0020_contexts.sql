-- Instructions to the models, of the instance, a user, a project and a chat: one store of versions. A version is never
-- changed; who saves adds the next. The owner of kind `primary` is the instance, under the id of zeros.
CREATE TABLE context_versions (
  kind           text NOT NULL CHECK (kind IN ('primary', 'personal', 'project', 'chat')),
  owner_id       uuid NOT NULL,
  version        integer NOT NULL CHECK (version > 0),
  content        text NOT NULL,
  -- Stays when the user goes, and then names nobody.
  created_by     uuid,
  created_at     timestamptz NOT NULL DEFAULT now(),
  restored_from  integer,
  PRIMARY KEY (kind, owner_id, version)
);
CREATE INDEX context_versions_by_author ON context_versions (created_by);

-- They go with whose they are, whichever statement removes it.
CREATE FUNCTION drop_contexts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM context_versions v USING removed r WHERE v.kind = TG_ARGV[0] AND v.owner_id = r.id;
  RETURN NULL;
END $$;
CREATE TRIGGER chats_contexts_removed AFTER DELETE ON chats REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION drop_contexts('chat');
CREATE TRIGGER projects_contexts_removed AFTER DELETE ON projects REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION drop_contexts('project');
CREATE TRIGGER users_contexts_removed AFTER DELETE ON users REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION drop_contexts('personal');

-- How much a model can read, by its name, where its server does not say and an admin does.
ALTER TABLE endpoints ADD COLUMN windows jsonb NOT NULL DEFAULT '{}';
-- By how much what its server counts differs from what Parley estimates: {latin, other}. Null until it has counted.
ALTER TABLE models ADD COLUMN token_ratios jsonb;
