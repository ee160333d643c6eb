import { Worker } from 'node:worker_threads';
import { AppError } from '#platform/errors.ts';
import type { FromReader, ReadTask, ToReader } from '../protocol.ts';
import { say } from '../say.ts';

const READER = new URL('../read/read-worker.ts', import.meta.url);
/** What one chat of the largest size takes when it is read, and some room to move. */
const MEMORY_MB = 512;
/** What is read is handed on and forgotten: a larger nursery would be filled before it is looked through. */
const YOUNG_MB = 32;
/** A thread that says nothing for so long, while nobody keeps it waiting, works on something that was made to take for ever. */
const SILENCE_MS = 60_000;

/** What the files of an import hold, read by a thread of their own. Whoever stops listening stops it. */
export async function* readFiles(task: ReadTask): AsyncGenerator<FromReader> {
  const worker = new Worker(READER, {
    workerData: task,
    name: 'parley-import',
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const arrived: FromReader[] = [];
  let failure: Error | null = null;
  let wake = () => {};
  const fail = (error: Error) => {
    failure ??= error;
    wake();
  };
  worker.on('message', (message: FromReader) => {
    arrived.push(message);
    wake();
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AppError('too_large', say('reading_too_large')) : error,
    ),
  );
  worker.on('exit', () => fail(new Error('The thread that reads an import has ended.')));
  try {
    for (;;) {
      const message = arrived.shift();
      if (message?.kind === 'end') return;
      if (message) {
        yield message;
        if (message.kind === 'chat') worker.postMessage({ taken: 1 } satisfies ToReader);
        continue;
      }
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        const silence = setTimeout(
          () => fail(new AppError('too_large', say('reading_too_slow'))),
          SILENCE_MS,
        );
        wake = () => {
          clearTimeout(silence);
          resolve();
        };
      });
    }
  } finally {
    await worker.terminate();
  }
}
