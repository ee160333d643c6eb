/** What is somebody's own, besides their chats: the one place that says so, for the file in which they take all of it along. */
import { mayWithChat } from '#features/projects/server/index.ts';

/** SQL: user `$1` may read chat `c`, and it goes out at all. */
const GOES_OUT = `c.deleted_at IS NULL AND NOT c.temporary AND ${mayWithChat('read', 'c', '$1')}`;
/** SQL: and it is one of theirs, whose record says the rest. */
const OWN_CHAT = `c.user_id = $1 AND ${GOES_OUT}`;
/** SQL: and it is somebody else's: of that, only what user `$1` put there is theirs. */
const OF_OTHERS = `c.user_id <> $1 AND ${GOES_OUT}`;

/** Who user `$1` is. */
export const PROFILE = `
  SELECT id, name, CASE WHEN is_anonymous THEN NULL ELSE email END AS email, email_verified AS "emailVerified",
    CASE WHEN is_anonymous THEN 'guest' ELSE role END AS role, two_factor_enabled AS "twoFactor", settings, language,
    created_at AS "createdAt", last_active_at AS "lastActiveAt"
  FROM users WHERE id = $1`;

/** Agents of user `$1`, a row for each of their versions. */
export const AGENT_VERSIONS = `
  SELECT a.id, a.archived, a.version AS current, a.created_at AS "createdAt", a.updated_at AS "updatedAt",
    jsonb_build_object('version', v.version, 'name', v.name, 'description', v.description, 'icon', v.icon, 'modelId', v.model_id,
      'parameters', v.parameters, 'instructions', v.instructions, 'tools', v.tools, 'starters', v.starters,
      'createdAt', to_char(v.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'restoredFrom', v.restored_from) AS was
  FROM agents a JOIN agent_versions v ON v.agent_id = a.id WHERE a.owner_id = $1 ORDER BY a.id, v.version`;

/** Lists by their names in `account.json`, each the rows of user `$1`. No secret is in any: no token, no hash, no key. */
export const OWN_LISTS: Record<string, string> = {
  waysIn: `
    SELECT provider_id AS provider, CASE WHEN provider_id <> 'credential' THEN account_id END AS "accountId",
      created_at AS "createdAt"
    FROM accounts WHERE user_id = $1 ORDER BY created_at, id`,
  apiKeys: `
    SELECT id, name, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
    FROM api_keys WHERE user_id = $1 ORDER BY id`,
  instructions: `
    SELECT kind, version, content, created_at AS "createdAt", restored_from AS "restoredFrom"
    FROM context_versions WHERE kind = 'personal' AND owner_id = $1 ORDER BY version`,
  chatInstructions: `
    SELECT c.id AS "chatId", v.version, v.content, v.created_at AS "createdAt", v.restored_from AS "restoredFrom"
    FROM chats c JOIN context_versions v ON v.kind = 'chat' AND v.owner_id = c.id
    WHERE ${OWN_CHAT} ORDER BY c.id, v.version`,
  projects: `
    SELECT p.id, p.name, m.role, m.joined_at AS "joinedAt"
    FROM project_members m JOIN projects p ON p.id = m.project_id
    WHERE m.user_id = $1 AND p.deleted_at IS NULL ORDER BY m.joined_at, p.id`,
  sharedLinks: `
    SELECT s.id, s.chat_id AS "chatId", s.title, s.message_count AS messages, s.created_at AS "createdAt",
      s.expires_at AS "expiresAt"
    FROM shares s JOIN chats c ON c.id = s.chat_id WHERE s.user_id = $1 AND ${GOES_OUT} ORDER BY s.created_at, s.id`,
  files: `
    SELECT id, name, media_type AS "mediaType", size, sha256, created_at AS "createdAt"
    FROM files WHERE owner_id = $1 ORDER BY created_at, id`,
  notSentYet: `
    SELECT o.id, o.chat_id AS "chatId", o.content, o.state, o.created_at AS "createdAt"
    FROM outbox o JOIN chats c ON c.id = o.chat_id WHERE o.user_id = $1 AND ${GOES_OUT} ORDER BY o.chat_id, o.position`,
  messagesElsewhere: `
    SELECT m.id, m.chat_id AS "chatId", p.name AS project, m.role, m.content, m.created_at AS "createdAt"
    FROM messages m JOIN chats c ON c.id = m.chat_id LEFT JOIN projects p ON p.id = c.project_id
    WHERE m.author_id = $1 AND m.deleted_at IS NULL AND (m.role = 'user' OR m.source = 'human_edit') AND ${OF_OTHERS}
    ORDER BY m.chat_id, m.ordinal`,
  ratingsElsewhere: `
    SELECT m.chat_id AS "chatId", r.message_id AS "messageId", r.value, r.tags, r.comment, r.updated_at AS "updatedAt"
    FROM ratings r JOIN messages m ON m.id = r.message_id JOIN chats c ON c.id = m.chat_id
    WHERE r.user_id = $1 AND m.deleted_at IS NULL AND ${OF_OTHERS} ORDER BY r.updated_at, r.message_id`,
  preferencesElsewhere: `
    SELECT q.chat_id AS "chatId", q.user_message_id AS "messageId", q.chosen, q.over, q.verdict, q.reason,
      q.created_at AS "createdAt"
    FROM preferences q JOIN chats c ON c.id = q.chat_id WHERE q.user_id = $1 AND ${OF_OTHERS} ORDER BY q.created_at, q.id`,
};

/** Where user `$1` is signed in. What a browser alone may see, no key of a program is told. */
export const SIGN_INS = `
  SELECT id, ip_address AS "ipAddress", user_agent AS "userAgent", created_at AS "createdAt", updated_at AS "lastUsedAt",
    expires_at AS "expiresAt"
  FROM sessions WHERE user_id = $1 AND expires_at > now() ORDER BY updated_at DESC, id`;
