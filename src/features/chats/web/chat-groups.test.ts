import { expect, it } from 'vitest';
import type { Chat } from '../chats.ts';
import { groupChats } from './chat-groups.ts';

const now = new Date(2026, 4, 20, 0, 30);
const chat = (...time: [number, number, number, number, number]) =>
  ({ id: time.join('-'), activeAt: new Date(...time).toISOString() }) as Chat;

it('puts chats under today, yesterday, the week before and their months, by the local day', () => {
  const lines = groupChats(
    [
      chat(2026, 4, 20, 0, 10),
      chat(2026, 4, 19, 23, 50),
      chat(2026, 4, 13, 0, 0),
      chat(2026, 4, 12, 23, 59),
      chat(2026, 4, 1, 12, 0),
      chat(2025, 11, 31, 23, 0),
    ],
    now,
  );
  expect(lines.map((line) => (line.kind === 'heading' ? line.group : '·'))).toEqual([
    'today',
    '·',
    'yesterday',
    '·',
    'week',
    '·',
    { year: 2026, month: 4 },
    '·',
    '·',
    { year: 2025, month: 11 },
    '·',
  ]);
});

it('has no headings without chats', () => {
  expect(groupChats([], now)).toEqual([]);
});
