-- How a chat came by its title: 'words' where it is the first words of its first message, and a model may make a better one when the
-- first reply is complete; 'asked' while a model is at it. NULL: it stays, because a person wrote it, it was brought in, a
-- model has made it, or none is to.
ALTER TABLE chats ADD COLUMN titling text CHECK (titling IN ('words', 'asked'));

-- The chat for which a model makes a title, in a generation that is no reply there.
ALTER TABLE generations ADD COLUMN title_of uuid REFERENCES chats ON DELETE SET NULL;
CREATE INDEX generations_titles ON generations (title_of) WHERE title_of IS NOT NULL;
