-- What somebody did to many chats at once, kept for a day so that all of it can be taken back.
CREATE TABLE undos (
  id          uuid PRIMARY KEY,
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  action      text NOT NULL,
  tag         text,
  -- Each chat that was changed, by its id, with what of it is not the same for all of them. Empty once it was taken back.
  chats       jsonb NOT NULL,
  count       integer NOT NULL,
  undone_at   timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX undos_by_user ON undos (user_id, created_at);
CREATE INDEX undos_by_age ON undos (created_at);

CREATE INDEX chats_pinned ON chats (user_id, active_at DESC, id DESC) WHERE pinned AND deleted_at IS NULL;
-- Most chats have no metadata, and cost this index nothing.
CREATE INDEX chats_by_metadata ON chats USING gin (metadata jsonb_path_ops) WITH (gin_pending_list_limit = 512)
  WHERE metadata <> '{}' AND deleted_at IS NULL;

-- Row by row, a change of ten thousand chats would write their user's row as many times in one transaction, and walk through all
-- that it wrote before each time. Who changes many counts them together, and says so.
DROP TRIGGER chats_counted_changed ON chats;
CREATE TRIGGER chats_counted_changed AFTER UPDATE OF archived, deleted_at, user_id ON chats
  FOR EACH ROW WHEN ((OLD.archived, OLD.deleted_at IS NULL, OLD.user_id)
    IS DISTINCT FROM (NEW.archived, NEW.deleted_at IS NULL, NEW.user_id)
    AND current_setting('parley.chats_counted_together', true) IS DISTINCT FROM 'yes')
  EXECUTE FUNCTION count_changed_chat();
