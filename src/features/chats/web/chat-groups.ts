/** A list of chats under the headings people look for: today, yesterday, the last week, then months. */
import type { Chat } from '../chats.ts';

export type ChatGroup = 'pinned' | 'today' | 'yesterday' | 'week' | { year: number; month: number };
export type ChatLine = { kind: 'heading'; group: ChatGroup; key: string } | { kind: 'chat'; chat: Chat };

/** The lines of the pinned ones, which stand together whatever day they are of. */
export function pinnedLines(chats: readonly Chat[]): ChatLine[] {
  if (chats.length === 0) return [];
  return [
    { kind: 'heading', group: 'pinned', key: 'pinned' },
    ...chats.map((chat) => ({ kind: 'chat' as const, chat })),
  ];
}

/** The lines of the list, newest activity first; `now` decides where the days begin, in local time. */
export function groupChats(chats: readonly Chat[], now: Date): ChatLine[] {
  const lines: ChatLine[] = [];
  let lastKey = '';
  for (const chat of chats) {
    const group = groupOf(new Date(chat.activeAt), now);
    const key = typeof group === 'string' ? group : `${group.year}-${group.month}`;
    if (key !== lastKey) lines.push({ kind: 'heading', group, key });
    lastKey = key;
    lines.push({ kind: 'chat', chat });
  }
  return lines;
}

function groupOf(time: Date, now: Date): ChatGroup {
  const startOfDay = (daysAgo: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
  if (time.getTime() >= startOfDay(0)) return 'today';
  if (time.getTime() >= startOfDay(1)) return 'yesterday';
  if (time.getTime() >= startOfDay(7)) return 'week';
  return { year: time.getFullYear(), month: time.getMonth() };
}
