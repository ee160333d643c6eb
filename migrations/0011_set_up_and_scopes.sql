-- What the first account is made with, from another machine; until there is an admin. In the clear: whoever reads the table can
-- make themselves admin in it as well, and every process must be able to print it.
ALTER TABLE instance ADD COLUMN setup_code text;

-- What a key may do. Those there are keep what they could: everything of their owner's, and of an admin's the admin routes.
ALTER TABLE api_keys ADD COLUMN scopes text[] NOT NULL DEFAULT '{chat,models}'
  CHECK (cardinality(scopes) > 0 AND scopes <@ '{chat,models,admin}');
UPDATE api_keys SET scopes = '{chat,models,admin}'
FROM users u WHERE u.id = user_id AND u.role = 'admin' AND NOT u.is_anonymous;
