/** The contract of `provider.ts`, kept by both wires against a scripted upstream on a real socket. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { EndpointKind } from '#features/endpoints/endpoints.ts';
import { createProvider } from '#providers/create-provider.ts';
import type { Provider, ProviderEvent, ProviderFailure, ProviderOutcome } from '#providers/provider.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream.behave({}));
afterAll(() => upstream.close());

type Run = { outcome: ProviderOutcome; events: ProviderEvent[]; text: string; reasoning: string };
type Ask = { prompt?: string; signal?: AbortSignal; onEvent?: (event: ProviderEvent) => void };

async function run(provider: Provider, model: string, ask: Ask = {}): Promise<Run> {
  const events: ProviderEvent[] = [];
  let settled = false;
  const outcome = await provider.stream(
    { model, messages: [{ role: 'user', text: ask.prompt ?? 'hello' }] },
    (event) => {
      if (settled) throw new Error('an event after the end');
      events.push(event);
      ask.onEvent?.(event);
    },
    ask.signal ?? new AbortController().signal,
  );
  settled = true;
  const join = (type: 'text' | 'reasoning') =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { outcome, events, text: join('text'), reasoning: join('reasoning') };
}

const failureOf = ({ outcome }: Run): ProviderFailure => {
  if (outcome.ok) throw new Error(`it ended well: ${outcome.finishReason}`);
  return outcome.failure;
};
const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at} `).join('');

describe.each<EndpointKind>(['openai-compatible', 'openai', 'anthropic'])('%s', (kind) => {
  const provider = () => createProvider(kind, { baseUrl: upstream.url, apiKey: 'sk-canary-1234' });
  const behaves = (behaviour: Behaviour, ask?: Ask) => {
    upstream.behave(behaviour);
    return run(provider(), 'normal', ask);
  };

  test('a reply comes in order, with usage and a finish reason', async () => {
    const { outcome, events, text } = await run(provider(), 'normal');
    expect(outcome).toEqual({ ok: true, finishReason: 'stop' });
    expect(text).toBe(words(40));
    expect(events[0]).toEqual({ type: 'accepted' });
    expect(events.findLast((event) => event.type === 'usage')).toMatchObject({ outputTokens: 40 });
    const input = events.filter((event) => event.type === 'usage' && event.inputTokens === 1);
    expect(input).toHaveLength(1);
  });

  test('reasoning is told apart from text', async () => {
    const { text, reasoning } = await run(provider(), 'thinking');
    expect(reasoning).toBe('Let me think. ');
    expect(text).toBe(words(20));
  });

  test('a tool call that came in pieces is one whole call', async () => {
    const { outcome, events } = await run(provider(), 'tools');
    expect(outcome).toEqual({ ok: true, finishReason: 'tool_calls' });
    expect(events.filter((event) => event.type === 'tool_call')).toEqual([
      { type: 'tool_call', toolCallId: 'call_1', name: 'look_up', arguments: '{"q":"слон 🐘"}' },
    ]);
  });

  test.each(['crlf', 'no-done', 'wrong-content-type', 'no-stream'])(
    'a server’s habit is no fault: %s',
    async (model) => {
      const { outcome, text } = await run(provider(), model);
      expect(outcome).toEqual({ ok: true, finishReason: 'stop' });
      expect(text).toMatch(/^w0 w1 .*w19 /);
    },
  );

  test('an end marker without a finish reason is an end', async () => {
    expect((await run(provider(), 'no-finish-reason')).outcome).toEqual({ ok: true, finishReason: 'stop' });
  });

  test('a finish reason that says more than stop is passed on', async () => {
    expect((await behaves({ tokens: 2, finishReason: 'length' })).outcome).toEqual({
      ok: true,
      finishReason: 'length',
    });
  });

  test('text is whole however its bytes are split, and with any line end, byte order mark and comments', async () => {
    const pieces = ['Привет', ', 👩‍👩‍👧 ', 'мир!\n\n', '日本', '\u0085\u2028'];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
        fc.boolean(),
        fc.boolean(),
        async (split, lineEnd, bom, comments) => {
          const { outcome, text } = await behaves({ pieces, split, lineEnd, bom, comments });
          expect(outcome).toEqual({ ok: true, finishReason: 'stop' });
          expect(text).toBe(pieces.join(''));
        },
      ),
      { numRuns: 12, examples: [[1, '\r\n', true, true]] },
    );
  });

  test('halves of a surrogate pair in two pieces are joined, a lone half and NUL are replaced', async () => {
    const { text, events } = await behaves({
      pieces: ['a\ud83d', '\ude00b', '\ude00', 'c\u0000d', 'e\ud83d', 'f\ud83d'],
    });
    expect(text).toBe('a😀b\ufffdc\ufffdde\ufffdf\ufffd'.replace('dde', 'de'));
    for (const event of events) if (event.type === 'text') expect(event.text.isWellFormed()).toBe(true);
  });

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
    expect(failureOf(result)).toMatchObject({ code: 'bad_stream', detail: expect.stringMatching(detail) });
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
    expect(failureOf(result)).toMatchObject({ code: 'bad_stream', detail: expect.stringMatching(/1 MiB/) });
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
    expect(failure.detail).not.toMatch(/canary|</);
  });

  test('an error object inside a 200 is an error, and what came before it is kept', async () => {
    const result = await behaves({ tokens: 40, errorEvent: 'mid' });
    expect(failureOf(result)).toMatchObject({ code: 'endpoint_error' });
    expect(failureOf(result).detail).toMatch(/the upstream was told to fail/);
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

  test.each<[string, Behaviour]>([
    ['before the headers', { hang: 'headers' }],
    ['before the first token', { hang: 'first' }],
    ['in the middle', { tokens: 40, rate: 400, hang: 'mid' }],
    ['while tokens come', { tokens: 100_000, rate: 200 }],
  ])('an abort %s closes the upstream’s socket at once', async (_where, behaviour) => {
    const stop = new AbortController();
    const seen = upstream.requests.length;
    const running = behaves(behaviour, { signal: stop.signal });
    await expect.poll(() => upstream.requests.length).toBe(seen + 1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(upstream.requests.at(-1)!.closedAt).toBeNull();
    const stoppedAt = performance.now();
    stop.abort();
    await running;
    await expect.poll(() => upstream.requests.at(-1)!.closedAt, { interval: 2 }).not.toBeNull();
    expect(upstream.requests.at(-1)!.closedAt! - stoppedAt).toBeLessThan(100);
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
      details.add(failureOf(result).detail);
      const list = await createProvider(kind, { baseUrl, apiKey: null }).listModels(
        AbortSignal.timeout(20_000),
      );
      expect(list).toMatchObject({ ok: false, failure: { code: 'endpoint_unreachable' } });
    }
    expect(details.size).toBe(4);
  });

  test('connections are used again', async () => {
    const mine = provider();
    for (let n = 0; n < 3; n++) expect((await run(mine, 'fast')).outcome.ok).toBe(true);
    expect(upstream.connections()).toBeLessThan(upstream.requests.length);
  });

  test('the model list is read with context windows', async () => {
    const list = await provider().listModels(new AbortController().signal);
    expect(list).toMatchObject({ ok: true });
    if (list.ok) expect(list.models).toContainEqual({ name: 'normal', contextWindow: 32_768 });
  });
});

test.each(['ollama', 'lm-studio'] as const)(
  'a load by %s is told from slow thinking, and asked about only while the model may be cold',
  async (family) => {
    upstream.pretend(family, []);
    onTestFinished(() => upstream.pretend(null, []));
    const provider = createProvider('openai-compatible', { baseUrl: upstream.url, apiKey: null });
    upstream.behave({ tokens: 2, headersAfterMs: 400 });
    const cold = await run(provider, 'normal');
    expect(cold.events.map((event) => event.type).slice(0, 3)).toEqual(['loading_model', 'accepted', 'text']);
    upstream.pretend(family, []);
    const soonAfter = await run(provider, 'normal');
    expect(soonAfter.events[0]).toEqual({ type: 'accepted' });
    upstream.pretend(family, ['fast']);
    const warm = await run(provider, 'fast');
    expect(warm.events[0]).toEqual({ type: 'accepted' });
  },
);

test('a key that a server repeats in its errors is not repeated to people', async () => {
  const provider = createProvider('openai-compatible', { baseUrl: upstream.url, apiKey: 'sk-canary-99' });
  upstream.behave({ status: 500, errorBody: { error: { message: 'no such key: sk-canary-99, sorry' } } });
  expect(failureOf(await run(provider, 'normal')).detail).toMatch(/no such key: …, sorry/);
});

test('what OpenAI’s wire is asked: messages, parameters, the key; without stream_options once those were refused', async () => {
  const provider = createProvider('openai-compatible', { baseUrl: `${upstream.url}/`, apiKey: 'sk-1' });
  upstream.behave({ rejectStreamOptions: true, tokens: 1 });
  for (let n = 0; n < 2; n++) expect((await run(provider, 'normal')).outcome.ok).toBe(true);
  const last = upstream.requests.slice(-3);
  expect(last.map((request) => 'stream_options' in request.body)).toEqual([true, false, false]);
  upstream.behave({ tokens: 1 });
  await provider.stream(
    {
      model: 'normal',
      messages: [
        { role: 'system', text: 'be brief' },
        { role: 'user', text: 'q' },
        { role: 'assistant', text: '', toolCalls: [{ id: 'c', name: 'f', arguments: '{}' }] },
        { role: 'tool', toolCallId: 'c', text: '42' },
      ],
      temperature: 0.5,
      maxTokens: 9,
      stop: ['x'],
      tools: [{ name: 'f', parameters: { type: 'object' } }],
    },
    () => {},
    new AbortController().signal,
  );
  const { headers, body } = upstream.requests.at(-1)!;
  expect(headers.authorization).toBe('Bearer sk-1');
  expect(body).toMatchObject({
    model: 'normal',
    stream: true,
    temperature: 0.5,
    max_tokens: 9,
    stop: ['x'],
    tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
    messages: [
      { role: 'system', content: 'be brief' },
      { role: 'user', content: 'q' },
      { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'c', content: '42' },
    ],
  });
});

test('what Anthropic’s wire is asked: one system text, alternating turns, its own headers', async () => {
  const base = upstream.url.replace(/\/v1$/, '');
  const provider = createProvider('anthropic', { baseUrl: base, apiKey: 'sk-2' });
  upstream.behave({ tokens: 1 });
  const outcome = await provider.stream(
    {
      model: 'normal',
      messages: [
        { role: 'system', text: 'one' },
        { role: 'user', text: 'a' },
        { role: 'user', text: 'b' },
        { role: 'system', text: 'two' },
        { role: 'assistant', text: 'c', toolCalls: [{ id: 't', name: 'f', arguments: '{"x":1}' }] },
        { role: 'tool', toolCallId: 't', text: '42' },
        { role: 'user', text: 'd' },
      ],
      temperature: 1.5,
      stop: ['x'],
    },
    () => {},
    new AbortController().signal,
  );
  expect(outcome.ok).toBe(true);
  const { headers, body } = upstream.requests.at(-1)!;
  expect(headers).toMatchObject({ 'x-api-key': 'sk-2', 'anthropic-version': '2023-06-01' });
  expect(body).toMatchObject({
    system: 'one\n\ntwo',
    temperature: 1,
    stop_sequences: ['x'],
    max_tokens: expect.any(Number),
    messages: [
      { role: 'user', content: [{ text: 'a' }, { text: 'b' }] },
      { role: 'assistant', content: [{ text: 'c' }, { type: 'tool_use', id: 't', input: { x: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't' }, { text: 'd' }] },
    ],
  });
});
