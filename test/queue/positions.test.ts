/** Where one stands in line: told live, never growing without a reason, with an estimate one can believe. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { estimateWait } from '#features/generations/server/queue/queue-order.ts';
import { requeue } from '#features/generations/server/run/end-from-outside.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, readStream, type StreamEvent, send } from '#test/harness/streams.ts';
import { show, shownWhen } from './people.ts';

let parley: TestParley;
let boss: Person;
let people: Person[];
let endpoint: string;
let count = 0;
let modelId: string;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  people = await Promise.all([1, 2, 3, 4].map(() => signUp(parley.url)));
});
beforeEach(async () => {
  const name = `line${count++}`;
  endpoint = await addEndpoint(parley.services, { name, slots: 1 });
  modelId = `${name}/demo`;
});
afterEach(() => makeQuiet(parley));
afterAll(() => parley.close());

type Update = { position: number | null; reason?: string; etaSeconds: number | null; stage: string };
const updatesIn = (events: readonly StreamEvent[]) =>
  events.filter(({ type }) => type === 'queue_update').map(({ data }) => data as unknown as Update);

/** Sends, and follows what is told of it until `until`. */
async function sendAndRead(person: Person, content: string, until?: (update: Update) => boolean) {
  const { generation } = await send(person, content, { modelId });
  const response = await follow(person, generation.id, `${generation.id}:0`);
  const told: Update[] = [];
  const reading = readStream(response, ({ type, data }) => {
    if (type !== 'queue_update') return false;
    told.push(data as unknown as Update);
    return until?.(data as unknown as Update) ?? false;
  });
  return { id: generation.id, told, reading };
}

/** The same, once something was told. */
async function sendAndFollow(...given: Parameters<typeof sendAndRead>) {
  const sent = await sendAndRead(...given);
  await eventually(
    async () => sent.told.length,
    (length) => length > 0,
  );
  return sent;
}
const act = (path: string, method = 'POST', json?: unknown) =>
  boss.fetch(`/api/v1/admin/${path}`, { method, ...(json !== undefined && { json }) });
const running = async () => {
  const sent = await sendAndFollow(people[3]!, '/script ttft=600000', ({ position }) => position === null);
  await shownWhen(people[3]!, sent.id, ['running']);
  return sent.id;
};

