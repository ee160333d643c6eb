import { useEffect } from 'react';
import { useChat, useOutbox } from '#features/chats/web/index.ts';
import { isTerminalState } from '#features/generations/rules.ts';
import { useReplies } from '#features/generations/web/index.ts';

/** The chat's title on the browser's tab, and a dot on its icon while something is being generated. */
export function usePageTitle(chatId: string | null): void {
  const unborn = useOutbox(({ items }) => items.some((item) => item.newChat && item.chatId === chatId));
  const { data: chat } = useChat(chatId, !unborn);
  const busy = useReplies(({ replies }) =>
    Object.values(replies).some((live) => !isTerminalState(live.reply.state)),
  );
  useEffect(() => {
    document.title = chat?.title ? `${chat.title} · Parley` : 'Parley';
  }, [chat]);
  useEffect(() => {
    const icon = document.getElementById('favicon') as HTMLLinkElement | null;
    if (icon) icon.href = busy ? './favicon-busy.svg' : './favicon.svg';
  }, [busy]);
}
