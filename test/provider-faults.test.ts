/** The contract of `provider.ts`, kept by both wires against a scripted upstream on a real socket: faults. Stops are in `provider-aborts.test.ts`. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointKind } from '#features/endpoints/endpoints.ts';
import { createProvider } from '#providers/create-provider.ts';
import type { ProviderFailure } from '#providers/provider.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { type Ask, failureOf, run, words } from '#test/upstream/run-provider.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream.behave({}));
afterAll(() => upstream.close());

describe.each<EndpointKind>(['openai-compatible', 'openai', 'anthropic'])('%s', (kind) => {
  const provider = () => createProvider(kind, { baseUrl: upstream.url, apiKey: 'sk-canary-1234' });
  const behaves = (behaviour: Behaviour, ask?: Ask) => {
    upstream.behave(behaviour);
    return run(provider(), 'normal', ask);
  };

  test.each<[string, Behaviour, RegExp]>([
    ['reset in the middle', { tokens: 40, reset: 'mid', rate: 400 }, /broke off/],
    ['reset before the headers', { reset: 'headers' }, /broke off/],
    ['no finish reason and no end marker', { finishReason: null, endMarker: false }, /without saying/],
    ['an end in the middle', { tokens: 40, cut: 'mid' }, /without saying/],
    ['a truncated piece', { tokens: 40, truncate: 'mid' }, /garbage/],
    ['garbage', { tokens: 40, garbage: { at: 'mid', bytes: 'data: {not json}\n\n' } }, /garbage/],
    ['a number where a piece should be', { garbage: { at: 'first', bytes: 'data: 5\n\n' } }, /not a piece/],
    ['headers of a megabyte', { hugeHeaders: 1024 * 1024 }, /does not speak HTTP/],
  ])('%s is a bad stream, and the text before it is kept', async (_what, behaviour, detail) => {
    const result = await behaves(behaviour);
    expect(failureOf(result)).toMatchObject({
      code: 'bad_stream',
      sentence: { text: expect.stringMatching(detail) },
    });
    // A reset may overtake the last bytes; whatever else ends a stream does not.
    if (behaviour.reset === 'mid') expect(words(20).startsWith(result.text) && result.text !== '').toBe(true);
    else if (behaviour.tokens) expect(result.text).toBe(words(20));
  });

  test('an HTML page with status 200 is a bad stream', async () => {
    const page = '<!doctype html>\n<title>Log in</title>\n';
    expect(failureOf(await behaves({ page }))).toMatchObject({ code: 'bad_stream' });
  });

  test('a line of 10 MB ends the run and closes the connection', async () => {
    const result = await behaves({ tokens: 40, hugeLine: { at: 'mid', bytes: 10 * 1024 * 1024 } });
    expect(failureOf(result)).toMatchObject({
      code: 'bad_stream',
      sentence: { reason: 'stream_line_too_long' },
    });
    expect(result.text).toBe(words(20));
    await expect.poll(() => upstream.requests.at(-1)!.closedAt).not.toBeNull();
  });

  test.each<[Behaviour, Partial<ProviderFailure>]>([
    [{ status: 401 }, { code: 'endpoint_auth', retryable: false }],
    [{ status: 403 }, { code: 'endpoint_auth', retryable: false }],
    [{ status: 404 }, { code: 'model_missing', retryable: false }],
    [{ status: 429 }, { code: 'endpoint_rate_limited', retryable: true }],
    [
      { status: 429, retryAfter: '7' },
      { code: 'endpoint_rate_limited', retryable: true, retryAfterMs: 7_000 },
    ],
    [{ status: 500 }, { code: 'endpoint_error', retryable: true }],
    [{ status: 503 }, { code: 'endpoint_error', retryable: true }],
    [{ status: 529 }, { code: 'endpoint_error', retryable: true }],
    [{ status: 400 }, { code: 'endpoint_error', retryable: false }],
    [{ status: 302 }, { code: 'endpoint_error', retryable: false }],
    [
      {
        status: 400,
        errorBody: { error: { message: 'This model’s maximum context length is 8192 tokens.' } },
      },
      { code: 'context_too_long', retryable: false },
    ],
    [
      { status: 400, errorBody: { error: 'model "x" not found, try pulling it first' } },
      { code: 'model_missing', retryable: false },
    ],
    [{ status: 500, errorBody: '<html><body>502</body></html>' }, { code: 'endpoint_error' }],
  ])('%j is told apart', async (behaviour, expected) => {
    const failure = failureOf(await behaves(behaviour));
    expect(failure).toMatchObject(expected);
    expect(`${failure.sentence.text} ${failure.said}`).not.toMatch(/canary|</);
  });

  test('an error object inside a 200 is an error, and what came before it is kept', async () => {
    const result = await behaves({ tokens: 40, errorEvent: 'mid' });
    expect(failureOf(result)).toMatchObject({ code: 'endpoint_error' });
    expect(failureOf(result).said).toMatch(/the upstream was told to fail/);
    expect(result.text).toBe(words(20));
  });

  test('made-up usage is not believed', async () => {
    const usages = [
      { prompt_tokens: -5, completion_tokens: 1e300, input_tokens: -5, output_tokens: 1e300 },
      { prompt_tokens: '7', completion_tokens: null, input_tokens: '7', output_tokens: {} },
      'all of it',
    ];
    for (const usage of usages) {
      const { outcome, events } = await behaves({ tokens: 3, usage });
      expect(outcome.ok).toBe(true);
      for (const event of events) {
        if (event.type !== 'usage') continue;
        for (const count of [event.inputTokens ?? 0, event.outputTokens ?? 0])
          expect(Number.isInteger(count) && count >= 0 && count < 1000).toBe(true);
      }
    }
  });

  test('an abort before the start asks nothing', async () => {
    const seen = upstream.requests.length;
    const { outcome, events } = await run(provider(), 'normal', { signal: AbortSignal.abort() });
    expect(outcome.ok).toBe(false);
    expect(events).toEqual([]);
    expect(upstream.requests).toHaveLength(seen);
  });

  test('a server that loads its model is waited for, and says so', async () => {
    upstream.behave({ loadingMs: 600, tokens: 3 });
    const { outcome, events, text } = await run(provider(), `loads-${kind}`);
    expect(outcome.ok).toBe(true);
    expect(text).toBe(words(3));
    expect(events[0]).toEqual({ type: 'loading_model' });
  });

  test('nobody there, an unknown name and plain HTTP where TLS should be are unreachable, each in its words', async () => {
    const details = new Set<string>();
    for (const baseUrl of [
      'http://127.0.0.1:1/v1',
      'http://no-such-host.invalid/v1',
      upstream.url.replace('http:', 'https:'),
      'http://169.254.169.254/v1',
    ]) {
      const result = await run(createProvider(kind, { baseUrl, apiKey: null }), 'normal');
      expect(failureOf(result).code).toBe('endpoint_unreachable');
      details.add(failureOf(result).sentence.text);
      const list = await createProvider(kind, { baseUrl, apiKey: null }).listModels(
        AbortSignal.timeout(20_000),
      );
      expect(list).toMatchObject({ ok: false, failure: { code: 'endpoint_unreachable' } });
    }
    expect(details.size).toBe(4);
  });
});
