/** Real things of one owner for every name a route may have in its address, and bodies that pass validation. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { BlobStore } from '#platform/blobs/blob-store.ts';
import { receiveBlob } from '#platform/blobs/receive-blob.ts';
import { hashOfToken, newToken } from '#platform/secret-token.ts';

/** A fixture by the name of the address parameter, alone or after its route: inserts one of the owner's and returns its id. */
export const FIXTURES: Record<string, (db: pg.Pool, ownerId: string, blobs: BlobStore) => Promise<string>> = {
  ':chatId': makeChat,
  ':messageId': async (db, ownerId) => makeMessage(db, await makeChat(db, ownerId), 'user'),
  ':replyId': async (db, ownerId) => makeMessage(db, await makeChat(db, ownerId), 'assistant'),
  ':userMessageId': makeComparison,
  ':generationId': makeGeneration,
  ':outboxId': async (db, ownerId) => makeItem(db, await makeChat(db, ownerId), ownerId),
  ':projectId': makeProject,
  ':agentId': makeAgent,
  ':fileId': makeFile,
  // Of the chat that was made for it last.
  ':shareId': (db, ownerId) => makeShare(db, ownerId, randomUUID()),
  ':token': async (db, ownerId) => {
    const token = newToken();
    await makeChat(db, ownerId);
    await makeShare(db, ownerId, token);
    return token;
  },
  ':inviteId': async (db, ownerId) =>
    idOf(
      db,
      `INSERT INTO project_invites (id, project_id, hash, role)
       SELECT gen_random_uuid(), project_id, $2, 'viewer' FROM project_members
       WHERE user_id = $1 ORDER BY joined_at DESC LIMIT 1 RETURNING id`,
      [ownerId, randomUUID()],
    ),
  ':accountInviteId': (db) =>
    idOf(db, 'INSERT INTO invites (id, hash) VALUES (gen_random_uuid(), $1) RETURNING id', [randomUUID()]),
  ':apiKeyId': async (db, ownerId) =>
    idOf(
      db,
      `INSERT INTO api_keys (id, user_id, name, hash, prefix) VALUES (gen_random_uuid(), $1, 'K', $2, 'pk_') RETURNING id`,
      [ownerId, randomUUID()],
    ),
  ':endpointId': (db) =>
    idOf(
      db,
      `INSERT INTO endpoints (id, name, kind, enabled) VALUES (gen_random_uuid(), $1, 'scripted', false) RETURNING id`,
      [`e${randomUUID()}`],
    ),
  '/api/v1/messages/:messageId/context :messageId': async (db, ownerId) => {
    const id = await makeMessage(db, await makeChat(db, ownerId), 'assistant');
    await db.query('UPDATE messages SET ending = $2 WHERE id = $1', [id, JSON.stringify(ENDING)]);
    return id;
  },
  // Of the owner's own instructions, and of all their chats.
  ':version': (db, ownerId) =>
    idOf(
      db,
      `INSERT INTO context_versions (kind, owner_id, version, content, created_by)
       SELECT kind, id, 987654, 'The owner''s secret', $1
       FROM (SELECT 'personal' AS kind, $1::uuid AS id UNION SELECT 'chat', id FROM chats WHERE user_id = $1
         UNION SELECT 'project', project_id FROM project_members WHERE user_id = $1) owners
       ON CONFLICT (kind, owner_id, version) DO UPDATE SET content = excluded.content RETURNING version AS id`,
      [ownerId],
    ).then(String),
  '/api/v1/agents/:agentId/versions/:version :version': () => Promise.resolve('1'),
  '/api/v1/agents/:agentId/versions/:version/restore :version': () => Promise.resolve('1'),
  ':name': async (db, ownerId) => {
    const tag = randomUUID();
    await db.query('UPDATE chats SET tags = ARRAY[$2] WHERE id = $1', [await makeChat(db, ownerId), tag]);
    return tag;
  },
  ':modelId': () => Promise.resolve('none'),
  ':providerId': () => Promise.resolve('oidc'),
  ':userId': (_db, ownerId) => Promise.resolve(ownerId),
  // Whoever asks goes on asking after it: somebody else is signed out.
  '/api/v1/admin/users/:userId/sign-out :userId': (db) =>
    idOf(db, `INSERT INTO users (id, name, email) VALUES (gen_random_uuid(), 'Somebody', $1) RETURNING id`, [
      `${randomUUID()}@example.org`,
    ]),
};

