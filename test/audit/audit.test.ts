/** The audit log: every route by which an admin changes something writes a line, of who did what, with the act or not at all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditItem } from '#features/audit/audit.ts';
import type { RouteRule } from '#platform/http/app.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startMailServer } from '#test/harness/mail-server.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { FIXTURES } from '#test/harness/route-fixtures.ts';
import { makeQueued } from './make-queued.ts';

let parley: TestParley;
let boss: Person;
let person: Person;
let stopMail: () => Promise<void>;
beforeAll(async () => {
  const server = await startMailServer();
  stopMail = server.close;
  parley = await startTestParley({ mail: server.config });
  await addEndpoint(parley.services, { name: 'slow' });
  boss = await admin(parley.url);
  person = await signUp(parley.url, { name: 'Bob' });
});
afterAll(async () => {
  await parley.close();
  await stopMail();
});

const SECRET = 'sk-a-key-that-must-not-be-told';

type Case = { action: string; json?: unknown; param?: () => Promise<string> };
/** What makes each route do something, and what is then written. */
const ACTS: Record<string, Case> = {
  'PATCH /api/v1/admin/users/:userId': { action: 'user.change', json: { maxChats: 7 }, param: bob },
  'POST /api/v1/admin/users/:userId/reset-link': { action: 'user.reset_link', param: bob },
  'POST /api/v1/admin/users/:userId/sign-out': {
    action: 'user.sign_out',
    json: {},
    param: async () => (await signUp(parley.url)).userId,
  },
  'PATCH /api/v1/admin/settings': { action: 'settings.change', json: { maxQueued: 9 } },
  'POST /api/v1/admin/invites': { action: 'invite.create', json: { email: 'i@example.org' } },
  'DELETE /api/v1/admin/invites/:accountInviteId': { action: 'invite.revoke' },
  'POST /api/v1/admin/mail/test': { action: 'mail.test' },
  'PUT /api/v1/admin/context': { action: 'context.save', json: { content: 'Be brief.' } },
  'POST /api/v1/admin/context/versions/:version/restore': {
    action: 'context.restore',
    param: async () => '1',
  },
  'PUT /api/v1/admin/default-model': { action: 'default_model.choose', json: { modelId: null } },
  'POST /api/v1/admin/endpoints': {
    action: 'endpoint.create',
    json: { name: 'told', kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1', apiKey: SECRET },
  },
  'DELETE /api/v1/admin/users/:userId/two-factor': {
    action: 'user.remove_second_factor',
    param: withSecondFactor,
  },
  'PATCH /api/v1/admin/endpoints/:endpointId': { action: 'endpoint.change', json: { apiKey: SECRET } },
  'DELETE /api/v1/admin/endpoints/:endpointId': { action: 'endpoint.delete' },
  'POST /api/v1/admin/endpoints/:endpointId/pause': { action: 'endpoint.pause' },
  'POST /api/v1/admin/endpoints/:endpointId/drain': { action: 'endpoint.drain' },
  'POST /api/v1/admin/endpoints/:endpointId/resume': { action: 'endpoint.resume' },
  'PATCH /api/v1/admin/generations/:generationId': {
    action: 'generation.class',
    json: { class: 'batch' },
    param: queued,
  },
  'POST /api/v1/admin/generations/:generationId/move-to-front': {
    action: 'generation.move_to_front',
    param: queued,
  },
  'POST /api/v1/admin/generations/:generationId/cancel': { action: 'generation.cancel', param: queued },
};
/** They try something out, and change nothing. */
const CHANGE_NOTHING = ['POST /api/v1/admin/endpoints/test', 'POST /api/v1/admin/endpoints/:endpointId/test'];

async function bob(): Promise<string> {
  return person.userId;
}
async function withSecondFactor(): Promise<string> {
  await parley.database.db.$client.query('UPDATE users SET two_factor_enabled = true WHERE id = $1', [
    person.userId,
  ]);
  return person.userId;
}
function queued(): Promise<string> {
  return makeQueued(parley.database.db.$client, person.userId);
}
const nameOf = ({ method, url }: Pick<RouteRule, 'method' | 'url'>) => `${method} ${url}`;

async function log(query = ''): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  return (await boss.fetch(`/api/v1/admin/audit?limit=200${query}`)).json();
}

async function act(route: string, by = boss): Promise<Response> {
  const { json, param } = ACTS[route]!;
  const [method, url] = route.split(' ') as [string, string];
  const name = /:\w+/.exec(url)?.[0];
  const make =
    param ??
    (name ? () => FIXTURES[name]!(parley.database.db.$client, person.userId, parley.services.blobs) : null);
  const path = name && make ? url.replace(name, await make()) : url;
  return by.fetch(path, { method, ...(json !== undefined && { json }) });
}

