-- Agents: a model, parameters, instructions and tools under a name. What an agent is stands in its versions, none of which is
-- ever changed; the row itself says whose it is and which version is in force.
CREATE TABLE agents (
  id           uuid PRIMARY KEY,
  scope        text NOT NULL CHECK (scope IN ('personal', 'project', 'instance')),
  owner_id     uuid REFERENCES users ON DELETE CASCADE,
  project_id   uuid REFERENCES projects ON DELETE CASCADE,
  version      integer NOT NULL,
  -- An archived agent answers nothing any more, and stays readable for the replies that it gave.
  archived     boolean NOT NULL DEFAULT false,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT agents_owner CHECK ((scope = 'personal') = (owner_id IS NOT NULL)),
  CONSTRAINT agents_project CHECK ((scope = 'project') = (project_id IS NOT NULL))
);
CREATE INDEX agents_by_owner ON agents (owner_id, id) WHERE owner_id IS NOT NULL;
CREATE INDEX agents_by_project ON agents (project_id, id) WHERE project_id IS NOT NULL;
CREATE INDEX agents_of_instance ON agents (id) WHERE scope = 'instance';

CREATE TABLE agent_versions (
  agent_id       uuid NOT NULL REFERENCES agents ON DELETE CASCADE,
  version        integer NOT NULL CHECK (version > 0),
  name           text NOT NULL,
  description    text NOT NULL,
  icon           text NOT NULL,
  model_id       text,
  parameters     jsonb NOT NULL,
  instructions   text NOT NULL,
  tools          text[] NOT NULL,
  starters       text[] NOT NULL,
  -- Stays when the user goes, and then names nobody.
  created_by     uuid,
  created_at     timestamptz NOT NULL DEFAULT now(),
  restored_from  integer,
  PRIMARY KEY (agent_id, version)
);
CREATE INDEX agent_versions_by_author ON agent_versions (created_by);

-- Which agent answers in a chat; which one wrote a reply, and in which version, also once it is gone.
ALTER TABLE chats ADD COLUMN agent_id uuid REFERENCES agents ON DELETE SET NULL;
CREATE INDEX chats_by_agent ON chats (agent_id) WHERE agent_id IS NOT NULL;
ALTER TABLE messages ADD COLUMN agent_id uuid;
ALTER TABLE generations ADD COLUMN agent_id uuid, ADD COLUMN agent_version integer;

-- Layers of settings: {modelId, parameters, tools}. A project's stand in its own column, the instance's in its one row.
ALTER TABLE chats ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';
ALTER TABLE users ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';
