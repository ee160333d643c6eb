import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProvider } from '../create-provider.ts';
import type { ProviderEvent, ProviderRequest } from '../provider.ts';
import { SCRIPT_KEYS } from './read-script.ts';
import { SCRIPTED_MODELS } from './scripted.ts';

const provider = createProvider('scripted', { baseUrl: null, apiKey: null });

async function ask(
  prompt: string,
  more: Partial<ProviderRequest> = {},
  signal = new AbortController().signal,
) {
  const events: ProviderEvent[] = [];
  const outcome = await provider.stream(
    { model: 'demo', messages: [{ role: 'user', text: prompt }], ...more },
    (event) => events.push(event),
    signal,
  );
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { outcome, events, text, pieces: events.filter((event) => event.type === 'text').length };
}

test('the demo says what it is and how to add a real model, in the language of the prompt', async () => {
  const english = await ask('/script rate=0\nShow me code');
  expect(english.text).toMatch(/scripted stand-in, not a language model.*adds an endpoint/);
  expect(english.text).toContain('```');
  const russian = await ask('/script rate=0\nПокажи таблицу');
  expect(russian.text).toMatch(/не языковая модель/);
  expect(russian.text).toMatch(/\| место \|/);
});

test('the same prompt gets the same answer, another one another', async () => {
  const [one, again, other] = await Promise.all([
    ask('/script tokens=50 rate=0\na'),
    ask('/script tokens=50 rate=0\na'),
    ask('/script tokens=50 rate=0\nb'),
  ]);
  expect(one.text).toBe(again.text);
  expect(one.text).not.toBe(other.text);
  expect(one.pieces).toBe(50);
});

test('text, repeat, finish, usage and tool do as they say', async () => {
  expect((await ask('/script rate=0 text="a \\"b\\"\\nc 😀"')).text).toBe('a "b"\nc 😀');
  const repeated = await ask('/script rate=0 repeat="ha " tokens=3 finish=length usage=7,9');
  expect(repeated.text).toBe('ha ha ha ');
  expect(repeated.outcome).toEqual({ ok: true, finishReason: 'length' });
  expect(repeated.events).toContainEqual({ type: 'usage', inputTokens: 7, outputTokens: 9 });
  expect((await ask('/script rate=0 usage=none')).events.some((event) => event.type === 'usage')).toBe(false);
  const tool = await ask('/script rate=0 tokens=1 tool=look_up arguments="{\\"q\\":1}"');
  expect(tool.outcome).toEqual({ ok: true, finishReason: 'tool_calls' });
  expect(tool.events).toContainEqual(
    expect.objectContaining({ type: 'tool_call', name: 'look_up', arguments: '{"q":1}' }),
  );
});

test('max tokens cuts the answer and says so', async () => {
  const { outcome, pieces } = await ask('/script rate=0 tokens=50', { maxTokens: 10 });
  expect(outcome).toEqual({ ok: true, finishReason: 'length' });
  expect(pieces).toBe(10);
});

test('it fails where it is told to, with the code it is told', async () => {
  const mid = await ask('/script rate=0 tokens=10 fail=mid code=bad_stream');
  expect(mid.outcome).toMatchObject({ ok: false, failure: { code: 'bad_stream' } });
  expect(mid.pieces).toBe(5);
  const first = await ask('/script fail=first code=endpoint_rate_limited retryAfter=1500');
  expect(first.outcome).toMatchObject({
    ok: false,
    failure: { code: 'endpoint_rate_limited', retryable: true, retryAfterMs: 1_500 },
  });
  expect(first.pieces).toBe(0);
  expect((await ask('/script rate=0 tokens=10 fail=end')).pieces).toBe(10);
});

test('it stalls until it is stopped', async () => {
  const stop = new AbortController();
  const running = ask('/script rate=0 tokens=10 stall=3', {}, stop.signal);
  const first = await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 100, 'silent'))]);
  expect(first).toBe('silent');
  stop.abort();
  expect((await running).pieces).toBe(3);
});

test('it loads, waits, thinks and keeps its speed', async () => {
  const startedAt = performance.now();
  const { events } = await ask('/script loading=60 ttft=60 reasoning=3 tokens=10 rate=100');
  expect(performance.now() - startedAt).toBeGreaterThan(60 + 60 + 110);
  const order = [...new Set(events.map((event) => event.type))];
  expect(order).toEqual(['loading_model', 'accepted', 'reasoning', 'text', 'usage']);
});

test('drip gives one character at a time', async () => {
  expect((await ask('/script drip=1 text="abc"')).pieces).toBe(3);
});

test('a script that is not understood is answered in words', async () => {
  expect((await ask('/script rate=0 tokens=many colour=red')).text).toMatch(/tokens=many colour=red/);
});

test('a script line has a bound, and one of any length or kind is read at once', async () => {
  const startedAt = performance.now();
  expect((await ask(`/script rate=0 ${'a'.repeat(100_000)}`)).text).toMatch(/more than 4096 characters/);
  for (const line of ['"', '=', 'a="', 'a=" '])
    await ask(`/script rate=0 text="x" ${line.repeat(4_000 / line.length)}`, { model: 'fast' });
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

test('what a script asks for beyond any reply is not made', async () => {
  const { events, outcome } = await ask(`/script drip=0 tokens=200000 repeat="${'a'.repeat(3_000)}"`);
  expect(outcome.ok).toBe(true);
  expect(events.length).toBeLessThan(100_010);
});

test('taken as plain text, a script is text, and no model misbehaves', async () => {
  const prompt = '/script rate=0 text="no" fail=first';
  expect((await ask(prompt, { model: 'echo', isPlain: true })).text).toBe(prompt);
  const { outcome, text } = await ask('hi', { model: 'failing', isPlain: true, maxTokens: 5 });
  expect(outcome).toEqual({ ok: true, finishReason: 'length' });
  expect(text).not.toBe('');
});

test('every model answers, and an unknown one is missing', async () => {
  for (const model of Object.keys(SCRIPTED_MODELS)) {
    const { outcome } = await ask('/script text="x" loading=0 rate=0 stall=9 fail=9 reasoning=0', { model });
    expect(outcome.ok, model).toBe(true);
  }
  expect((await ask('x', { model: 'none' })).outcome).toMatchObject({ failure: { code: 'model_missing' } });
});

test('the documentation knows every key and every model', () => {
  const page = readFileSync(new URL('../../../docs/scripted-model.md', import.meta.url), 'utf8');
  for (const key of SCRIPT_KEYS) expect(page).toContain(`\`${key}`);
  for (const model of Object.keys(SCRIPTED_MODELS)) expect(page).toContain(`\`scripted/${model}\``);
});
