import { useEffect } from 'react';
import { markUnread } from '#features/chats/web/unread.ts';
import { sendHeld } from '#features/generations/web/held.ts';
import { receiveFrame, whenReplyEnds } from '#features/generations/web/live-events.ts';
import { basePath } from '#web/base-path.ts';
import { connectLive, disconnectLive } from '#web/live/live-connection.ts';

/** Keeps the live connection open for as long as somebody is here. */
export function useLive(userId: string | null): void {
  useEffect(() => {
    if (!userId) return;
    whenReplyEnds(({ chatId, reply }) => {
      if (chatId && reply.state === 'completed') sendHeld(chatId);
      if (chatId && location.pathname !== `${basePath}/c/${chatId}`) markUnread(chatId);
    });
    connectLive(receiveFrame);
    return disconnectLive;
  }, [userId]);
}
