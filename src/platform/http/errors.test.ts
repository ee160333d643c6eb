import { expect, test } from 'vitest';
import { z } from 'zod';
import { REAL_CLOCK } from '#platform/clock.ts';
import type { Services } from '#platform/services.ts';
import { testConfig } from '#test/harness/parley.ts';
import { createHttpServer } from './server.ts';

const Body = z.object({
  title: z.string().optional(),
  content: z
    .union([z.string().min(1), z.array(z.object({ type: z.literal('text'), text: z.string() })).min(1)])
    .optional(),
  timeouts: z.strictObject({ queueMs: z.int().min(1) }).optional(),
});

function server() {
  const services = { clock: REAL_CLOCK, config: testConfig() } as unknown as Services;
  const app = createHttpServer(services);
  const config = { access: 'public' } as const;
  app.post(
    '/things/:thingId',
    { config, schema: { body: Body, params: z.object({ thingId: z.uuid() }) } },
    async () => 'ok',
  );
  app.get(
    '/things',
    {
      config,
      schema: {
        querystring: z.object({
          limit: z.coerce.number().int().max(200).optional(),
          state: z.preprocess((value) => [value].flat(), z.array(z.enum(['queued', 'running']))).optional(),
        }),
      },
    },
    async () => 'ok',
  );
  return app;
}
const ID = '01989c1e-0000-7000-8000-000000000001';
const post = async (payload: object | string, id = ID, headers = {}) =>
  (
    await server().inject({
      method: 'POST',
      url: `/things/${id}`,
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    })
  ).json().error;

test.each([
  [{ title: 5 }, 'title'],
  [{ timeouts: { queueMs: 0 } }, 'timeouts.queueMs'],
  [{ timeouts: { queueMs: 1, soon: 2 } }, 'timeouts.soon'],
  [{ content: '' }, 'content'],
  [{ content: [{ type: 'text', text: 7 }] }, 'content.0.text'],
  [[], 'body'],
  ['{', 'body'],
  ['{"__proto__":{}}', 'body'],
])('a body of %j is refused by the name of the field', async (payload, field) => {
  const error = await post(payload);
  expect(error).toMatchObject({ code: 'invalid_input', field });
  expect(error.detail).toMatch(/\.$/);
});

test('a query is named by its parameter, a bad id is not found, another type is told', async () => {
  expect((await server().inject('/things?limit=201')).json().error).toMatchObject({
    code: 'invalid_input',
    field: 'limit',
  });
  expect((await server().inject('/things?limit=%00')).json().error).toMatchObject({
    code: 'invalid_input',
    field: 'limit',
  });
  expect(await post({}, 'not-an-id')).toMatchObject({ code: 'not_found' });
  expect(await post('<a/>', ID, { 'content-type': 'application/xml' })).toMatchObject({
    code: 'invalid_input',
    field: 'body',
  });
});

test('a route that does not say who may call it is refused at start', () => {
  expect(() => server().get('/open', {}, async () => 'ok')).toThrow('states no access rule');
});

test('a query field that may be given several times is named as one field', async () => {
  const answer = await server().inject({ url: '/things?state=nope' });
  expect(answer.json().error).toMatchObject({ code: 'invalid_input', field: 'state' });
});