describe('a position that grows says why', () => {
  it('priority: a more urgent class came, or this one’s was lowered', async () => {
    await running();
    const [first, second] = people as [Person, Person];
    const mine = await sendAndFollow(first, 'mine', ({ reason }) => reason !== undefined);
    expect((await act(`generations/${mine.id}`, 'PATCH', { class: 'batch' })).status).toBe(200);
    await sendAndFollow(second, 'urgent', () => true);
    await mine.reading;
    expect(mine.told.at(-1)).toMatchObject({ position: 1, reason: 'priority' });
    const own = await sendAndFollow(second, 'own', ({ reason }) => reason !== undefined);
    await act(`generations/${own.id}`, 'PATCH', { class: 'background' });
    await own.reading;
    expect(own.told.at(-1)).toMatchObject({ position: 2, reason: 'priority' });
  });

  it('priority: an admin moved another one to the front', async () => {
    await running();
    const [first, second] = people as [Person, Person];
    const mine = await sendAndFollow(first, 'mine', ({ reason }) => reason !== undefined);
    const later = await sendAndFollow(second, 'later', ({ position }) => position === 0);
    const last = await sendAndFollow(second, 'last', () => true);
    const moved = await act(`generations/${later.id}/move-to-front`);
    expect(await moved.json()).toMatchObject({ position: 0, class: 'interactive' });
    await Promise.all([mine.reading, later.reading]);
    expect(mine.told.at(-1)).toMatchObject({ position: 1, reason: 'priority' });
    expect(later.told.at(-1)).not.toHaveProperty('reason');
    // What is moved later goes before what was moved earlier.
    expect(await (await act(`generations/${last.id}/move-to-front`)).json()).toMatchObject({ position: 0 });
    expect(await show(second, later.id)).toMatchObject({ position: 1 });
    expect(await show(first, mine.id)).toMatchObject({ position: 2 });
  });

  it('fair share: somebody who was served less came', async () => {
    await running();
    const [flooder, light] = people as [Person, Person];
    const floods = [];
    for (let n = 0; n < 4; n++)
      floods.push(await sendAndFollow(flooder, `flood ${n}`, ({ reason }) => reason !== undefined));
    await sendAndFollow(light, 'light', () => true);
    await floods.at(-1)!.reading;
    expect(floods.at(-1)!.told.at(-1)).toMatchObject({ position: 4, reason: 'fair_share' });
  });

  it('slots: one that ran lost its worker and is back in its old place', async () => {
    const id = await running();
    const lost = readStream(
      await follow(people[3]!, id, `${id}:0`),
      ({ type, data }) => type === 'queue_update' && data.position !== null,
    );
    const mine = await sendAndFollow(people[0]!, 'mine', ({ reason }) => reason !== undefined);
    await act(`endpoints/${endpoint}/pause`);
    expect(await requeue(parley.services.db, id, 'true')).toBe(true);
    await mine.reading;
    expect(mine.told.at(-1)).toMatchObject({ position: 1, reason: 'slots' });
    expect(updatesIn(await lost).at(-1)).toMatchObject({ position: 0, reason: 'slots' });
  });

  it('whatever happens to the line: sends, ends, stops, classes, weights, slots, lost workers', async () => {
    let state = 20_26;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return (state >>> 8) % below;
    };
    const { $client } = parley.services.db;
    const followed: { id: string; told: Update[]; reading: Promise<unknown> }[] = [];
    const any = async (condition: string) => {
      const { rows } = await $client.query<{ id: string }>(
        `SELECT id FROM generations WHERE endpoint_id = $1 AND ${condition} ORDER BY ordinal`,
        [endpoint],
      );
      return rows[random(Math.max(1, rows.length))]?.id;
    };
    const onWaiting = async (what: (id: string) => Promise<unknown>) => {
      const id = await any(`state = 'queued'`);
      if (id) await what(id);
    };
    const steps: (() => Promise<unknown>)[] = [
      ...Array(4).fill(async () => {
        const prompt = `/script tokens=${1 + random(30)} rate=100 ttft=${100 + random(200)}`;
        followed.push(await sendAndRead(people[random(4)]!, prompt));
      }),
      () =>
        onWaiting((id) =>
          act(`generations/${id}`, 'PATCH', { class: ['interactive', 'batch', 'background'][random(3)] }),
        ),
      () => onWaiting((id) => act(`generations/${id}/move-to-front`)),
      () => onWaiting((id) => act(`generations/${id}/cancel`)),
      () => act(`endpoints/${endpoint}`, 'PATCH', { slots: 1 + random(2) }),
      () => act(`users/${people[random(4)]!.userId}`, 'PATCH', { weight: [0.5, 1, 4][random(3)] }),
      async () => {
        const id = await any(`state = 'running' AND first_token_at IS NULL`);
        if (id) await requeue(parley.services.db, id, 'g.first_token_at IS NULL');
      },
    ];
    for (let step = 0; step < 60; step++) {
      await steps[random(steps.length)]!();
      await sleep(5 + random(30));
    }
    await act(`endpoints/${endpoint}`, 'PATCH', { slots: 4 });
    await Promise.all(followed.map(({ reading }) => reading));
    let grown = 0;
    for (const { told } of followed)
      for (const [at, update] of told.entries()) {
        const before = told[at - 1];
        const grew =
          before !== undefined && update.position !== null && update.position > (before.position ?? -1);
        if (grew) grown += 1;
        if (grew) expect(['fair_share', 'priority', 'slots']).toContain(update.reason);
        else expect(update.reason).toBeUndefined();
      }
    // The run is worth something only if positions did grow.
    expect(grown).toBeGreaterThan(5);
    await eventually(
      async () =>
        (
          await $client.query(`SELECT FROM generations WHERE endpoint_id = $1 AND finished_at IS NULL`, [
            endpoint,
          ])
        ).rowCount,
      (left) => left === 0,
    );
  });
});

