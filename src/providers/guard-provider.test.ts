import { expect, test } from 'vitest';
import { guardProvider } from './guard-provider.ts';
import type { ProviderEvent } from './provider.ts';
import { createToolCallJoiner } from './tool-calls.ts';

const MIB = 1024 * 1024;

/** A model that reports these events for as long as it is let. */
async function runOf(next: (at: number) => ProviderEvent) {
  const events: ProviderEvent[] = [];
  const endless = {
    async stream(_request: unknown, emit: (event: ProviderEvent) => void, signal: AbortSignal) {
      for (let at = 0; !signal.aborted && at < 100_000; at++) emit(next(at));
      return { ok: true as const, finishReason: 'stop' };
    },
    listModels: async () => ({ ok: true as const, models: [] }),
  };
  const outcome = await guardProvider(endless, null).stream(
    { model: 'm', messages: [] },
    (event) => events.push(event),
    new AbortController().signal,
  );
  return { events, outcome };
}

test('a reply that never ends is cut off', async () => {
  const { events, outcome } = await runOf(() => ({ type: 'text', text: 'a'.repeat(MIB) }));
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'bad_stream' } });
  expect(events.length).toBe(8);
});

test('so is one of which text and reasoning take turns for ever', async () => {
  const { events, outcome } = await runOf((at) => ({ type: at % 2 ? 'text' : 'reasoning', text: 'a' }));
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'bad_stream' } });
  expect(events.length).toBe(2_000);
});

test('tool calls that come in pieces are held up to a bound, all together', () => {
  const calls = createToolCallJoiner();
  for (let call = 0; call < 100; call++) calls.add(call, { name: 'f', arguments: 'a'.repeat(MIB) });
  let held = 0;
  calls.flush((event) => {
    if (event.type === 'tool_call') held += event.arguments.length;
  });
  expect(held).toBeLessThan(9 * MIB);
});
