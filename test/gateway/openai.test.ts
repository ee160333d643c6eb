/** The gateway as OpenAI's own client sees it. */
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stop } from '#features/generations/server/cancel-generation.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually } from '#test/harness/streams.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let parley: TestParley;
let upstream: Upstream;
let ada: Person;
let key: string;
let client: OpenAI;

beforeAll(async () => {
  [parley, upstream] = await Promise.all([startTestParley(), startUpstream()]);
  await addEndpoint(parley.services, {
    name: 'far',
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    models: ['normal', 'tools', 'thinking', 'long', 'only-here', 'status-401', 'status-429', 'shared'],
  });
  await addEndpoint(parley.services, { name: 'one', slots: 1, models: ['demo', 'shared'] });
  await addEndpoint(parley.services, { name: 'test', models: ['demo', 'echo'] });
  ada = await admin(parley.url);
  key = await keyOf(ada);
  client = clientWith(key);
});
afterAll(() => Promise.all([parley.close(), upstream.close()]));
afterEach(async () => {
  upstream.behave({});
  const { rows } = await parley.services.db.$client.query(
    `SELECT id FROM generations WHERE state IN ('queued', 'running')`,
  );
  for (const { id } of rows) await stop(parley.services, id);
});

const keyOf = async (person: Person): Promise<string> => {
  const made = await person.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'client' } });
  return ((await made.json()) as { key: string }).key;
};
const clientWith = (apiKey: string) =>
  new OpenAI({ apiKey, baseURL: `${parley.url}/v1`, maxRetries: 0, logLevel: 'off' });
const ask = (content: string, more: object = {}) => ({
  model: 'test/demo',
  messages: [{ role: 'user' as const, content }],
  ...more,
});
const ledger = async (person: Person = ada) =>
  ((await (await person.fetch('/api/v1/generations?limit=5')).json()) as { items: Record<string, unknown>[] })
    .items;
const failure = async (work: PromiseLike<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> => {
  try {
    await work;
  } catch (error) {
    return error as InstanceType<typeof OpenAI.APIError>;
  }
  throw new Error('It did not fail.');
};
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${parley.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('models', () => {
  it('are listed and found by id', async () => {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain('test/demo');
    expect(ids).toContain('far/normal');
    expect(await client.models.retrieve('far/normal')).toMatchObject({ id: 'far/normal', owned_by: 'far' });
    expect(await failure(client.models.retrieve('far/none'))).toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });

  it('are found by a bare name where one endpoint alone has it', async () => {
    const answer = await client.chat.completions.create(
      ask('/script tokens=2 rate=0', { model: 'only-here' }),
    );
    expect(answer.model).toBe('far/only-here');
    const error = await failure(client.chat.completions.create(ask('Hi', { model: 'shared' })));
    expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect(error.message).toContain('far/shared');
    expect(error.message).toContain('one/shared');
  });
});

describe('an answer at once', () => {
  it('has the text, the usage and the reason, and is in the ledger as everything else', async () => {
    const answer = await client.chat.completions.create(ask('/script text="Hello, world." usage=7,3 rate=0'));
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'test/demo',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Hello, world.' }, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    });
    const [entry] = await ledger();
    expect(answer.id).toBe(`chatcmpl-${entry!.id}`);
    expect(entry).toMatchObject({
      client: 'openai',
      chatId: null,
      state: 'completed',
      class: 'interactive',
      inputTokens: 7,
      outputTokens: 3,
    });
    const { rows } = await parley.services.db.$client.query('SELECT input FROM generations WHERE id = $1', [
      entry!.id,
    ]);
    expect(rows).toEqual([{ input: null }]);
  });

  it('passes every parameter and turn on, as it was sent', async () => {
    const schema = { type: 'object', properties: { zebra: { type: 'string' }, a: { type: 'number' } } };
    await client.chat.completions.create({
      model: 'far/normal',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is ' },
            { type: 'text', text: 'it?' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"q":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'It is 4.' },
      ],
      temperature: 0.3,
      top_p: 0.9,
      max_completion_tokens: 77,
      seed: 5,
      stop: 'END',
      user: 'somebody',
      frequency_penalty: 0,
      tools: [
        { type: 'function', function: { name: 'look_up', description: 'Looks up', parameters: schema } },
      ],
      tool_choice: 'auto',
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
    });
    const { body } = upstream.requests.at(-1)!;
    expect(body).toMatchObject({
      model: 'normal',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is it?' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'c1', function: { name: 'look_up', arguments: '{"q":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'It is 4.' },
      ],
      temperature: 0.3,
      top_p: 0.9,
      max_tokens: 77,
      seed: 5,
      stop: ['END'],
      tool_choice: 'auto',
    });
    // The order of a schema's properties is the order in which models write them.
    expect(JSON.stringify(body.tools)).toContain(JSON.stringify(schema));
    expect(JSON.stringify(body.response_format)).toContain(JSON.stringify(schema));
    expect(body).not.toHaveProperty('user');
  });

  it('counts tokens also where the model server does not', async () => {
    upstream.behave({ usage: null, pieces: ['12345678', '1234'] });
    const answer = await client.chat.completions.create(ask('x'.repeat(400), { model: 'far/normal' }));
    expect(answer.usage).toEqual({ prompt_tokens: 100, completion_tokens: 3, total_tokens: 103 });
    expect((await ledger())[0]).toMatchObject({ inputTokens: 100, outputTokens: 3, tokensEstimated: true });
  });
});

