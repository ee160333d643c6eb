-- How a reply ended has a field of its own; metadata is the person's and importers'.
ALTER TABLE messages ADD COLUMN ending jsonb;
UPDATE messages SET
  ending = jsonb_build_object('state', metadata -> 'state', 'error', coalesce(metadata -> 'error', 'null'),
    'finishReason', coalesce(metadata -> 'finishReason', 'null'), 'model', coalesce(metadata -> 'model', '""'),
    'inputTokens', coalesce(metadata -> 'inputTokens', 'null'), 'outputTokens', coalesce(metadata -> 'outputTokens', 'null'),
    'ttftMs', coalesce(metadata -> 'ttftMs', 'null'), 'durationMs', coalesce(metadata -> 'durationMs', 'null'))
    || CASE WHEN metadata -> 'tokensEstimated' = 'true' THEN '{"tokensEstimated": true}'::jsonb ELSE '{}' END,
  metadata = metadata - '{state,error,finishReason,model,inputTokens,outputTokens,ttftMs,durationMs,tokensEstimated}'::text[]
WHERE generation_id IS NOT NULL AND metadata ? 'state';

-- Deleting one message never takes what was said after it. A chat's deletion takes all of its messages in one statement,
-- at the end of which nothing refers to anything.
ALTER TABLE messages DROP CONSTRAINT messages_parent_id_fkey;
ALTER TABLE messages ADD CONSTRAINT messages_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES messages ON DELETE NO ACTION;

-- What a reply begins with that goes on from an unfinished one.
ALTER TABLE generations ADD COLUMN opening text;

-- Chats could name projects before there were any; what they named is nobody's.
UPDATE chats SET project_id = NULL WHERE project_id IS NOT NULL;
