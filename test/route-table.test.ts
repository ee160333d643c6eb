/** Every route × everybody who has no business there, on real things of an owner. A new route is tested by being there. */
import type { FastifyContextConfig } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES, type Scope } from '#features/accounts/rules.ts';
import type { RouteRule } from '#platform/http/app.ts';
import { createHttpServer } from '#platform/http/server.ts';
import { admin, guest, type Person, personWith, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { BODIES, FIXTURES, OF_THE_INSTANCE, PUBLIC_ROUTES } from '#test/harness/route-fixtures.ts';
import { upgrade } from '#test/harness/upgrade.ts';

let parley: TestParley;
let boss: Person;
let owner: Person;
let other: Person;
let viewer: Person;
let editor: Person;
let visitor: Person;
let disabled: Person;
let nobody: Person;
let routes: RouteRule[];

beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  const members = [owner, other, viewer, editor, disabled];
  for (const at of members.keys()) members[at] = await signUp(parley.url);
  [owner, other, viewer, editor, disabled] = members as [Person, Person, Person, Person, Person];
  visitor = await guest(parley.url);
  nobody = personWith(parley.url, { userId: '', email: '', cookie: '' });
  await boss.fetch(`/api/v1/admin/users/${disabled.userId}`, { method: 'PATCH', json: { disabled: true } });
  routes = parley.parley.routes.filter((route) => route.method !== 'HEAD' && route.method !== 'OPTIONS');
});
afterAll(() => parley.close());

/**
 * Who asks for what is the owner's, and what they are told. Viewers and editors are members who may one day share a project
 * with the owner; as long as nothing is shared they are strangers as well.
 */
const COLUMNS: { who: string; person: () => Person; answer: (route: RouteRule) => number }[] = [
  { who: 'other', person: () => other, answer: () => 404 },
  { who: 'viewer', person: () => viewer, answer: () => 404 },
  { who: 'editor', person: () => editor, answer: () => 404 },
  { who: 'guest', person: () => visitor, answer: ({ access }) => (access === 'account' ? 403 : 404) },
  { who: 'admin', person: () => boss, answer: () => 404 },
];

const nameOf = (route: RouteRule) => `${route.method} ${route.url}`;
const paramsOf = (route: RouteRule) => route.url.match(/:\w+/g) ?? [];
/** Admins may do to anybody's things what the admin routes do; that nobody else may is tested as for all of them. */
const isPersonal = (route: RouteRule) =>
  route.access !== 'admin' && paramsOf(route).some((name) => !OF_THE_INSTANCE.has(name));
const guarded = () => routes.filter((route) => route.access !== 'public');

/** The route's address with a fresh thing of the owner for each of its parameters. */
async function addressOf(route: RouteRule): Promise<{ path: string; ids: string[] }> {
  let path = route.url;
  const ids: string[] = [];
  for (const name of paramsOf(route)) {
    const make = FIXTURES[`${route.url} ${name}`] ?? FIXTURES[name];
    if (!make)
      throw new Error(`${nameOf(route)}: test/harness/route-fixtures.ts has no fixture for ${name}.`);
    const id = await make(parley.database.db.$client, owner.userId, parley.services.blobs);
    ids.push(id);
    path = path.replace(name, id);
  }
  return { path, ids };
}

