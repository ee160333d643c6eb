import { useCallback } from 'react';
import { runningIn, stop, useReplies } from '#features/generations/web/index.ts';
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
  return { generating: going !== '' || sending, stopAll };
}
