/** Takes a reader to the message that the address of a chat names: `/c/<chat>?m=<message>`. */
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Message, TreeNode } from '#features/messages/messages.ts';
import { ApiError, api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../../chats.ts';
import { keys } from '../chat-cache.ts';
import { readBranch, showBranch } from '../tree/tree-actions.ts';
import { bringIntoView } from './bring-into-view.ts';
import { distanceAbove } from './distance-above.ts';
import { readOlder } from './read-older.ts';

/** Messages that are put above the others page by page, so that the page answers in between; more are drawn at once, as each page draws all again. */
const MOST_AT_LEISURE = 1500;

type GoToMessageProps = {
  chatId: string;
  messageId: string;
  chat: Chat;
  lines: readonly { message: Message }[];
};

/** Nothing to see: it goes there once the chat is there, and again when the same link is followed again. */
export default function GoToMessage({ chatId, messageId, chat, lines }: GoToMessageProps) {
  const t = useTranslations('linked');
  const words = useErrorWords();
  const { chosenAt = 0 } = useHistoryState<{ chosenAt?: number } | null>() ?? {};
  const aim = `${chatId} ${messageId} ${chosenAt}`;
  const gone = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link that is followed, with the chat as it is then
  useEffect(() => {
    if (gone.current === aim) return;
    gone.current = aim;
    const stop = new AbortController();
    goTo(stop.signal).catch((error: unknown) => {
      const missing = error instanceof ApiError && error.status === 404;
      toast(missing ? t('gone') : words(error));
    });
    return () => stop.abort();
  }, [aim]);

  async function goTo(signal: AbortSignal): Promise<void> {
    if (!lines.some(({ message }) => message.id === messageId)) await readUpTo(chat, messageId);
    await bringIntoView(messageId, signal);
  }
  return null;
}

/** Reads the shown branch up to the message; one on another branch is turned to, as in the overview. */
async function readUpTo({ id, leafMessageId }: Chat, messageId: string): Promise<void> {
  const { nodes } = await queryClient.fetchQuery({
    queryKey: keys.tree(id),
    queryFn: () => api<{ nodes: TreeNode[] }>('GET', `/api/v1/chats/${id}/tree`),
    staleTime: 0,
  });
  if (!nodes.some((node) => node.id === messageId))
    throw new ApiError(404, { code: 'not_found', detail: '' });
  const distance = distanceAbove(nodes, messageId, leafMessageId);
  if (distance === null) await showBranch(id, messageId);
  else if (distance > MOST_AT_LEISURE) await readBranch(id, messageId);
  else await readOlder(id, messageId);
}
