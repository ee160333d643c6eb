import { useCallback, useEffect } from 'react';
import { runningIn, stop, useReplies } from '#features/generations/web/index.ts';
import { sendHeld } from './held.ts';
import type { BranchLine } from './use-branch.ts';

/** Whether a reply of this chat is on its way, waits or is being written, and how to stop it. */
export function useGenerating(chatId: string | null, lines: readonly BranchLine[]) {
  const going = useReplies(({ replies }) =>
    runningIn(replies, chatId)
      .map((live) => live.generationId)
      .join(),
  );
  const last = lines.at(-1);
  const sending = last?.outgoing !== null && last?.outgoing?.failure === null;
  const stopAll = useCallback(() => {
    for (const id of going.split(',')) if (id) stop(id);
  }, [going]);

  // The reply may have become complete while no page was open to send what was held for its end.
  const complete = going === '' && last?.outgoing === null && last.message.ending?.state === 'completed';
  useEffect(() => {
    if (chatId && complete) sendHeld(chatId);
  }, [chatId, complete]);
  return { generating: going !== '' || sending, stopAll };
}