describe('a stream', () => {
  it('begins with the role, carries the text in pieces, and ends with the reason and the usage', async () => {
    const stream = await client.chat.completions.create({
      ...ask('/script tokens=40 rate=200 reasoning=3 usage=11,43'),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks[0]!.choices[0]!.delta).toMatchObject({ role: 'assistant', content: '' });
    expect(
      chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && chunk.id === chunks[0]!.id),
    ).toBe(true);
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
    expect(deltas.filter((delta) => delta.content).length).toBeGreaterThan(2);
    expect(deltas.some((delta) => 'reasoning_content' in delta)).toBe(true);
    expect(chunks.at(-2)!.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 11, completion_tokens: 43, total_tokens: 54 },
    });
    const { rows } = await parley.services.db.$client.query(
      `SELECT string_agg(e->1->>'delta', '' ORDER BY first_seq, at) AS text
       FROM generation_events, json_array_elements(events) WITH ORDINALITY AS each(e, at)
       WHERE generation_id = $1 AND e->>0 = 'content_delta'`,
      [chunks[0]!.id.replace('chatcmpl-', '')],
    );
    expect(deltas.map((delta) => delta.content ?? '').join('')).toBe(rows[0].text);
  });

  it('ends with [DONE], and has no usage unless it is asked for', async () => {
    const text = await (await post(ask('/script tokens=3 rate=0', { stream: true }))).text();
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(text).not.toContain('usage');
  });

  it('says in comments where it stands while it waits', async () => {
    const busy = client.chat.completions.create({
      ...ask('/script tokens=500 rate=100', { model: 'one/demo' }),
      stream: true,
    });
    const running = await busy;
    const [first, second] = [
      await post(ask('/script tokens=2', { model: 'one/demo', stream: true })),
      await post(ask('/script tokens=2', { model: 'one/demo', stream: true })),
    ];
    const reader = second.body!.getReader();
    const decoder = new TextDecoder();
    let seen = '';
    while (!seen.includes('\n\n')) seen += decoder.decode((await reader.read()).value);
    expect(seen).toMatch(/^: queued 2 of 2\n\n/);
    running.controller.abort();
    await first.text();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      seen += decoder.decode(piece.value);
    expect(seen.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

describe('tools', () => {
  const tools = [
    { type: 'function' as const, function: { name: 'look_up', parameters: { type: 'object' } } },
  ];

  it('go round: the call comes out, its result goes in', async () => {
    const question = { role: 'user' as const, content: 'Look it up.' };
    const called = await client.chat.completions.create({ model: 'far/tools', messages: [question], tools });
    const [choice] = called.choices;
    expect(choice!.finish_reason).toBe('tool_calls');
    expect(choice!.message).toMatchObject({
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"q":"слон 🐘"}' } },
      ],
    });
    upstream.behave({ toolCalls: [], pieces: ['An elephant.'], finishReason: 'stop' });
    const answer = await client.chat.completions.create({
      model: 'far/tools',
      messages: [question, choice!.message, { role: 'tool', tool_call_id: 'call_1', content: 'слон' }],
      tools,
    });
    expect(answer.choices[0]!.message.content).toBe('An elephant.');
    expect((upstream.requests.at(-1)!.body.messages as unknown[])[1]).toMatchObject({
      role: 'assistant',
      tool_calls: [{ id: 'call_1', function: { name: 'look_up', arguments: '{"q":"слон 🐘"}' } }],
    });
  });

  it('come whole in a stream, as the client’s own helper reads them', async () => {
    const stream = client.chat.completions.stream({
      model: 'far/tools',
      messages: [{ role: 'user', content: 'Look.' }],
      tools,
    });
    const done = await stream.finalChatCompletion();
    expect(done.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        tool_calls: [{ id: 'call_1', function: { name: 'look_up', arguments: '{"q":"слон 🐘"}' } }],
      },
    });
  });
});

