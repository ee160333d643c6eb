/** The contract of `provider.ts`, kept by both wires against a scripted upstream on a real socket: replies. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointKind } from '#features/endpoints/endpoints.ts';
import { createProvider } from '#providers/create-provider.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { type Ask, run, words } from '#test/upstream/run-provider.ts';
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
