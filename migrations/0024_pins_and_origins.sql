-- A pinned chat stands above the list of whoever wrote it. A temporary one is in no list at all, and goes by itself.
ALTER TABLE chats ADD COLUMN pinned boolean NOT NULL DEFAULT false, ADD COLUMN temporary boolean NOT NULL DEFAULT false;

-- What was brought in from elsewhere: under which id it was known there, and where that was.
ALTER TABLE chats ADD COLUMN original_id text, ADD COLUMN origin jsonb;
ALTER TABLE messages ADD COLUMN original_id text;
