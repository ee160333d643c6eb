-- The project that a chat was in when a reply was asked for there: whose instructions its model was told, wherever the chat is now.
ALTER TABLE generations ADD COLUMN project_id uuid;
UPDATE generations g SET project_id = c.project_id FROM chats c WHERE c.id = g.chat_id AND c.project_id IS NOT NULL;
