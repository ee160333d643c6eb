/** What a chat shows: its stored messages and, after them, what is still on its way. */
import { useMemo } from 'react';
import type { Message } from '#features/messages/messages.ts';
import { type Outgoing, useOutgoing } from './outgoing.ts';
import { useMessages } from './use-chats.ts';

/** `outgoing` is there while the server has not acknowledged the message. */
export type BranchLine = { message: Message; outgoing: Outgoing | null };

export function useBranch(chatId: string | null) {
  const items = useOutgoing((outgoing) => outgoing.items);
  const mine = useMemo(() => items.filter((item) => item.chatId === chatId), [items, chatId]);
  const unborn = mine.some((item) => item.newChat);
  const pages = useMessages(chatId, !unborn);
  const stored = pages.data;
  const lines = useMemo(() => {
    const known = [...(stored?.pages ?? [])].reverse().flatMap((page) => page.items);
    return withOutgoing(known, mine);
  }, [stored, mine]);
  return { lines, pages, unborn };
}

/** Messages on their way take the place they will have; one that answers an earlier message opens a branch there. */
export function withOutgoing(stored: readonly Message[], outgoing: readonly Outgoing[]): BranchLine[] {
  let lines: BranchLine[] = stored.map((message) => ({ message, outgoing: null }));
  for (const item of outgoing) {
    if (lines.some(({ message }) => message.id === item.id)) continue;
    // It stands above the composer, as what waits on the server does; a chat that is not there yet has nothing there.
    if (stored[0] && item.when === 'next' && !item.failure) continue;
    if (item.parentId !== undefined) {
      const at = lines.findIndex(({ message }) => message.id === item.parentId);
      lines = lines.slice(0, at + 1);
    }
    lines.push({ message: toMessage(item), outgoing: item });
    if (!item.failure) lines.push({ message: toReply(item), outgoing: item });
  }
  return lines;
}

const base = (item: Outgoing) => ({
  chatId: item.chatId,
  generationId: null,
  agentId: null,
  // Whose it is need not be said where it was written.
  authorId: null,
  ending: null,
  metadata: {},
  editedFrom: null,
  excluded: false,
  createdAt: new Date().toISOString(),
});
const toMessage = (item: Outgoing): Message => ({
  ...base(item),
  id: item.id,
  parentId: item.parentId ?? null,
  role: 'user',
  source: 'human',
  content: [{ type: 'text', text: item.text }],
});
const toReply = (item: Outgoing): Message => ({
  ...base(item),
  id: item.replyId,
  parentId: item.id,
  role: 'assistant',
  source: 'model',
  content: [],
});
