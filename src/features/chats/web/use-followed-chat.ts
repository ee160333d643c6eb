import { useEffect, useRef } from 'react';
import { useRoute } from 'wouter';
import { turnPanelTo } from '#web/ui/windows.ts';

/** Turns the panel to the chat that is gone to, and closes it where there is none. */
export function useFollowedChat(onClose: () => void): void {
  const [isChat, params] = useRoute('/c/:chatId');
  const shown = isChat ? params.chatId : null;
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    if (shown === null) onClose();
    else turnPanelTo(shown);
  }, [shown, onClose]);
}
