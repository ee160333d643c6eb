import { useEffect, useRef, useState } from 'react';
import { MAX_IMPORT_BYTES } from '../rules.ts';
import type { ImportReport } from '../transfer.ts';
import { sendFiles } from './send-files.ts';

/**
 * Where an import is: files are asked for; sent, first only to be looked at; what would come in is shown; then they are kept. `sent`:
 * the share of them that has gone, 1 when the server has all.
 */
export type Stage =
  | { kind: 'asking'; stopped?: true; tooLarge?: number }
  | { kind: 'sending'; dryRun: boolean; sent: number }
  | { kind: 'preview'; report: ImportReport }
  | { kind: 'done'; report: ImportReport }
  | { kind: 'failed'; error: unknown };

export type Import = {
  stage: Stage;
  files: readonly File[];
  /** Looks at files. */
  look(files: readonly File[]): void;
  /** Keeps what was looked at. */
  keep(): void;
  stop(): void;
  again(): void;
};

export function useImport(): Import {
  const [stage, setStage] = useState<Stage>({ kind: 'asking' });
  const [files, setFiles] = useState<readonly File[]>([]);
  const going = useRef<AbortController | null>(null);
  // Who leaves the page while files are looked at wants nothing of them any more; what is being kept comes in whole or is stopped.
  useEffect(() => () => going.current?.abort(), []);

  const send = async (chosen: readonly File[], dryRun: boolean) => {
    const controller = new AbortController();
    going.current = controller;
    const { signal } = controller;
    const onProgress = (sent: number) => {
      if (!signal.aborted) setStage({ kind: 'sending', dryRun, sent });
    };
    onProgress(0);
    try {
      const report = await sendFiles(chosen, { dryRun, onProgress, signal });
      setStage({ kind: dryRun ? 'preview' : 'done', report });
    } catch (error) {
      if (signal.aborted) setStage(dryRun ? { kind: 'asking' } : { kind: 'asking', stopped: true });
      else setStage({ kind: 'failed', error });
    }
  };

  return {
    stage,
    files,
    look(chosen) {
      const size = chosen.reduce((sum, file) => sum + file.size, 0);
      if (chosen.length === 0) return;
      if (size > MAX_IMPORT_BYTES) return setStage({ kind: 'asking', tooLarge: size });
      setFiles(chosen);
      void send(chosen, true);
    },
    keep: () => void send(files, false),
    stop: () => going.current?.abort(),
    again: () => setStage({ kind: 'asking' }),
  };
}
