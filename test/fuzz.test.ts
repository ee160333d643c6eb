/** Wrong, broken and hostile input on every route: an answer that says what is wrong, never a failure of ours. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { RouteRule } from '#platform/http/app.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import {
  HOSTILE_BODIES,
  HOSTILE_IDS,
  HOSTILE_JSON,
  HOSTILE_QUERY,
  UNREADABLE_QUERY,
} from '#test/harness/hostile.ts';
import { makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { BODIES, FIXTURES } from '#test/harness/route-fixtures.ts';

let parley: TestParley;
let boss: Person;
let routes: RouteRule[];
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  routes = parley.parley.routes.filter(
    (route) => route.method !== 'HEAD' && !route.websocket && route.url !== '/api/auth/sign-out',
  );
});
afterAll(async () => {
  // What was sent would be answered to its end.
  await makeQuiet(parley);
  await parley.close();
});

const AT_ONCE = 8;
/** Bodies made at random for each route; fewer where the route reads none of it, and only the parser can fail. */
const RANDOM_BODIES = 25;
const UNREAD_BODIES = 5;
/** A few seconds on an idle machine. */
const PATIENCE_MS = 300_000;
const nameOf = (route: RouteRule) => `${route.method} ${route.url}`;
/** Whatever comes is a file there. */
const TAKES_ANYTHING = new Set(['POST /api/v1/files']);
const hasBody = (route: RouteRule) => !['GET', 'DELETE'].includes(route.method);

/** The admin, but for the routes that may end a session somebody who does not mind. */
const shooterFor = (route: RouteRule) => (route.url.startsWith('/api/auth/') ? signUp(parley.url) : boss);

type Shot = {
  by: Person;
  what: string;
  method: string;
  path: string;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};
type Answer = { shot: Shot; status: number; text: string };

