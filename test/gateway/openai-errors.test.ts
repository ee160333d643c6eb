/** What OpenAI's own client is told when something is wrong. */
import { describe, expect, it } from 'vitest';
import { signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeKey } from '#test/harness/make.ts';
import { ada, ask, client, clientWith, failure, parley, post, setUpGateway } from './openai-client.ts';

setUpGateway();

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

  it('have OpenAI’s shape at every address below /v1, whatever is asked of it and however', async () => {
    const shape = {
      error: { message: expect.any(String), type: 'invalid_request_error', param: null, code: 'unknown_url' },
    };
    for (const path of ['/v1', '/v1/', '/v1/nothing?here=1', '/v1/chat/completions', '/v1/models/a/b/c'])
      for (const method of ['GET', 'POST', 'DELETE']) {
        if (method === 'POST' && path === '/v1/chat/completions') continue;
        const response = await fetch(parley.url + path, { method, headers: { accept: 'text/html' } });
        expect([path, method, response.status, await response.json()]).toEqual([path, method, 404, shape]);
      }
    const malformed = await fetch(`${parley.url}/v1/models/%ZZ`);
    expect([malformed.status, await malformed.json()]).toMatchObject([
      400,
      { error: { message: expect.any(String), type: 'invalid_request_error' } },
    ]);
    const elsewhere = await fetch(`${parley.url}/v1x`);
    expect(await elsewhere.json()).toMatchObject({
      error: { code: 'not_found', detail: expect.any(String) },
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

  it('of a model that does not begin in time have a status, streaming or not', async () => {
    await addEndpoint(parley.services, { name: 'slow', timeouts: { firstTokenMs: 50 } });
    for (const stream of [true, false]) {
      const question = { ...ask('/script ttft=60000'), model: 'slow/demo', stream };
      expect(await failure(client.chat.completions.create(question))).toMatchObject({
        status: 504,
        code: 'timeout_first_token',
      });
    }
  });

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
    const hers = clientWith(await makeKey(carol));
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
