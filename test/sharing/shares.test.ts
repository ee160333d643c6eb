/** What somebody sees who has a link, and for how long; what they do not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { recountStorage, removeIdleGuests } from '#features/accounts/server/index.ts';
import { purgeEndedShares } from '#features/sharing/server/index.ts';
import type { SharedChat } from '#features/sharing/sharing.ts';
import { admin, guest, type Person, signIn, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { eventually } from '../harness/streams.ts';
import { askToShare, QUICK, read, say, share, textsOf } from './people.ts';

let parley: TestParley;
let boss: Person;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  await addEndpoint(parley.services, { slots: 4 });
  ada = await signUp(parley.url, { name: 'Ada Lovelace', email: 'ada@example.org' });
});
afterAll(() => parley.close());

const sql = (text: string, values: unknown[] = []) => parley.services.db.$client.query(text, values);
const storedBytes = async (person: Person) =>
  (await sql('SELECT bytes FROM storage WHERE owner_id = $1', [person.userId])).rows[0].bytes as number;
const statusOf = async (token: string) => [
  (await read(parley.url, token)).status,
  (await fetch(`${parley.url}/s/${token}`)).status,
];

describe('a link', () => {
  test('shows title and texts of the branch as it was, to who is nobody, and stays when the chat goes on', async () => {
    const { chat, message } = await say(ada, '/script text="first answer" rate=0');
    await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'PATCH', json: { title: 'Engines' } });
    const made = await share(ada, chat.id);
    expect(made.url).toBe(`${parley.url}/s/${made.token}`);
    expect(made.token).toMatch(/^[\w-]{43}$/);
    const before = (await read(parley.url, made.token)).body;
    expect(before).toEqual({
      title: 'Engines',
      createdAt: made.createdAt,
      expiresAt: null,
      messages: [
        { role: 'user', content: [{ type: 'text', text: '/script text="first answer" rate=0' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'first answer' }] },
      ],
    });
    await say(ada, '/script text="later answer" rate=0', chat.id);
    await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'PATCH', json: { title: 'Renamed' } });
    await ada.fetch(`/api/v1/messages/${message.id}`, { method: 'DELETE' });
    expect((await read(parley.url, made.token)).body).toEqual(before);
    expect((await read(parley.url, (await share(ada, chat.id)).token)).body.title).toBe('Renamed');
  });

  test('shows no id, person, model, tag, note, rating, metadata, error or instruction', async () => {
    const { chat, message, reply, generation } = await say(ada, '/script text="an answer" rate=0');
    await ada.fetch(`/api/v1/chats/${chat.id}`, {
      method: 'PATCH',
      json: { tags: ['secret-tag'], description: 'secret-note', metadata: { secret: 'secret-key' } },
    });
    await ada.fetch(`/api/v1/chats/${chat.id}/context`, { method: 'PUT', json: { content: 'secret-rule' } });
    await ada.fetch(`/api/v1/messages/${message.id}`, {
      method: 'PATCH',
      json: { metadata: { a: 'secret-of-message' } },
    });
    await ada.fetch(`/api/v1/messages/${reply.id}/rating`, {
      method: 'PUT',
      json: { value: 1, comment: 'secret-opinion' },
    });
    await say(ada, '/script fail=first', chat.id);
    const { token, id } = await share(ada, chat.id, { includeReasoning: true });
    const answer = await fetch(`${parley.url}/api/v1/shares/${token}`);
    const text = await answer.text();
    expect(text).not.toMatch(
      /secret|Ada|Lovelace|example\.org|scripted|endpoint_error|failed|[0-9a-f]{8}-[0-9a-f]{4}-/,
    );
    for (const hidden of [chat.id, message.id, reply.id, generation.id, ada.userId, id])
      expect(text).not.toContain(hidden);
    const page = await (await fetch(`${parley.url}/s/${token}`)).text();
    expect(page).not.toContain('an answer');
  });

  test('shows what a model thought only where that was asked for, and never what tools and instructions say', async () => {
    const { chat } = await say(ada, '/script reasoning=20 tokens=5 rate=0');
    const parts = async (json: object) => {
      const { token } = await share(ada, chat.id, json);
      return (await read(parley.url, token)).body.messages.flatMap(({ content }) =>
        content.map(({ type }) => type),
      );
    };
    expect(await parts({})).toEqual(['text', 'text']);
    expect(await parts({ includeReasoning: true })).toEqual(['text', 'reasoning', 'text']);
    await sql(
      `WITH told AS (INSERT INTO messages (id, chat_id, parent_id, role, content)
         SELECT gen_random_uuid(), id, leaf_message_id, r.role, '[{"type":"text","text":"not for you"}]'
         FROM chats, (VALUES ('tool')) AS r(role) WHERE id = $1 RETURNING id)
       UPDATE chats SET leaf_message_id = told.id FROM told WHERE chats.id = $1`,
      [chat.id],
    );
    const { token } = await share(ada, chat.id);
    expect(textsOf((await read(parley.url, token)).body)).not.toContain('not for you');
  });

  test('shows nothing of a reply that is still written, and nothing of other branches', async () => {
    const { chat, message } = await say(ada, '/script text="one" rate=0');
    const again = await ada.fetch(`/api/v1/messages/${message.id}/edit`, { method: 'POST', json: {} });
    expect(again.status).toBe(400);
    await ada.fetch(`/api/v1/chats/${chat.id}/messages`, {
      method: 'POST',
      json: { content: '/script tokens=5000 rate=20', parentId: null },
    });
    const { token } = await share(ada, chat.id);
    expect(textsOf((await read(parley.url, token)).body)).toEqual(['/script tokens=5000 rate=20']);
    await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'DELETE' });
  });

  test('is listed without its token, withdrawn at once, and its room comes back', async () => {
    const { chat } = await say(ada, QUICK);
    const before = await storedBytes(ada);
    const made = await share(ada, chat.id, { includeReasoning: true });
    expect(await storedBytes(ada)).toBeGreaterThan(before + 256);
    const list = await ada.fetch(`/api/v1/chats/${chat.id}/shares`);
    const text = await list.text();
    expect(text).not.toContain(made.token);
    expect(JSON.parse(text)).toEqual({
      items: [
        { id: made.id, createdAt: made.createdAt, expiresAt: null, includeReasoning: true, messageCount: 2 },
      ],
      nextCursor: null,
    });
    const { rows } = await sql('SELECT * FROM shares WHERE id = $1', [made.id]);
    expect(JSON.stringify(rows)).not.toContain(made.token);
    const path = `/api/v1/chats/${chat.id}/shares/${made.id}`;
    expect((await ada.fetch(path, { method: 'DELETE' })).status).toBe(204);
    expect(await statusOf(made.token)).toEqual([404, 404]);
    expect(await storedBytes(ada)).toBe(before);
    expect((await ada.fetch(path, { method: 'DELETE' })).status).toBe(404);
  });

  test('ends at its date, and what has ended is removed', async () => {
    const { chat } = await say(ada, QUICK);
    const before = await storedBytes(ada);
    const past = await askToShare(ada, chat.id, { expiresAt: '2020-01-01T00:00:00Z' });
    expect([past.status, ((await past.json()) as { error: { field: string } }).error.field]).toEqual([
      400,
      'expiresAt',
    ]);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const made = await share(ada, chat.id, { expiresAt: soon });
    expect(made.expiresAt).toBe(soon);
    expect(await statusOf(made.token)).toEqual([200, 200]);
    await sql(`UPDATE shares SET expires_at = now() - interval '1 second' WHERE id = $1`, [made.id]);
    expect(await statusOf(made.token)).toEqual([404, 404]);
    const list = (await (await ada.fetch(`/api/v1/chats/${chat.id}/shares`)).json()) as { items: unknown[] };
    expect(list.items).toEqual([]);
    expect(await purgeEndedShares(parley.services)).toBe(1);
    expect(await storedBytes(ada)).toBe(before);
  });

  test('goes with its chat and comes back with it', async () => {
    const { chat } = await say(ada, QUICK);
    const { token } = await share(ada, chat.id);
    await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'DELETE' });
    expect(await statusOf(token)).toEqual([404, 404]);
    await ada.fetch(`/api/v1/chats/${chat.id}/restore`, { method: 'POST' });
    expect(await statusOf(token)).toEqual([200, 200]);
  });

  test('holds as long as who made it may manage the chat, and is not disabled', async () => {
    let bob = await signUp(parley.url);
    const { chat } = await say(bob, QUICK);
    const { token } = await share(bob, chat.id);
    const disable = (disabled: boolean) =>
      boss.fetch(`/api/v1/admin/users/${bob.userId}`, { method: 'PATCH', json: { disabled } });
    await disable(true);
    expect(await statusOf(token)).toEqual([404, 404]);
    await disable(false);
    bob = await signIn(parley.url, bob);
    expect(await statusOf(token)).toEqual([200, 200]);

    const room = (await (
      await ada.fetch('/api/v1/projects', { method: 'POST', json: { name: 'Room' } })
    ).json()) as { id: string };
    const put = (role: string) =>
      ada.fetch(`/api/v1/projects/${room.id}/members/${bob.userId}`, { method: 'PUT', json: { role } });
    await put('editor');
    await bob.fetch(`/api/v1/chats/${chat.id}`, {
      method: 'PATCH',
      json: { projectId: room.id, visibility: 'shared' },
    });
    expect(await statusOf(token)).toEqual([200, 200]);
    const byOwner = await share(ada, chat.id);
    await put('viewer');
    expect(await statusOf(token)).toEqual([404, 404]);
    expect(await statusOf(byOwner.token)).toEqual([200, 200]);
  });

  test('of a guest comes along when they sign in, and goes when they do', async () => {
    const [one, other] = [await guest(parley.url), await guest(parley.url)] as const;
    const kept = await share(one, (await say(one, QUICK)).chat.id);
    const lost = await share(other, (await say(other, QUICK)).chat.id);
    const account = await signIn(parley.url, await signUp(parley.url), one);
    expect(await statusOf(kept.token)).toEqual([200, 200]);
    const stored = await storedBytes(account);
    await recountStorage(parley.services);
    expect(await storedBytes(account)).toBe(stored);
    await sql(`UPDATE users SET last_active_at = now() - interval '1 year' WHERE id = $1`, [other.userId]);
    await removeIdleGuests(parley.services);
    expect(await statusOf(lost.token)).toEqual([404, 404]);
    expect(await statusOf(kept.token)).toEqual([200, 200]);
  });

  test('cannot be switched on for a temporary chat, nor anywhere once an admin has switched it off', async () => {
    const made = await ada.fetch('/api/v1/chats', { method: 'POST', json: { temporary: true } });
    const temporary = (await made.json()) as { id: string };
    expect((await askToShare(ada, temporary.id)).status).toBe(409);
    const { chat } = await say(ada, QUICK);
    const { token } = await share(ada, chat.id);
    const set = (sharing: string | null) =>
      boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { sharing } });
    expect((await (await set('off')).json()) as object).toMatchObject({ sharing: 'off' });
    expect((await askToShare(ada, chat.id)).status).toBe(403);
    expect((await ada.fetch(`/api/v1/chats/${chat.id}/shares`)).status).toBe(403);
    expect(await statusOf(token)).toEqual([404, 404]);
    expect((await (await set(null)).json()) as object).toMatchObject({ sharing: 'on' });
    expect(await statusOf(token)).toEqual([200, 200]);
  });

  test('is one of 50 at most, and shows at most 8 MiB of text', async () => {
    const { chat } = await say(ada, QUICK);
    for (let count = 0; count < 50; count++) await share(ada, chat.id);
    expect((await askToShare(ada, chat.id)).status).toBe(409);
    const long = await say(ada, QUICK);
    await sql(
      `UPDATE messages SET content = jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('x', $2))) WHERE id = $1`,
      [long.message.id, 8 * 1024 * 1024],
    );
    expect((await askToShare(ada, long.chat.id)).status).toBe(413);
  });

  test('is told of to the other pages of who made it', async () => {
    const { chat } = await say(ada, QUICK);
    const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
      headers: { cookie: ada.cookie },
    });
    const frames: unknown[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    await eventually(
      async () => frames.length,
      (count) => count > 0,
    );
    await share(ada, chat.id);
    await eventually(
      async () => JSON.stringify(frames),
      (text) => text.includes('"shares_changed"'),
    );
    expect(frames).toContainEqual({ type: 'shares_changed', payload: { chatId: chat.id } });
    socket.terminate();
  });
});

test('a chat without a word can be shared, and shows its title', async () => {
  const made = await ada.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Nothing yet' } });
  const { token } = await share(ada, ((await made.json()) as { id: string }).id);
  expect((await read(parley.url, token)).body satisfies SharedChat).toMatchObject({
    title: 'Nothing yet',
    messages: [],
  });
});
