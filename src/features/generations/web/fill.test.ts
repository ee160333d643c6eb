import { expect, test } from 'vitest';
import type { Message } from '#features/messages/messages.ts';
import { fillOf } from './fill.ts';

const reply = (id: string, context: object | null, outputTokens = 0) =>
  ({ id, ending: { context, outputTokens } }) as unknown as Message;
const stamp = (estimatedTokens: number, omitted = 0) => ({ estimatedTokens, omitted });

test('nothing is said while there is plenty of room, or nothing known', () => {
  expect(fillOf([], 1_000)).toBeNull();
  expect(fillOf([{ id: 'q', ending: null } as Message, reply('a', null)], 1_000)).toBeNull();
  expect(fillOf([reply('a', stamp(500), 99)], 1_000)).toBeNull();
  expect(fillOf([reply('a', stamp(4_000))], null)).toBeNull();
});

test('a window that fills is said, by the last reply that knows', () => {
  const messages = [reply('a', stamp(10)), reply('b', stamp(500), 100), reply('c', null)];
  expect(fillOf(messages, 1_000)).toEqual({ messageId: 'b', tokens: 600, window: 1_000, omitted: 0 });
  expect(fillOf([reply('a', stamp(8_000))], null)).toMatchObject({ window: 8_192 });
});

test('what did not fit is always said', () => {
  expect(fillOf([reply('a', stamp(10, 4))], 1_000)).toMatchObject({ omitted: 4 });
});