describe('the estimated wait', () => {
  it('is unknown until something has finished, then grows with the position, and shrinks with slots', async () => {
    await running();
    const [first, second] = people as [Person, Person];
    const unknown = await sendAndFollow(first, 'unknown', () => true);
    expect(unknown.told[0]!.etaSeconds).toBeNull();
    await parley.services.db.$client.query(
      `INSERT INTO generations (id, user_id, endpoint_id, model_name, model_id, state, started_at, finished_at, duration_ms)
       SELECT gen_random_uuid(), $2, $1, 'm', 'm', s, now(), now(), ms FROM (VALUES ('completed', 4000), ('completed', 6000), ('failed', 1)) v(s, ms)`,
      [endpoint, first.userId],
    );
    for (let n = 0; n < 3; n++) await send(second, 'behind', { modelId });
    const etas = async () => {
      const { rows } = await parley.services.db.$client.query<{ id: string; user_id: string }>(
        `SELECT id, user_id FROM generations WHERE endpoint_id = $1 AND state = 'queued'`,
        [endpoint],
      );
      const shown = await Promise.all(
        rows.map(({ id, user_id }) => show(user_id === first.userId ? first : second, id)),
      );
      return shown
        .toSorted((a, b) => a.position! - b.position!)
        .map((each) => (each as unknown as { etaSeconds: number }).etaSeconds);
    };
    // Five seconds each, half of the one that runs being over.
    expect(await etas()).toEqual([3, 8, 13, 18]);
    await act(`endpoints/${endpoint}/pause`);
    expect(await etas()).toEqual([null, null, null, null]);
  });

  it('is position and half a turn, spread over the slots', () => {
    const pace = { seconds: 10, slots: 2, health: 'up', stopped: null, stoppedSince: null } as const;
    expect([0, 1, 4].map((position) => estimateWait(position, pace))).toEqual([3, 8, 23]);
    expect(estimateWait(3, { ...pace, stopped: 'down' })).toBeNull();
  });
});

describe('an admin', () => {
  it('pauses a line, which accepts but starts nothing, and resumes it', async () => {
    expect(await (await act(`endpoints/${endpoint}/pause`)).json()).toMatchObject({
      paused: true,
      draining: false,
    });
    const sent = await sendAndFollow(people[0]!, '/script tokens=2 rate=0');
    expect(sent.told[0]).toMatchObject({ stage: 'endpoint_down', position: 0, since: expect.any(String) });
    await sleep(300);
    expect(await show(people[0]!, sent.id)).toMatchObject({ state: 'queued' });
    expect(await (await act(`endpoints/${endpoint}/resume`)).json()).toMatchObject({ paused: false });
    expect(await shownWhen(people[0]!, sent.id)).toMatchObject({ state: 'completed' });
  });

  it('drains a line, which finishes what waits and accepts nothing', async () => {
    await act(`endpoints/${endpoint}/pause`);
    const { generation } = await send(people[0]!, '/script tokens=2 rate=0', { modelId });
    expect(await (await act(`endpoints/${endpoint}/drain`)).json()).toMatchObject({
      paused: false,
      draining: true,
    });
    const refused = await people[0]!.fetch('/api/v1/messages', {
      method: 'POST',
      json: { message: { content: 'no', modelId } },
    });
    expect(refused.status).toBe(503);
    expect(await shownWhen(people[0]!, generation.id)).toMatchObject({ state: 'completed' });
    await act(`endpoints/${endpoint}/resume`);
    expect((await send(people[0]!, 'yes', { modelId })).generation.state).toBe('queued');
  });

  it('moves only what waits, and of what exists', async () => {
    const id = await running();
    expect((await act(`generations/${id}/move-to-front`)).status).toBe(409);
    expect((await act(`generations/${id}`, 'PATCH', { class: 'batch' })).status).toBe(409);
    expect((await act(`generations/${crypto.randomUUID()}`, 'PATCH', { class: 'batch' })).status).toBe(404);
    expect((await act(`endpoints/${crypto.randomUUID()}/pause`)).status).toBe(404);
    expect(
      (await people[0]!.fetch(`/api/v1/admin/generations/${id}/move-to-front`, { method: 'POST' })).status,
    ).toBe(403);
  });
});

describe('an endpoint that loads its model', () => {
  const health = async () =>
    (
      await parley.services.db.$client.query<{ health: string }>(
        'SELECT health FROM endpoints WHERE id = $1',
        [endpoint],
      )
    ).rows[0]!.health;

  it('is not taken for ready because its model list can be read, until the load is over', async () => {
    const { id } = await sendAndFollow(
      people[0]!,
      '/script loading=600000',
      ({ stage }) => stage === 'loading_model',
    );
    await eventually(
      () => parley.services.db.$client.query('SELECT stage FROM generations WHERE id = $1', [id]),
      ({ rows }) => rows[0].stage === 'loading_model',
    );
    await parley.services.db.$client.query(`UPDATE endpoints SET health = 'loading' WHERE id = $1`, [
      endpoint,
    ]);
    const { told } = await sendAndFollow(people[1]!, 'I wait for it');
    expect(told[0]).toMatchObject({ position: 0, stage: 'loading_model' });
    await act(`endpoints/${endpoint}/test`);
    expect(await health()).toBe('loading');
    await people[0]!.fetch(`/api/v1/generations/${id}/cancel`, { method: 'POST' });
    await act(`endpoints/${endpoint}/test`);
    expect(await health()).toBe('up');
  });
});
