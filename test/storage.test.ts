/** What everybody stores is counted as it is written, and bounded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import { purgeDeletedChats } from '#features/chats/server/index.ts';
import type { Usage } from '#features/usage/usage.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { generationWhen } from '#test/harness/stored.ts';
import { eventually, send } from '#test/harness/streams.ts';

let parley: TestParley;
let boss: Person;
beforeAll(async () => {
  parley = await startTestParley({ maxChats: 2 });
  boss = await admin(parley.url);
  await addEndpoint(parley.services, { slots: 8 });
});
afterAll(() => parley.close());

/** What JSON writes in more bytes than it has, or in other ones. */
const ODD = '"quotes\\ and \t tabs, \u0001\u001f\u007f\u2028, é, 世界, 🎉, {"a": [1, 2]}';

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.services.db.$client.query(text, values)).rows;
const storage = async (person: Person) =>
  ((await (await person.fetch('/api/v1/usage')).json()) as Usage).storage;
const bytes = async (person: Person) => (await storage(person)).bytes;
const limit = (person: Person, limits: object) =>
  boss.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: limits });
const make = (person: Person, chat: object = {}) =>
  person.fetch('/api/v1/chats', { method: 'POST', json: chat });
const codeOf = async (answer: Response) =>
  ((await answer.json()) as { error?: { code: string } }).error?.code ?? null;
const counted = (owner: string) =>
  sql<{ bytes: number; chats: number }>('SELECT bytes, chats FROM storage WHERE owner_id = $1', [owner]);
/** By how much what is counted differs from what is there. */
async function drift(person: Person): Promise<unknown> {
  const before = await counted(person.userId);
  await recountStorage(parley.services);
  const after = await counted(person.userId);
  return [after[0]!.bytes - before[0]!.bytes, after[0]!.chats - before[0]!.chats];
}
async function ask(person: Person, content: string) {
  const sent = await send(person, content);
  await generationWhen(person, sent.generation.id);
  return sent;
}

