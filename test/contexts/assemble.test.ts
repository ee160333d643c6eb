/** What a model is told, whatever the chat: properties of the one pure function that decides it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LAYERS, type LayerTexts } from '#features/contexts/rules.ts';
import { assemble, type Ingredients } from '#features/generations/server/context/assemble.ts';
import { EVEN, estimateMessage, NO_TOKENS } from '#features/generations/server/context/estimate-tokens.ts';
import type { PastMessage } from '#features/generations/server/context/fit-history.ts';
import { windowOf } from '#features/generations/server/context/window.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'я', ' ', '\n', '7', '字', '"', '\\'), maxLength: 120 });
const layer = fc.option(fc.record({ version: fc.nat(9), text: words }), { nil: null });
const layers: fc.Arbitrary<LayerTexts> = fc.record({
  primary: layer,
  personal: layer,
  project: layer,
  agent: layer,
  chat: layer,
});
const past = (role: PastMessage['role'], text: string): PastMessage => ({
  id: crypto.randomUUID(),
  role,
  text,
  tokens: text === '' ? NO_TOKENS : estimateMessage(text),
});
const message = fc
  .record({ role: fc.constantFrom('user', 'assistant', 'assistant', 'tool', 'system'), text: words })
  .map(({ role, text }) => past(role as PastMessage['role'], role === 'tool' ? '' : text));

const given: fc.Arbitrary<Ingredients> = fc
  .record({
    layers,
    read: fc.array(message, { maxLength: 14 }),
    unread: fc.constantFrom(0, 0, 3),
    system: fc.option(words, { nil: null }),
    text: words,
    opening: fc.option(words, { nil: null }),
    known: fc.option(fc.integer({ min: 16, max: 2_000 }), { nil: null }),
    maxTokens: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
    ratios: fc.constantFrom(EVEN, { latin: 0.8, other: 1.7 }),
  })
  .map(({ read, unread, system, text, opening, known, maxTokens, ...rest }) => ({
    ...rest,
    model: 'm',
    agentId: null,
    parameters: maxTokens === undefined ? {} : { maxTokens },
    history: { read, unread, opening: unread > 0 && system !== null ? past('system', system) : null },
    message: past('user', text),
    opening: opening === null ? null : { id: crypto.randomUUID(), text: opening },
    window: windowOf(known, maxTokens),
  }));

test('layers and the message always go, in order; history only while all of it fits', () => {
  fc.assert(
    fc.property(given, (given) => {
      const { told, messages, stamp } = assemble(given);
      const fixed = told.filter((one) => one.layer !== 'history');
      const spoken = LAYERS.filter((name) => given.layers[name]?.text.trim());
      expect(fixed.map((one) => one.layer)).toEqual([
        ...spoken,
        ...(given.message!.text === '' ? [] : ['message']),
        ...(given.opening ? ['message'] : []),
      ]);
      const system = spoken.map((name) => given.layers[name]!.text).join('\n\n');
      if (spoken.length > 0) expect(messages[0]).toEqual({ role: 'system', text: system });
      expect(messages).toHaveLength(told.length - Math.max(0, spoken.length - 1));
      const hasHistory = told.some((one) => one.layer === 'history');
      if (hasHistory) expect(stamp.estimatedTokens).toBeLessThanOrEqual(given.window.room);
    }),
    { numRuns: 500 },
  );
});

test('the newest turns are kept, whole, and what is left out is counted', () => {
  fc.assert(
    fc.property(given, (given) => {
      const { told, stamp } = assemble(given);
      const { read, unread, opening } = given.history;
      const root = opening ?? (unread === 0 && read[0]?.role === 'system' ? read[0] : null);
      const sent = new Set(told.map((one) => one.messageId));
      const rest = read.filter((one) => one !== root);
      const isSent = (one: PastMessage) => sent.has(one.id);
      // Of those with something to say the newest, without a gap.
      const speaking = rest.filter(({ text }) => text !== '');
      const first = speaking.findIndex(isSent);
      if (first >= 0) {
        expect(speaking.slice(first).every(isSent)).toBe(true);
        // It begins a turn: with what a person said, or where the branch begins.
        const at = rest.indexOf(speaking[first]!);
        const turn = rest.slice(0, at + 1).findLastIndex(({ role }) => role === 'user');
        expect(turn >= 0 || unread === 0).toBe(true);
        if (turn >= 0)
          expect(rest.slice(turn, at).every(({ text }) => text === '') || rest[at]!.role === 'user').toBe(
            true,
          );
      }
      expect(stamp.omitted).toBeGreaterThanOrEqual(speaking.filter((one) => !isSent(one)).length);
      expect(stamp.omitted).toBeLessThanOrEqual(read.length + unread);
      const fits = stamp.estimatedTokens <= given.window.room;
      if (fits && unread === 0 && speaking.every(isSent) && (!root || root.text === '' || isSent(root)))
        expect(stamp.omitted).toBeLessThanOrEqual(rest.length - speaking.length);
    }),
    { numRuns: 500 },
  );
});

test('one more turn is left out only when it would not fit', () => {
  const turn = (text: string) => [past('user', text), past('assistant', text)];
  const base: Ingredients = {
    model: 'm',
    agentId: null,
    parameters: {},
    layers: {
      primary: { version: 1, text: 'Be brief.' },
      personal: null,
      project: null,
      agent: null,
      chat: null,
    },
    history: { read: [...turn('one two three'), ...turn('four five six')], unread: 0, opening: null },
    message: past('user', 'seven'),
    opening: null,
    window: { tokens: 0, isKnown: true, reserved: 0, room: 10_000 },
    ratios: EVEN,
  };
  const all = assemble(base);
  expect(all.stamp.omitted).toBe(0);
  const within = (room: number) => assemble({ ...base, window: { ...base.window, room } }).stamp.omitted;
  const tokens = all.stamp.estimatedTokens;
  // Each message is rounded up by itself, so that the sum may be some tokens above the estimate of all.
  expect(within(tokens + 4)).toBe(0);
  expect(within(tokens - 1)).toBe(2);
  expect(within(1)).toBe(4);
});

test('the hash is that of the canonical JSON, by another implementation', () => {
  fc.assert(
    fc.property(given, (given) => {
      const { messages, stamp } = assemble(given);
      const told = {
        messages: messages.map(({ role, text }) => ({ content: text, role })),
        model: given.model,
        parameters: given.parameters,
        tools: [],
      };
      // Names are given in order here, and there are no numbers that could be written in two ways.
      const hex = createHash('sha256')
        .update(Buffer.from(JSON.stringify(told), 'utf8'))
        .digest('hex');
      expect(stamp.sha256).toBe(`sha256:${hex}`);
    }),
  );
});
