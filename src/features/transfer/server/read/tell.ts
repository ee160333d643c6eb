/** Telling the thread that keeps chats what was read. */
import { parentPort } from 'node:worker_threads';
import type { FromReader, ToReader } from '../protocol.ts';

const port = parentPort!;
let untaken = 0;
let wake = () => {};
port.on('message', ({ taken }: ToReader) => {
  untaken -= taken;
  wake();
});

/**
 * Tells of one chat, and goes on when it has been kept (backpressure): reading and keeping take turns, so that an import never takes
 * more than one core from everybody else, nor the memory for more than one chat.
 */
export async function tell(message: FromReader): Promise<void> {
  if (message.kind === 'chat') untaken += 1;
  port.postMessage(message);
  while (untaken > 0)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
}

/** Nothing more is told: the thread may end. */
export const endTelling = (): void => port.unref();
