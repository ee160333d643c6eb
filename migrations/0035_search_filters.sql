-- Messages with code, and with files, are few among many: they are walked through by themselves, from the newest on.
CREATE INDEX message_search_with_code ON message_search (scope_id, created_at DESC, message_id DESC) WHERE has_code;
CREATE INDEX message_search_with_file ON message_search (scope_id, created_at DESC, message_id DESC) WHERE has_file;
