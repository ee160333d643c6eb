import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { addEnded } from '#test/harness/ledger.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, send } from '#test/harness/streams.ts';

let parley: TestParley;
let ada: Person;
let bob: Person;
let endpointId: string;
let other: string;
beforeAll(async () => {
  parley = await startTestParley();
  // First, because the last one added becomes the default.
  other = await addEndpoint(parley.services, { name: 'other' });
  endpointId = await addEndpoint(parley.services, { slots: 1 });
  ada = await admin(parley.url);
  bob = await signUp(parley.url, { name: '=Bob "the, builder"' });
});
afterAll(() => parley.close());

type Page = { items: Record<string, unknown>[]; nextCursor: string | null };
const list = async (person: Person, query = ''): Promise<Page> => {
  const response = await person.fetch(`/api/v1/generations${query}`);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as Page;
};
const idsOf = (page: Page) => page.items.map((item) => item.id);

describe('the ledger', () => {
  it('has what was measured of a reply, for its owner alone', async () => {
    const { generation, chat } = await send(bob, '/script tokens=12 rate=0 ttft=20');
    const [entry] = await eventually(
      async () => (await list(bob)).items,
      (items) => items[0]?.state === 'completed',
    );
    expect(entry).toMatchObject({
      id: generation.id,
      chatId: chat.id,
      endpoint: 'test',
      model: 'test/demo',
      client: 'web',
      class: 'interactive',
      outputTokens: 12,
      finishReason: 'stop',
      error: null,
      cost: null,
      position: null,
    });
    expect(entry!.user).toBeUndefined();
    for (const name of ['waitMs', 'ttftMs', 'durationMs', 'inputTokens'])
      expect(entry![name], name).toBeTypeOf('number');
    expect(entry!.durationMs).toBeGreaterThanOrEqual(entry!.ttftMs as number);
    expect(idsOf(await list(await signUp(parley.url)))).toEqual([]);
    expect(idsOf(await list(ada))).toEqual([]);
  });

  it('is everybody’s for admins who ask for all, and 403 for others', async () => {
    const all = await list(ada, '?all=true');
    expect(all.items[0]!.user).toEqual({ id: bob.userId, name: '=Bob "the, builder"' });
    expect(idsOf(await list(ada, `?all=true&userId=${ada.userId}`))).toEqual([]);
    expect((await list(ada, '?all=true&user=the, build')).items.length).toBe(all.items.length);
    expect((await list(ada, '?all=true&user=%25')).items).toEqual([]);
    for (const path of ['/api/v1/generations', '/api/v1/generations/export', '/api/v1/queue'])
      expect((await bob.fetch(`${path}?all=true`)).status, path).toBe(403);
    expect((await bob.fetch(`/api/v1/generations?userId=${ada.userId}`)).status).toBe(400);
  });

  it('is paged without gaps or repeats, also where rows share their time', async () => {
    const person = await signUp(parley.url);
    const ids = await addEnded(
      parley.services,
      Array.from({ length: 25 }, (_, at) => ({ userId: person.userId, agoSeconds: 100 + (at % 3) })),
    );
    await parley.services.db.$client.query(
      `UPDATE generations SET queued_at = date_trunc('minute', now()) WHERE user_id = $1 AND id < $2`,
      [person.userId, ids[10]],
    );
    const seen: unknown[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null; pages++) {
      const page: Page = await list(person, `?limit=4${cursor && `&cursor=${cursor}`}`);
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
      expect(pages).toBeLessThan(7);
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect((await list(person, '?limit=25')).nextCursor).toBeNull();
    const foreign = await bob.fetch(`/api/v1/generations?cursor=${ids[0]}`);
    expect(foreign.status).toBe(400);
    expect(await foreign.json()).toMatchObject({ error: { field: 'cursor' } });
    expect((await person.fetch('/api/v1/generations?limit=201')).status).toBe(400);
  });

  it('is filtered by state, endpoint and time', async () => {
    const person = await signUp(parley.url);
    const { userId } = person;
    const [failed, late, old] = await addEnded(parley.services, [
      { userId, endpointId, state: 'failed', errorCode: 'bad_stream' },
      { userId, endpointId: other, state: 'timed_out', errorCode: 'timeout_idle' },
      { userId, endpointId, agoSeconds: 3 * 86_400 },
    ]);
    expect(idsOf(await list(person, '?state=failed'))).toEqual([failed]);
    const both = [failed, late].toSorted();
    expect(idsOf(await list(person, '?state=failed,timed_out')).toSorted()).toEqual(both);
    expect(idsOf(await list(person, '?state=failed&state=timed_out')).toSorted()).toEqual(both);
    expect(idsOf(await list(person, `?endpointId=${other}`))).toEqual([late]);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    expect(idsOf(await list(person, `?to=${yesterday}`))).toEqual([old]);
    expect(idsOf(await list(person, `?from=${yesterday.slice(0, 10)}`)).toSorted()).toEqual(both);
    const wrong = await person.fetch('/api/v1/generations?state=lost');
    expect(await wrong.json()).toMatchObject({ error: { code: 'invalid_input', field: 'state' } });
    expect((await person.fetch('/api/v1/generations?from=yesterday')).status).toBe(400);
  });
});

describe('an export', () => {
  it('as CSV has every row once, and no cell a spreadsheet would run', async () => {
    const person = await signUp(parley.url, { name: '@SUM(1,"2")' });
    const ids = await addEnded(
      parley.services,
      Array.from({ length: 2_300 }, (_, at) => ({
        userId: person.userId,
        ...(at === 0 && { modelId: 'test/=cmd|"/c calc"!A1', state: 'failed', errorCode: 'endpoint_error' }),
      })),
    );
    const response = await person.fetch('/api/v1/generations/export?format=csv');
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toContain('generations.csv');
    const [head, ...lines] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toBe(
      'id,chatId,state,reason,endpoint,model,client,class,queuedAt,startedAt,firstTokenAt,finishedAt,waitMs,ttftMs,durationMs,inputTokens,outputTokens,cost',
    );
    expect(new Set(lines.map((line) => line.slice(0, 36)))).toEqual(new Set(ids));
    expect(lines).toHaveLength(ids.length);
    expect(lines.find((line) => line.startsWith(ids[0]!))).toContain(
      ',failed,endpoint_error,test,"test/=cmd|""/c calc""!A1",web,interactive,',
    );
    const all = await (
      await ada.fetch(`/api/v1/generations/export?format=csv&all=true&userId=${person.userId}`)
    ).text();
    expect(all.split('\r\n')[0]!.endsWith(',cost,user')).toBe(true);
    expect(all.split('\r\n')[1]!.endsWith(`,"'@SUM(1,""2"")"`)).toBe(true);
  });

  it('as JSON is one array of the same entries, empty for who has none', async () => {
    const page = await list(bob);
    const file = await bob.fetch('/api/v1/generations/export');
    expect(file.headers.get('content-type')).toContain('application/json');
    expect(await file.json()).toEqual(page.items);
    expect(
      await (await (await guest(parley.url)).fetch('/api/v1/generations/export?format=json')).json(),
    ).toEqual([]);
  });
});

describe('the queue', () => {
  it('shows the whole line to everybody, and ids of their own only', async () => {
    const busy = await send(ada, '/script tokens=5000 rate=50');
    const first = await send(bob, 'I wait');
    const second = await send(ada, 'I wait too');
    type Line = { name: string; entries: Record<string, unknown>[] };
    const lineFor = async (person: Person, query = '') =>
      ((await (await person.fetch(`/api/v1/queue${query}`)).json()) as { items: Line[] }).items.find(
        (line) => line.name === 'test',
      );
    const seen = await lineFor(bob);
    expect(seen).toMatchObject({ endpointId, slots: 1, running: 1, waiting: 2 });
    expect(seen!.entries.map((entry) => entry.position)).toEqual([0, 1]);
    const [own, foreign] = [
      seen!.entries.find((entry) => entry.generationId),
      seen!.entries.find((entry) => !entry.generationId),
    ];
    expect(own).toMatchObject({ generationId: first.generation.id, chatId: first.chat.id });
    expect(foreign).toEqual({ position: expect.any(Number), class: 'interactive' });
    expect(JSON.stringify(seen)).not.toContain(second.generation.id);
    const whole = await lineFor(ada, '?all=true');
    expect(whole!.entries.map((entry) => entry.generationId).toSorted()).toEqual(
      [first.generation.id, second.generation.id].toSorted(),
    );
    expect(whole!.entries.map((entry) => (entry.user as { id: string }).id).toSorted()).toEqual(
      [ada.userId, bob.userId].toSorted(),
    );
    const queued = (await list(bob, '?state=queued')).items[0]!;
    expect(queued).toMatchObject({ id: first.generation.id, position: own!.position, queueSize: 2 });
    for (const { generation } of [first, second, busy]) await stop(parley.services, generation.id);
  });
});