/** Shoots and reads the answers; of a stream only the head. */
async function shootAll(shots: Shot[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  const left = [...shots];
  const one = async () => {
    for (let shot = left.shift(); shot; shot = left.shift()) {
      const { by, body, method, path, headers } = shot;
      const response = await by.fetch(path, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(30_000),
      });
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (isStream) await response.body?.cancel();
      answers.push({ shot, status: response.status, text: isStream ? '' : await response.text() });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return answers;
}

/** A full queue is an answer; everything else from 500 on is a failure. */
const failures = (answers: Answer[]) =>
  answers
    .filter(({ status, text }) => status >= 500 && !text.includes('"queue_full"'))
    .map(({ shot, status, text }) => `${shot.what} → ${status} ${text.slice(0, 200)}`);

async function expectAlive(): Promise<void> {
  expect((await fetch(`${parley.url}/healthz`)).status).toBe(200);
  expect((await boss.fetch('/api/v1/me')).status).toBe(200);
}

async function addressOf(route: RouteRule): Promise<string> {
  let path = route.url.replace('*', 'x');
  for (const name of path.match(/:\w+/g) ?? [])
    path = path.replace(
      name,
      await (FIXTURES[`${route.url} ${name}`] ?? FIXTURES[name])!(
        parley.database.db.$client,
        boss.userId,
        parley.services.blobs,
      ),
    );
  return path;
}

/** better-auth checks its bodies itself; these are the fields that reach it. */
const AUTH_FIELDS: Record<string, string[]> = {
  '/api/auth/sign-up/email': ['name', 'email', 'password', 'callbackURL'],
  '/api/auth/sign-in/email': ['email', 'password'],
  '/api/auth/change-password': ['currentPassword', 'newPassword'],
  '/api/auth/revoke-session': ['token'],
  '/api/auth/sign-in/oauth2': ['providerId', 'callbackURL', 'errorCallbackURL', 'disableRedirect', 'invite'],
  '/api/auth/two-factor/enable': ['password'],
  '/api/auth/two-factor/disable': ['password'],
  '/api/auth/two-factor/generate-backup-codes': ['password'],
  '/api/auth/two-factor/verify-totp': ['code'],
  '/api/auth/two-factor/verify-backup-code': ['code'],
};

function fieldsOf(schema: unknown): string[] {
  if (!(schema instanceof z.ZodType)) return [];
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: object;
    anyOf?: { properties?: object }[];
  };
  return [json, ...(json.anyOf ?? [])].flatMap((one) => Object.keys(one.properties ?? {}));
}

const bodyFields = (route: RouteRule) => AUTH_FIELDS[route.url] ?? fieldsOf(route.schema.body);

/** A good body with one field replaced, as text. */
function bodyWith(route: RouteRule, field: string, json: string): string {
  const good = {
    name: 'x',
    email: 'x@example.org',
    password: 'long enough',
    ...(BODIES[nameOf(route)] as object),
  };
  const rest = Object.entries(good).filter(([name]) => name !== field);
  return `{${[...rest.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`), `${JSON.stringify(field)}:${json}`].join(',')}}`;
}

test('bodies that are not what they should be are 4xx', { timeout: PATIENCE_MS }, async () => {
  const shots: Shot[] = [];
  for (const route of routes.filter((one) => hasBody(one) && !TAKES_ANYTHING.has(nameOf(one)))) {
    const path = await addressOf(route);
    const by = await shooterFor(route);
    const shot = (what: string, more: Partial<Shot>) =>
      shots.push({ by, what: `${nameOf(route)} with ${what}`, method: route.method, path, ...more });
    for (const body of HOSTILE_BODIES) {
      const ignored = !route.schema.body && /^(\[\]|"text"|12|true)$/.test(body);
      if (!ignored) shot(body.slice(0, 40), { body });
    }
    shot('a foreign type', { body: '<a/>', headers: { 'content-type': 'application/xml' } });
    shot('bytes that are not UTF-8', { body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22]) });
  }
  const answers = await shootAll(shots);
  const accepted = answers.filter(({ status }) => status < 400 || status >= 500);
  expect(accepted.map(({ shot, status, text }) => `${shot.what} → ${status} ${text.slice(0, 120)}`)).toEqual(
    [],
  );
  await expectAlive();
});

test('no value of any field makes a failure', { timeout: PATIENCE_MS }, async () => {
  const shots: Shot[] = [];
  for (const route of routes.filter(hasBody)) {
    const path = await addressOf(route);
    const by = await shooterFor(route);
    for (const field of bodyFields(route))
      for (const json of HOSTILE_JSON)
        shots.push({
          by,
          what: `${nameOf(route)} with ${field}: ${json.slice(0, 60)}`,
          method: route.method,
          path,
          body: bodyWith(route, field, json),
        });
  }
  expect(shots.length).toBeGreaterThan(300);
  expect(failures(await shootAll(shots))).toEqual([]);
  await expectAlive();
});

test('no query and no id makes a failure, and an id that is none is 404', {
  timeout: PATIENCE_MS,
}, async () => {
  const shots: Shot[] = [];
  const badIds: Shot[] = [];
  for (const route of routes) {
    const path = await addressOf(route);
    const by = await shooterFor(route);
    const body = hasBody(route) ? { body: JSON.stringify(BODIES[nameOf(route)] ?? {}) } : {};
    const shot = (what: string, where: string) => ({
      by,
      what: `${route.method} ${what}`,
      method: route.method,
      path: where,
      ...body,
    });
    const ask = (field: string, value: string) =>
      shots.push(shot(`${route.url}?${field}=${value.slice(0, 40)}`, `${path}?${field}=${value}`));
    for (const field of fieldsOf(route.schema.querystring)) {
      for (const value of HOSTILE_QUERY) ask(field, value);
      for (const value of UNREADABLE_QUERY) ask(field, `${value}&${field}=${value}`);
    }
    // No route reads it: it is to pass what reads addresses, which takes no other value amiss.
    for (const value of [...UNREADABLE_QUERY, '&unknown=1']) ask('unknown', value);
    if (!route.url.includes(':')) continue;
    for (const id of HOSTILE_IDS) {
      const where = route.url.replace(/:\w+/, id);
      // Whoever asks reads dots as the way up, so that another route is asked.
      if (new URL(where, parley.url).pathname === where || !/^(?:%2e|\.)+$/i.test(id))
        badIds.push(shot(`${route.url} with ${id.slice(0, 40)}`, where));
    }
  }
  expect(failures(await shootAll(shots))).toEqual([]);
  const answers = await shootAll(badIds);
  expect(failures(answers)).toEqual([]);
  const told = answers.filter(({ status }) => ![400, 404, 414].includes(status));
  expect(told.map(({ shot, status }) => `${shot.what} → ${status}`)).toEqual([]);
  await expectAlive();
});

test('nor does JSON made at random', { timeout: PATIENCE_MS }, async () => {
  const shots: Shot[] = [];
  const seed = 20_260;
  for (const route of routes.filter(hasBody)) {
    const path = await addressOf(route);
    const by = await shooterFor(route);
    const fields = bodyFields(route);
    const numRuns = fields.length > 0 ? RANDOM_BODIES : UNREAD_BODIES;
    const name = fields.length > 0 ? fc.oneof(fc.constantFrom(...fields), fc.string()) : fc.string();
    const bodies = fc.sample(fc.dictionary(name, fc.jsonValue({ maxDepth: 3 })), { numRuns, seed });
    for (const value of bodies) {
      const body = JSON.stringify(value);
      shots.push({
        by,
        what: `${nameOf(route)} with ${body.slice(0, 80)}`,
        method: route.method,
        path,
        body,
      });
    }
  }
  expect(failures(await shootAll(shots))).toEqual([]);
  await expectAlive();
});

test('errors name the field, in a sentence', async () => {
  const wrong = async (path: string, method: string, json: unknown) => {
    const response = await boss.fetch(path, { method, ...(json !== undefined && { json }) });
    return {
      status: response.status,
      ...((await response.json()) as { error: { code: string; field?: string; detail: string } }).error,
    };
  };
  expect(await wrong('/api/v1/chats', 'POST', { title: 5 })).toMatchObject({
    status: 400,
    code: 'invalid_input',
    field: 'title',
  });
  expect(await wrong('/api/v1/chats?limit=0', 'GET', undefined)).toMatchObject({
    status: 400,
    code: 'invalid_input',
    field: 'limit',
  });
  expect(await wrong('/api/v1/chats', 'POST', { tags: ['ok', 7] })).toMatchObject({
    status: 400,
    field: 'tags.1',
  });
  expect(await wrong('/api/v1/api-keys', 'POST', {})).toMatchObject({ status: 400, field: 'name' });
  expect(await wrong('/api/v1/api-keys', 'POST', [])).toMatchObject({ status: 400, field: 'body' });
});
