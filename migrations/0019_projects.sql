-- Projects: rooms that several people share, with what they may do there and the links that invite into them.

CREATE TABLE projects (
  id                  uuid PRIMARY KEY,
  name                text NOT NULL,
  description         text NOT NULL DEFAULT '',
  icon                text NOT NULL DEFAULT '',
  archived            boolean NOT NULL DEFAULT false,
  settings            jsonb NOT NULL DEFAULT '{}',
  -- What a chat becomes that is made in it, or moved into it, without saying.
  default_visibility  text NOT NULL DEFAULT 'shared' CHECK (default_visibility IN ('shared', 'private')),
  -- Deleted projects answer 404 at once and are removed for good a day later, which is what makes undo possible.
  deleted_at          timestamptz,
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX projects_deleted ON projects (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE project_members (
  project_id  uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role        text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  joined_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, user_id)
);
CREATE INDEX project_members_by_user ON project_members (user_id);

-- Of a link only the hash of its token is kept: the token is shown once, when it is made.
CREATE TABLE project_invites (
  id          uuid PRIMARY KEY,
  project_id  uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  hash        text NOT NULL UNIQUE,
  role        text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  expires_at  timestamptz,
  max_uses    integer,
  uses        integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX project_invites_by_project ON project_invites (project_id);

-- A chat is its author's alone (user_id), or shared with the members of the project it is in.
ALTER TABLE chats ADD COLUMN visibility text NOT NULL DEFAULT 'private' CHECK (visibility IN ('shared', 'private'));
ALTER TABLE chats ADD CONSTRAINT chats_shared_in_project CHECK (visibility = 'private' OR project_id IS NOT NULL);
ALTER TABLE chats ADD CONSTRAINT chats_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects ON DELETE NO ACTION;
CREATE INDEX chats_by_project ON chats (project_id, active_at DESC, id DESC)
  WHERE project_id IS NOT NULL AND deleted_at IS NULL;
-- Where it was when its project was deleted, and how visible, so that it goes back there when that is undone.
ALTER TABLE chats ADD COLUMN left_project_id uuid REFERENCES projects ON DELETE SET NULL;
ALTER TABLE chats ADD COLUMN left_visibility text;
CREATE INDEX chats_that_left ON chats (left_project_id) WHERE left_project_id IS NOT NULL;

-- Who said it, or asked for it, in somebody else's chat, and keeps it on their account; null: whose chat it is. The name of
-- somebody who is gone is not known any more, but it is still not somebody else's: so this refers to nothing.
ALTER TABLE messages ADD COLUMN author_id uuid;
CREATE INDEX messages_by_other_author ON messages (author_id) WHERE author_id IS NOT NULL;
