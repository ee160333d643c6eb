/** Takes a reader to the message that the address of a chat names: `/c/<chat>?m=<message>`. */
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Message } from '#features/messages/messages.ts';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import { showBranch } from '../tree/tree-actions.ts';
import { openWindow } from '../window/window.ts';
import { bringIntoView } from './bring-into-view.ts';

export type GoToMessageProps = {
  chatId: string;
  messageId: string;
  lines: readonly { message: Message }[];
};

/** Nothing to see: it goes there once the chat is there, and again when the same link is followed again. */
export function GoToMessage({ chatId, messageId, lines }: GoToMessageProps) {
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
      toast(isRefused(error, 'not_in_this_chat') ? t('gone') : words(error));
    });
    return () => stop.abort();
  }, [aim]);

  async function goTo(signal: AbortSignal): Promise<void> {
    if (!lines.some(({ message }) => message.id === messageId)) await showAround(chatId, messageId);
    await bringIntoView(messageId, signal);
  }
  return null;
}

/** Reads what stands around the message; one on another branch is turned to, as in the overview. */
async function showAround(chatId: string, messageId: string): Promise<void> {
  try {
    await openWindow(chatId, messageId);
  } catch (error) {
    if (!isRefused(error, 'not_in_shown_branch')) throw error;
    await showBranch(chatId, messageId);
  }
}

const isRefused = (error: unknown, reason: string): boolean =>
  error instanceof ApiError && error.reason === reason;
