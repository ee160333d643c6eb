/** Whatever a route refuses, it can be said in Russian: by its reason, with its parameters. A new route is tested by being there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSentences } from '#cli/load-sentences.ts';
import type { RouteRule } from '#platform/http/app.ts';
import type { Detail } from '#platform/sentences.ts';
import { admin, guest, type Person, personWith } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let people: Person[];
let routes: RouteRule[];
beforeAll(async () => {
  parley = await startTestParley();
  const nobody = personWith(parley.url, { userId: '', email: '', cookie: '' });
  people = [await admin(parley.url), await guest(parley.url), nobody];
  // Those of OpenAI's dialect are read by programs.
  routes = parley.parley.routes
    .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/v1'))
    // Some of these sign out who asks.
    .toSorted((a, b) => Number(a.url.startsWith('/api/auth/')) - Number(b.url.startsWith('/api/auth/')));
});
afterAll(() => parley.close());

const UNKNOWN = '01970000-0000-7000-8000-0000000000ff';
const QUERIES = [
  '',
  '?limit=0&archived=maybe&all=5',
  '?limit=x',
  '?cursor=x&before=x&from=x',
  '?limit=201&q=%00',
];
/** Wrong in every way that fields are. */
const BODIES = [
  '{',
  '[]',
  '{}',
  '{"surprise":1}',
  JSON.stringify({
    content: '',
    name: '',
    key: 5,
    modelId: 5,
    slots: -1,
    kind: 'other',
    title: 'x'.repeat(10_000),
  }),
  JSON.stringify({
    content: ' ',
    name: 'No Slug',
    baseUrl: 'none',
    slots: 0.5,
    email: 'x',
    password: 'x',
    archived: 'x',
  }),
  JSON.stringify({
    chat: { tags: 'x' },
    message: { content: [{ type: 'text' }], id: 'x', parameters: { seed: 'x' } },
  }),
  JSON.stringify({
    timeouts: { queueMs: 0 },
    metadata: [],
    tags: Array.from({ length: 500 }, () => 'x'),
    maxChats: -1,
  }),
];

/** Every refusal of a route: of bad queries, bad bodies, and a thing that is nowhere, to an admin, a guest and nobody. */
async function refusalsOf({ method, url }: RouteRule): Promise<(Detail & { text: string })[]> {
  const path = url.replace(/:\w+/g, UNKNOWN).replace('*', 'nowhere');
  const asks = method === 'GET' ? QUERIES.map((query) => [path + query]) : BODIES.map((body) => [path, body]);
  const answers = await Promise.all(
    people.flatMap((person) =>
      asks.map(async ([address, body]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await person.fetch(address!, { method, ...(body && { headers, body }) });
        return { status: answer.status, text: answer.status < 400 ? '' : await answer.text() };
      }),
    ),
  );
  return answers.flatMap(({ status, text }) => {
    // What a route without a body, such as the event stream, a good answer or the page says is not looked at.
    if (status < 400 || text === '' || text.startsWith('<!doctype')) return [];
    const { error, ...own } = JSON.parse(text);
    const { detail = own.message, reason, params } = error ?? own;
    return [{ detail, reason, params, text }];
  });
}

test('every refusal has a reason that is said in Russian', async () => {
  const say = loadSentences('ru');
  const reasons = new Set<string>();
  for (const route of routes)
    for (const refusal of await refusalsOf(route)) {
      reasons.add(refusal.reason);
      const said = say(refusal);
      expect(said, `${route.method} ${route.url}: ${refusal.text}`).toMatch(/[а-яё]/i);
      // Names aside, no English is left in it.
      expect(said.replace(/[“«].*?[”»]/g, ''), refusal.text).not.toMatch(
        /\b(?:the|is|not|must|of|and|you)\b/i,
      );
    }
  expect(reasons.size).toBeGreaterThan(25);
});

test('a language nobody has written is said in English', () => {
  const sentence = { detail: 'Only admins can do this.', reason: 'admins_only', params: {} };
  expect(loadSentences('xx')(sentence)).toBe(sentence.detail);
  expect(loadSentences('ru')({ detail: 'An older sentence.' })).toBe('An older sentence.');
});
