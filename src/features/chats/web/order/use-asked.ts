import { useState } from 'react';
import { useErrorWords } from '#web/api/use-error-words.ts';
import type { BulkDeed } from './use-bulk.ts';

/** What the dialogs about many chats are given. */
export type AskedProps = { count: number; run: (deed: BulkDeed) => Promise<void>; onClose: () => void };

/** Does what a dialog has asked about, and closes it; what the server refuses is said in it. */
export function useAsked({ run, onClose }: Pick<AskedProps, 'run' | 'onClose'>) {
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    busy,
    problem,
    submit: async (deed: BulkDeed) => {
      setBusy(true);
      try {
        await run(deed);
        onClose();
      } catch (error) {
        setProblem(words(error));
        setBusy(false);
      }
    },
  };
}
