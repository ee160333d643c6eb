/** What the wires ask of servers, and what they keep to themselves. */
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createProvider } from '#providers/create-provider.ts';
import { failureOf, run } from '#test/upstream/run-provider.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream.behave({}));
afterAll(() => upstream.close());

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

test('Ollama’s windows are those it has room for: as loaded, as a model was made with, else not known', async () => {
  upstream.pretend('ollama', ['fast']);
  onTestFinished(() => upstream.pretend(null, []));
  const provider = createProvider('openai-compatible', { baseUrl: upstream.url, apiKey: null });
  const list = await provider.listModels(AbortSignal.timeout(5000));
  const models = list.ok ? list.models : [];
  expect(models.find(({ name }) => name === 'fast')).toEqual({ name: 'fast', contextWindow: 4096 });
  expect(models.find(({ name }) => name === 'thinking')).toEqual({ name: 'thinking', contextWindow: 16_384 });
  expect(models.find(({ name }) => name === 'normal')).toEqual({ name: 'normal', keepsWindow: true });
});

test('a key that a server repeats in its errors is not repeated, not even to admins', async () => {
  const provider = createProvider('openai-compatible', { baseUrl: upstream.url, apiKey: 'sk-canary-99' });
  upstream.behave({ status: 500, errorBody: { error: { message: 'no such key: sk-canary-99, sorry' } } });
  const { sentence, said } = failureOf(await run(provider, 'normal'));
  expect(sentence.text).not.toContain('no such key');
  expect(said).toBe('no such key: …, sorry');
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
      { role: 'user', content: [{ text: 'a\n\nb' }] },
      { role: 'assistant', content: [{ text: 'c' }, { type: 'tool_use', id: 't', input: { x: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't' }, { text: 'd' }] },
    ],
  });
});