describe('who hangs up', () => {
  it('from a stream stops the generation and closes the upstream', async () => {
    const stream = await client.chat.completions.create({
      ...ask('Go on', { model: 'far/long' }),
      stream: true,
    });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    const hungUpAt = performance.now();
    const request = await eventually(
      async () => upstream.requests.at(-1)!,
      ({ closedAt }) => closedAt !== null,
    );
    expect(request.completed).toBe(false);
    expect(request.closedAt! - hungUpAt).toBeLessThan(2000);
    expect((await eventually(ledger, ([entry]) => entry!.state !== 'running'))[0]).toMatchObject({
      state: 'cancelled',
    });
  });

  it('while waiting for a whole answer stops it as well', async () => {
    for (const model of ['far/long', 'one/demo']) {
      const controller = new AbortController();
      const asked = failure(
        client.chat.completions.create(ask('/script tokens=9000 rate=50', { model }), {
          signal: controller.signal,
        }),
      );
      await eventually(ledger, ([entry]) => entry?.model === model && entry.state === 'running');
      controller.abort();
      await asked;
      const [entry] = await eventually(ledger, ([first]) => first!.finishedAt !== null);
      expect(entry).toMatchObject({ model, state: 'cancelled' });
    }
  });

  it('and whose key is revoked, is cut off', async () => {
    const bob = await signUp(parley.url);
    const made = (await (
      await bob.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'k' } })
    ).json()) as {
      id: string;
      key: string;
    };
    const stream = await clientWith(made.key).chat.completions.create({
      ...ask('/script tokens=9000 rate=50'),
      stream: true,
    });
    await bob.fetch(`/api/v1/api-keys/${made.id}`, { method: 'DELETE' });
    await failure(
      (async () => {
        for await (const _chunk of stream);
      })(),
    );
    expect(
      (
        await eventually(
          () => ledger(bob),
          ([entry]) => entry!.finishedAt !== null,
        )
      )[0],
    ).toMatchObject({ state: 'cancelled' });
  });
});