/** Of a reply with a stamp. */
const ENDING = {
  state: 'completed',
  model: 'e/m',
  context: { primary: 0, omitted: 0, estimatedTokens: 10, sha256: 'sha256:none' },
};

/** What belongs to nobody in particular, so no ownership is to be shown: only admins reach it, or whoever has the link. */
export const OF_THE_INSTANCE = new Set([':endpointId', ':modelId', ':userId', ':token', ':accountInviteId']);

/** Bodies for routes whose schema does not accept `{}`; without one the answer would be 400 and prove nothing. */
export const BODIES: Record<string, unknown | ((path: string) => unknown)> = {
  'POST /api/v1/api-keys': { name: 'A key' },
  'POST /api/v1/chats/:chatId/messages': { content: 'Hello' },
  'POST /api/v1/messages/:messageId/edit': { content: 'Hello' },
  'PUT /api/v1/messages/:replyId/rating': { value: 1 },
  'POST /api/v1/messages/:userMessageId/prefer': (path: string) => {
    const [chosen, over] = comparedBelow(path.split('/').at(-2)!);
    return { chosen, over: [over], verdict: 'better' };
  },
  'PATCH /api/v1/tags/:name': { name: 'Renamed' },
  'POST /api/v1/chats/bulk': { filter: { archived: 'all' }, action: 'pin' },
  'POST /api/v1/undo': { undo: 'none' },
  'POST /api/v1/messages': { chat: {}, message: { content: 'Hello' } },
  'POST /api/v1/admin/endpoints': { name: 'mine', kind: 'scripted' },
  'PATCH /api/v1/admin/generations/:generationId': { class: 'batch' },
  'POST /api/v1/admin/endpoints/test': { kind: 'scripted' },
  'PUT /api/v1/admin/default-model': { modelId: null },
  'POST /api/v1/projects': { name: 'A project' },
  'POST /api/v1/agents': { name: 'An agent' },
  'POST /api/v1/projects/join': { token: 'none' },
  'PUT /api/v1/projects/:projectId/members/:userId': { role: 'owner' },
  'POST /api/v1/projects/:projectId/invites': { role: 'viewer' },
  'POST /api/v1/me/email': { email: 'moved@example.org', password: 'not the password' },
  'PUT /api/v1/me/context': { content: 'Be brief.' },
  'PUT /api/v1/admin/context': { content: 'Be brief.' },
  'PUT /api/v1/projects/:projectId/context': { content: 'Be brief.' },
  'PUT /api/v1/chats/:chatId/context': { content: 'Be brief.' },
  'POST /v1/chat/completions': { model: 'none/none', messages: [{ role: 'user', content: 'Hello' }] },
};

/** Routes anybody may call. A route that is public and not named here fails the test. */
export const PUBLIC_ROUTES = [
  /^\/healthz$/,
  /^\/readyz$/,
  /^\/api\/auth\//,
  /^\/api\/v1\/openapi\.json$/,
  /^\/api\/v1\/proof$/,
  /^\/api\/docs(\/|$)/,
  // Its own rule: a token, or an admin.
  /^\/metrics$/,
  // Whoever has a link.
  /^\/api\/v1\/shares\/:token$/,
  /^\/s\/:token$/,
  // The page.
  /^\/\*$/,
];

async function makeChat(db: pg.Pool, ownerId: string): Promise<string> {
  return idOf(
    db,
    `INSERT INTO chats (id, user_id, title) VALUES (gen_random_uuid(), $1, 'The owner''s secret') RETURNING id`,
    [ownerId],
  );
}

/** A link to the owner's newest chat. */
export async function makeShare(db: pg.Pool, ownerId: string, token: string): Promise<string> {
  return idOf(
    db,
    `INSERT INTO shares (id, chat_id, user_id, hash, title, messages, message_count, with_reasoning)
     SELECT gen_random_uuid(), id, user_id, $2, 'The owner''s secret', '[]', 0, false FROM chats
     WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1 RETURNING id`,
    [ownerId, hashOfToken(token)],
  );
}

