/** A Parley with three endpoints and OpenAI's own client at its gateway, for the tests of one file. */
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { admin, type Person } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeKey, makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

export let parley: TestParley;
/** Serves the models of the endpoint `far`. */
export let upstream: Upstream;
export let ada: Person;
/** Ada's, as is the client. */
export let key: string;
export let client: OpenAI;

/** Starts it for the tests of the calling file, and leaves nothing running between them. */
export function setUpGateway(): void {
  beforeAll(async () => {
    [parley, upstream] = await Promise.all([startTestParley(), startUpstream()]);
    await addEndpoint(parley.services, {
      name: 'far',
      kind: 'openai-compatible',
      baseUrl: upstream.url,
      models: ['normal', 'tools', 'thinking', 'long', 'only-here', 'status-401', 'status-429', 'shared'],
    });
    await addEndpoint(parley.services, { name: 'one', slots: 1, models: ['demo', 'fast', 'shared'] });
    await addEndpoint(parley.services, { name: 'test', models: ['demo', 'echo'] });
    ada = await admin(parley.url);
    key = await makeKey(ada);
    client = clientWith(key);
  });
  afterAll(() => Promise.all([parley.close(), upstream.close()]));
  afterEach(async () => {
    upstream.behave({});
    await makeQuiet(parley);
  });
}

export const clientWith = (apiKey: string) =>
  new OpenAI({ apiKey, baseURL: `${parley.url}/v1`, maxRetries: 0, logLevel: 'off' });
export const ask = (content: string, more: object = {}) => ({
  model: 'test/demo',
  messages: [{ role: 'user' as const, content }],
  ...more,
});
export const ledger = async (person: Person = ada) =>
  ((await (await person.fetch('/api/v1/generations?limit=5')).json()) as { items: Record<string, unknown>[] })
    .items;
export const failure = async (work: PromiseLike<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> => {
  try {
    await work;
  } catch (error) {
    return error as InstanceType<typeof OpenAI.APIError>;
  }
  throw new Error('It did not fail.');
};
export const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${parley.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