/** The status of asking; for a WebSocket that of its upgrade, 101 when it was let in. */
async function ask(
  person: Person,
  route: RouteRule,
  path: string,
): Promise<{ status: number; text: string }> {
  if (route.websocket) return { status: await upgrade(parley.url, person, path), text: '' };
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const body = BODIES[nameOf(route)] ?? {};
  const json = hasBody ? (typeof body === 'function' ? body(path) : body) : undefined;
  const response = await person.fetch(path, {
    method: route.method,
    ...(hasBody && { json }),
    signal: AbortSignal.timeout(20_000),
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (isStream) await response.body?.cancel();
  return { status: response.status, text: isStream ? '' : await response.text() };
}

test('every public route is on the list of public routes', () => {
  const unlisted = routes
    .filter((route) => route.access === 'public' && !PUBLIC_ROUTES.some((pattern) => pattern.test(route.url)))
    .map(nameOf);
  expect(unlisted).toEqual([]);
});

test('there are routes of every kind to test', () => {
  expect(guarded().length).toBeGreaterThan(15);
  expect(guarded().filter(isPersonal).length).toBeGreaterThan(5);
});

describe('strangers', () => {
  test('who are not signed in, or whose account is disabled, get 401 from every guarded route', async () => {
    const found: Record<string, number[]> = {};
    for (const route of guarded()) {
      const { path } = await addressOf(route);
      found[nameOf(route)] = [
        (await ask(nobody, route, path)).status,
        (await ask(disabled, route, path)).status,
      ];
    }
    expect(found).toEqual(Object.fromEntries(guarded().map((route) => [nameOf(route), [401, 401]])));
  });

  test('who are guests get 403 where an account is needed, and members where an admin is', async () => {
    const wanted: Record<string, number> = {};
    const found: Record<string, number> = {};
    for (const route of guarded()) {
      const { path } = await addressOf(route);
      for (const [person, refused] of [
        [visitor, route.access === 'account' || route.access === 'admin'],
        [other, route.access === 'admin'],
      ] as const) {
        if (!refused) continue;
        const name = `${person === visitor ? 'guest' : 'member'} ${nameOf(route)}`;
        wanted[name] = 403;
        found[name] = (await ask(person, route, path)).status;
      }
    }
    expect(found).toEqual(wanted);
  });

  test('get 404 for what is somebody else’s, admins too, while the owner gets in', async () => {
    const wanted: Record<string, unknown> = {};
    const found: Record<string, unknown> = {};
    for (const route of guarded().filter(isPersonal)) {
      const { path } = await addressOf(route);
      const answers: Record<string, unknown> = {};
      for (const { who, person } of COLUMNS) answers[who] = (await ask(person(), route, path)).status;
      found[nameOf(route)] = { ...answers, owner: await getsIn(route, path) };
      wanted[nameOf(route)] = {
        ...Object.fromEntries(COLUMNS.map(({ who, answer }) => [who, answer(route)])),
        owner: true,
      };
    }
    expect(found).toEqual(wanted);
  });

  test('find nothing of the owner in lists', async () => {
    const chat = await FIXTURES[':chatId']!(parley.database.db.$client, owner.userId, parley.services.blobs);
    const secrets = [
      chat,
      await FIXTURES[':generationId']!(parley.database.db.$client, owner.userId, parley.services.blobs),
      "owner's secret",
    ];
    const lists = guarded().filter(
      (route) => route.method === 'GET' && !route.websocket && paramsOf(route).length === 0,
    );
    for (const route of lists)
      for (const { person } of COLUMNS) {
        const { text } = await ask(person(), route, route.url);
        for (const secret of secrets)
          expect(text.includes(secret), `${nameOf(route)} shows ${secret}`).toBe(false);
      }
  });
});

describe('API keys', () => {
  /** What each route is for, told apart from how it states its scope. */
  function scopeFor({ access, method, url }: RouteRule): Scope | null {
    if (access === 'admin') return 'admin';
    if (url.startsWith('/api/v1/api-keys') && method !== 'GET') return null;
    return url.startsWith('/v1/') || url === '/api/v1/models' ? 'models' : 'chat';
  }

  test('every route states the scope that it is for', () => {
    const wrong = guarded().filter((route) => route.scope !== scopeFor(route));
    expect(wrong.map(nameOf)).toEqual([]);
  });

  test('a route that states none cannot be added', () => {
    const app = createHttpServer(parley.services);
    const add = (config: FastifyContextConfig) => app.get(`/${config.access}`, { config }, async () => null);
    expect(() => add({ access: 'user' })).toThrow('does not state which scope a key needs');
    expect(() => add({})).toThrow('states no access rule');
    add({ access: 'public' });
  });

  test('open what their one scope is for, and nothing else, over sockets and streams as well', async () => {
    const keys = new Map<string, Person>();
    for (const scope of SCOPES) keys.set(scope, await withOnly(scope));
    const wanted: Record<string, unknown> = {};
    const found: Record<string, unknown> = {};
    for (const route of guarded()) {
      const { path } = await addressOf(route);
      wanted[nameOf(route)] = Object.fromEntries(
        SCOPES.map((scope) => [scope, route.scope === scope ? 'in' : 'forbidden']),
      );
      const answers: Record<string, string> = {};
      for (const [scope, person] of keys) {
        const { status, text } = await ask(person, route, path);
        const isRefused = status === 403 && (route.websocket || /scope “\w+”|API key cannot/.test(text));
        answers[scope] = isRefused ? 'forbidden' : 'in';
      }
      found[nameOf(route)] = answers;
    }
    expect(found).toEqual(wanted);
  });

  /** The admin, with a key of one scope in the place of the cookie. */
  async function withOnly(scope: Scope): Promise<Person> {
    const made = await boss.fetch('/api/v1/api-keys', {
      method: 'POST',
      json: { name: scope, scopes: [scope] },
    });
    const { key } = (await made.json()) as { key: string };
    const authorization = `Bearer ${key}`;
    return {
      ...nobody,
      headers: { authorization },
      fetch: (path, init = {}) =>
        nobody.fetch(path, { ...init, headers: { ...init.headers, authorization } }),
    };
  }
});

/** Asked last, because it may delete the thing. A 400 would mean that the strangers' answers prove nothing. */
async function getsIn(route: RouteRule, path: string): Promise<true | number> {
  const { status } = await ask(owner, route, path);
  return [400, 401, 403, 404].includes(status) || status >= 500 ? status : true;
}