async function makeMessage(db: pg.Pool, chatId: string, role: string): Promise<string> {
  return idOf(
    db,
    `INSERT INTO messages (id, chat_id, role, content)
     VALUES (gen_random_uuid(), $1, $2, '[{"type":"text","text":"The owner''s secret"}]') RETURNING id`,
    [chatId, role],
  );
}

/** A message of somebody's that waits in a chat, and was held. */
export async function makeItem(db: pg.Pool, chatId: string, userId: string): Promise<string> {
  return idOf(
    db,
    `INSERT INTO outbox (id, chat_id, user_id, content, input, position, state)
     VALUES (gen_random_uuid(), $1, $2, '[{"type":"text","text":"The owner''s secret"}]', '{"client":"web"}', 0, 'held') RETURNING id`,
    [chatId, userId],
  );
}

async function makeProject(db: pg.Pool, ownerId: string): Promise<string> {
  return idOf(
    db,
    `WITH made AS (INSERT INTO projects (id, name) VALUES (gen_random_uuid(), 'The owner''s secret') RETURNING id)
     INSERT INTO project_members (project_id, user_id, role) SELECT id, $1, 'owner' FROM made RETURNING project_id AS id`,
    [ownerId],
  );
}

async function makeAgent(db: pg.Pool, ownerId: string): Promise<string> {
  return idOf(
    db,
    `WITH made AS (INSERT INTO agents (id, scope, owner_id, version) VALUES (gen_random_uuid(), 'personal', $1, 1) RETURNING id)
     INSERT INTO agent_versions (agent_id, version, name, description, icon, parameters, instructions, tools, starters)
     SELECT id, 1, 'The owner''s secret', '', '', '{}', 'The owner''s secret', '{}', '{}' FROM made
     RETURNING agent_id AS id`,
    [ownerId],
  );
}

/** The ids of two replies to a message, made from its own. */
const comparedBelow = (id: string): string[] => ['1', '2'].map((place) => `${id.slice(0, -1)}${place}`);

/** A message with two replies to compare. */
async function makeComparison(db: pg.Pool, ownerId: string): Promise<string> {
  const chatId = await makeChat(db, ownerId);
  const id = `${randomUUID().slice(0, -1)}0`;
  const insert = `INSERT INTO messages (id, chat_id, parent_id, role) VALUES ($1, $2, $3, $4) RETURNING id`;
  await idOf(db, insert, [id, chatId, null, 'user']);
  for (const reply of comparedBelow(id)) await idOf(db, insert, [reply, chatId, id, 'assistant']);
  return id;
}

/** One that failed: it can be read, followed, cancelled (which changes nothing) and retried. */
async function makeGeneration(db: pg.Pool, ownerId: string): Promise<string> {
  const chatId = await makeChat(db, ownerId);
  const asked = await makeMessage(db, chatId, 'user');
  const reply = await makeMessage(db, chatId, 'assistant');
  const id = await idOf(
    db,
    `INSERT INTO generations (id, user_id, chat_id, message_id, user_message_id, model_name, model_id, state, finished_at, events_kept, error)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, 'm', 'e/m', 'failed', now(), false,
             '{"code":"endpoint_error","detail":"It broke.","retryable":true}') RETURNING id`,
    [ownerId, chatId, reply, asked],
  );
  await db.query('UPDATE messages SET parent_id = $2, generation_id = $3 WHERE id = $1', [reply, asked, id]);
  await db.query('UPDATE chats SET leaf_message_id = $2 WHERE id = $1', [chatId, reply]);
  return id;
}

async function idOf(db: pg.Pool, text: string, values: unknown[]): Promise<string> {
  const { rows } = await db.query<{ id: string }>(text, values);
  return rows[0]!.id;
}

async function makeFile(db: pg.Pool, ownerId: string, blobs: BlobStore): Promise<string> {
  const received = await receiveBlob(blobs, Readable.from([Buffer.from(randomUUID())]), () => {});
  const { sha256, size } = received;
  await db.query('INSERT INTO blobs (sha256, size, unused_since) VALUES ($1, $2, NULL)', [sha256, size]);
  await blobs.keep(received, received.path);
  return idOf(
    db,
    `INSERT INTO files (id, owner_id, name, media_type, size, sha256)
     VALUES (gen_random_uuid(), $1, 'a.txt', 'text/plain', $2, $3) RETURNING id`,
    [ownerId, size, sha256],
  );
}
