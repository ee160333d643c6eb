import { useEffect, useRef } from 'react';
import { sendLive } from '#web/live/live-connection.ts';

/** The server hears no more than this; what the others see of it stays a little longer. */
const EVERY_MS = 2_100;

/** Tells those who have the chat open that somebody types in it, while the draft changes under their hands. */
export function useSayTyping(draft: string): void {
  const last = useRef({ draft, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    const { draft: before, at } = last.current;
    last.current.draft = draft;
    const typed =
      draft !== before && draft.trim() !== '' && document.activeElement?.matches('[data-composer]');
    if (!typed || performance.now() < at + EVERY_MS) return;
    last.current.at = performance.now();
    sendLive('typing', {});
  }, [draft]);
}