describe('errors', () => {
  it('say who is not let in, and what is not there', async () => {
    const refused = await failure(clientWith('pk_wrong').models.list());
    expect(refused).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' });
    const missing = await failure(client.chat.completions.create(ask('Hi', { model: 'far/none' })));
    expect(missing).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect(await failure(client.embeddings.create({ model: 'x', input: 'y' }))).toMatchObject({
      status: 404,
      code: 'unknown_url',
    });
  });

  it('name the field that cannot be used', async () => {
    const wrong = async (more: object) => failure(client.chat.completions.create(ask('Hi', more)));
    expect(await wrong({ n: 2 })).toMatchObject({ status: 400, param: 'n' });
    expect(await wrong({ temperature: 3 })).toMatchObject({ status: 400, param: 'temperature' });
    const image = { type: 'image_url', image_url: { url: 'data:,' } };
    const picture = await wrong({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Look' }, image] }],
    });
    expect(picture).toMatchObject({ status: 400, param: 'messages.0.content.1.type' });
    expect(picture.message).toContain('only parts of type text');
    expect(await wrong({ messages: [] })).toMatchObject({ status: 400, param: 'messages' });
    const badClass = await post(ask('Hi'), { 'x-parley-class': 'urgent' });
    expect([badClass.status, await badClass.json()]).toMatchObject([
      400,
      { error: { param: 'x-parley-class' } },
    ]);
    expect((await post('not an object')).status).toBe(400);
  });

  it.each([
    ['endpoint_error', 502, 'endpoint_error'],
    ['timeout_first_token', 504, 'timeout_first_token'],
    ['endpoint_rate_limited', 429, 'endpoint_rate_limited'],
    ['context_too_long', 400, 'context_length_exceeded'],
    ['model_missing', 404, 'model_not_found'],
  ])(
    'of the model before its first token, %s, have a status, streaming or not',
    async (code, status, told) => {
      for (const stream of [true, false]) {
        const error = await failure(
          client.chat.completions.create({
            ...ask(`/script fail=first code=${code} retryAfter=60000`),
            stream,
          }),
        );
        expect(error).toMatchObject({ status, code: told });
        if (status === 429) expect(error.headers!.get('retry-after')).toMatch(/^\d+$/);
      }
    },
  );

  it('of the model after its first token are the last event of a stream, and a status without one', async () => {
    const stream = await client.chat.completions.create({
      ...ask('/script tokens=20 rate=200 fail=mid code=bad_stream'),
      stream: true,
    });
    let text = '';
    const error = await failure(
      (async () => {
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      })(),
    );
    expect(text).not.toBe('');
    expect(error.code).toBe('bad_stream');
    const whole = await failure(
      client.chat.completions.create(ask('/script tokens=20 rate=0 fail=mid code=bad_stream')),
    );
    expect(whole).toMatchObject({ status: 502, code: 'bad_stream' });
  });

  it('tell the client not to ask again where that is of no use', async () => {
    const answer = await post(ask('/script fail=first code=endpoint_auth'));
    expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([502, 'false']);
  });

  it('over a limit say when to ask again', async () => {
    const carol = await signUp(parley.url);
    await ada.fetch(`/api/v1/admin/users/${carol.userId}`, {
      method: 'PATCH',
      json: { maxConcurrent: 1, maxQueued: 0 },
    });
    const hers = clientWith(await keyOf(carol));
    const running = await hers.chat.completions.create({
      ...ask('/script tokens=9000 rate=50'),
      stream: true,
    });
    const refused = await failure(hers.chat.completions.create(ask('Me too')));
    expect(refused).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect(Number(refused.headers!.get('retry-after'))).toBeGreaterThan(0);
    running.controller.abort();
  });
});

it('a class that is asked for decides who goes first', async () => {
  const running = await client.chat.completions.create({
    ...ask('/script tokens=9000 rate=50', { model: 'one/demo' }),
    stream: true,
  });
  const order: string[] = [];
  const asked = ['background', 'batch', 'interactive'].map(async (name) => {
    await (
      await post(ask('/script tokens=1 rate=0', { model: 'one/demo' }), { 'x-parley-class': name })
    ).json();
    order.push(name);
  });
  await eventually(ledger, (entries) => entries.filter((entry) => entry.state === 'queued').length === 3);
  running.controller.abort();
  await Promise.all(asked);
  expect(order).toEqual(['interactive', 'batch', 'background']);
});

it('two users share one slot, however much one of them asks at once', async () => {
  const bob = await signUp(parley.url);
  const his = clientWith(await keyOf(bob));
  const done: string[] = [];
  const one = async (who: OpenAI, name: string) => {
    await who.chat.completions.create(ask('/script tokens=20 rate=0', { model: 'one/demo' }));
    done.push(name);
  };
  const running = await client.chat.completions.create({
    ...ask('/script tokens=9000 rate=50', { model: 'one/demo' }),
    stream: true,
  });
  const flood = Array.from({ length: 8 }, () => one(client, 'flood'));
  await eventually(ledger, (entries) => entries.filter((entry) => entry.state === 'queued').length >= 5);
  const light = [one(his, 'light'), one(his, 'light')];
  await eventually(
    () => ledger(bob),
    (entries) => entries.length === 2,
  );
  running.controller.abort();
  await Promise.all([...flood, ...light]);
  // The flooding one has been served already, so that the light one goes first, and again as soon as it is behind.
  expect(done.slice(0, 4).filter((name) => name === 'light')).toHaveLength(2);
});