describe('what somebody has stored', () => {
  it('is what they wrote, what was written to them, and what they wrote about it, and comes back when it is gone for good', async () => {
    const person = await signUp(parley.url);
    const sent = await ask(person, `/script tokens=200 rate=0\n${ODD}${'x'.repeat(50_000)}`);
    const said = await bytes(person);
    expect(said).toBeGreaterThan(51_000);
    expect(said).toBeLessThan(54_000);
    const chat = `/api/v1/chats/${sent.chat.id}`;
    await person.fetch(chat, { method: 'PATCH', json: { description: 'é'.repeat(5000), tags: ['a'] } });
    expect((await bytes(person)) - said).toBe(10_001);
    await person.fetch(chat, { method: 'PATCH', json: { description: '' } });
    const odd = {
      metadata: { [ODD]: [{ a: [], b: {}, c: [1.5, null, true, ODD] }, -1e21, 1.25e-9, 5e300, 0.1] },
      title: ODD,
    };
    await person.fetch(chat, { method: 'PATCH', json: odd });
    const stopped = await send(person, '/script tokens=5000 rate=50');
    await eventually(
      () =>
        sql('SELECT FROM generation_events WHERE generation_id = $1 AND last_seq > 1', [
          stopped.generation.id,
        ]),
      (rows) => rows.length > 0,
    );
    await person.fetch(`/api/v1/generations/${stopped.generation.id}/cancel`, { method: 'POST' });
    const goOn = await person.fetch(`/api/v1/messages/${stopped.message.id}/replies`, {
      method: 'POST',
      json: { continueFrom: stopped.reply.id },
    });
    const { generation } = (await goOn.json()) as { generation: { id: string } };
    await person.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST' });
    expect(await drift(person)).toEqual([0, 0]);
    for (const { id } of [sent.chat, stopped.chat])
      await person.fetch(`/api/v1/chats/${id}`, { method: 'DELETE' });
    expect(await bytes(person)).toBeGreaterThan(said);
    await sql(`UPDATE chats SET deleted_at = 'epoch' WHERE user_id = $1`, [person.userId]);
    await purgeDeletedChats(parley.services);
    expect(await counted(person.userId)).toEqual([{ bytes: 0, chats: 0 }]);
  });

  it('never exceeds their limit by what they send at once, and what is refused leaves nothing behind', async () => {
    const person = await signUp(parley.url);
    await limit(person, { maxStorageBytes: 60_000, maxChats: 100 });
    expect(await storage(person)).toEqual({ bytes: 0, maxBytes: 60_000 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        person.fetch('/api/v1/messages', {
          method: 'POST',
          json: { message: { content: `/script tokens=1 rate=0\n${'x'.repeat(10_000)}` } },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
    const refused = answers.find(({ status }) => status !== 202)!;
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      error: { code: 'storage_limit', reason: 'storage_full', params: { megabytes: 0.06 } },
    });
    expect(await sql('SELECT FROM chats WHERE user_id = $1', [person.userId])).toHaveLength(5);
    // What makes it less is never refused, what makes it more always.
    await limit(person, { maxStorageBytes: 100 });
    const [chat] = await sql<{ id: string }>('SELECT id FROM chats WHERE user_id = $1', [person.userId]);
    const change = (json: object) => person.fetch(`/api/v1/chats/${chat!.id}`, { method: 'PATCH', json });
    expect((await change({ title: '' })).status).toBe(200);
    expect(await codeOf(await change({ title: 'Longer' }))).toBe('storage_limit');
    expect(await codeOf(await make(person))).toBe('storage_limit');
  });

  it('is repaired when the count is wrong', async () => {
    const person = await signUp(parley.url);
    await ask(person, '/script tokens=5 rate=0');
    const [right] = await counted(person.userId);
    await sql('UPDATE storage SET bytes = 7, chats = 9 WHERE owner_id = $1', [person.userId]);
    await recountStorage(parley.services);
    expect(await counted(person.userId)).toEqual([right]);
  });
});

describe('guests', () => {
  it('have less room, share that of their address, and take what they have into their account', async () => {
    await boss.fetch('/api/v1/admin/settings', {
      method: 'PATCH',
      json: { guests: { maxStorageBytes: 30_000, perAddress: { maxStorageBytes: 45_000 } } },
    });
    const [one, two] = await Promise.all([guest(parley.url), guest(parley.url)]);
    const write = (person: Person, size: number) => make(person, { description: 'x'.repeat(size) });
    expect((await storage(one)).maxBytes).toBe(30_000);
    expect((await write(one, 20_000)).status).toBe(201);
    expect(await codeOf(await write(one, 20_000))).toBe('storage_limit');
    expect((await write(two, 20_000)).status).toBe(201);
    const refused = await write(two, 9_000);
    expect(await refused.json()).toMatchObject({
      error: { code: 'storage_limit', reason: 'address_storage_full' },
    });
    const account = await signUp(parley.url);
    expect((await write(account, 20_000)).status).toBe(201);
    const before = await bytes(one);
    await signIn(parley.url, account, one);
    expect(await bytes(account)).toBeGreaterThan(before + 20_000);
    // The address has its room back, and what has become an account's is none of it.
    expect((await write(two, 9_000)).status).toBe(201);
    const joined = await signUp(parley.url, { as: two });
    expect((await storage(joined)).maxBytes).toBe(2 * 1024 ** 3);
    await recountStorage(parley.services);
    expect(await sql('SELECT FROM storage s JOIN users u ON u.guest_address = s.owner_id')).toEqual([]);
    expect([await drift(account), await drift(joined)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('chats that are kept', () => {
  it('are ten for each that may be active, the archived ones and those that can come back among them', async () => {
    const person = await signUp(parley.url);
    const made: string[] = [];
    for (let n = 0; n < 20; n++) {
      const { id } = (await (await make(person)).json()) as { id: string };
      made.push(id);
      await person.fetch(
        `/api/v1/chats/${id}`,
        n % 2 ? { method: 'DELETE' } : { method: 'PATCH', json: { archived: true } },
      );
    }
    const refused = await make(person);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      error: { code: 'chat_limit', reason: 'too_many_kept_chats', params: { max: 20 } },
    });
    const first = { method: 'POST', json: { message: { content: 'Hi' } } };
    expect(await codeOf(await person.fetch('/api/v1/messages', first))).toBe('chat_limit');
    await sql(`UPDATE chats SET deleted_at = 'epoch' WHERE id = $1`, [made[1]]);
    await purgeDeletedChats(parley.services);
    expect((await make(person)).status).toBe(201);
  });
});