test('every route by which admins change something is known here', () => {
  const changing = parley.parley.routes
    .filter(({ access, method }) => access === 'admin' && !['GET', 'HEAD'].includes(method))
    .map(nameOf);
  expect(changing.sort()).toEqual([...Object.keys(ACTS), ...CHANGE_NOTHING].sort());
});

describe('an act is written with who did it', () => {
  test.each(Object.entries(ACTS))('%s', async (route, { action }) => {
    const { items: before } = await log();
    const answer = await act(route);
    expect(answer.status, await answer.text()).toBeLessThan(300);
    const { items } = await log();
    expect(items.length).toBe(before.length + 1);
    expect(items[0]).toMatchObject({ action, actor: { id: boss.userId, name: 'Ada Admin' } });
    expect(items[0]!.target).not.toBeNull();
  });

  test('everybody’s agents as well, and nobody’s own', async () => {
    const make = (json: object) => boss.fetch('/api/v1/agents', { method: 'POST', json });
    const { items: before } = await log();
    const { id } = await (await make({ name: 'For all', scope: 'instance' })).json();
    await make({ name: 'My own' });
    await boss.fetch(`/api/v1/agents/${id}`, { method: 'PATCH', json: { description: 'Changed' } });
    await boss.fetch(`/api/v1/agents/${id}`, { method: 'DELETE' });
    const { items } = await log();
    expect(items.slice(0, items.length - before.length).map(({ action }) => action)).toEqual([
      'agent.change',
      'agent.change',
      'agent.create',
    ]);
    expect(items[0]!.target).toEqual({ kind: 'agent', id, name: 'For all' });
  });
});

describe('the log', () => {
  test('names a secret and does not tell it', async () => {
    for (const name of ['POST /api/v1/admin/endpoints', 'PATCH /api/v1/admin/endpoints/:endpointId'])
      await act(name);
    const { rows } = await parley.database.db.$client.query<{ text: string }>(
      'SELECT a::text AS text FROM audit a',
    );
    expect(rows.filter(({ text }) => text.includes(SECRET))).toEqual([]);
    expect((await log('&action=endpoint.change')).items[0]!.detail).toEqual({ apiKey: 'set' });
  });

  test('has no line of what was refused', async () => {
    const { items: before } = await log();
    const last = await boss.fetch(`/api/v1/admin/users/${boss.userId}`, {
      method: 'PATCH',
      json: { role: 'member' },
    });
    expect(last.status).toBe(409);
    const unknown = await boss.fetch('/api/v1/admin/endpoints/01970000-0000-7000-8000-0000000000ff', {
      method: 'DELETE',
    });
    expect(unknown.status).toBe(404);
    expect((await log()).items.length).toBe(before.length);
  });

  test('is found by who, what and when, and read page by page', async () => {
    await boss.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: { role: 'admin' } });
    await expect.poll(async () => (await act('POST /api/v1/admin/invites', person)).status).toBe(201);
    const of = async (query: string) => (await log(query)).items;
    expect((await of('&actor=bob')).map(({ action }) => action)).toEqual(['invite.create']);
    expect(await of(`&actor=${person.userId}`)).toEqual(await of('&actor=bob'));
    expect(await of('&actor=bob&action=user.change')).toEqual([]);
    expect((await of('&target=Bob')).every(({ target }) => target?.name === 'Bob')).toBe(true);
    expect(await of('&from=2100-01-01')).toEqual([]);
    expect(await of('&to=2020-01-01')).toEqual([]);
    const all = await of('&from=2020-01-01');
    const seen: AuditItem[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await boss.fetch(`/api/v1/admin/audit?limit=4${cursor && `&cursor=${cursor}`}`);
      const { items, nextCursor } = (await page.json()) as Awaited<ReturnType<typeof log>>;
      seen.push(...items);
      cursor = nextCursor;
    }
    expect(seen).toEqual(all);
    const wrong = await boss.fetch('/api/v1/admin/audit?action=made.up');
    expect(wrong.status).toBe(400);
  });

  test('is for admins, and nobody changes it', async () => {
    const member = await signUp(parley.url);
    for (const one of [member, await guest(parley.url)])
      expect((await one.fetch('/api/v1/admin/audit')).status).toBe(403);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await boss.fetch('/api/v1/admin/audit', { method })).status).toBe(404);
  });
});
