/** Telling the thread that keeps chats what was read, no more of it at a time than it takes. */
import { parentPort } from 'node:worker_threads';
import type { FromReader, ToReader } from '../protocol.ts';

/** Bytes of rows that wait to be taken. */
const AHEAD_BYTES = 8 * 2 ** 20;

const port = parentPort!;
let ahead = 0;
let wake = () => {};
port.on('message', ({ taken }: ToReader) => {
  ahead -= taken;
  wake();
});

/** Waits while enough is waiting to be taken. */
export async function tell(message: FromReader, bytes = 0): Promise<void> {
  while (ahead > 0 && ahead + bytes > AHEAD_BYTES)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  ahead += bytes;
  port.postMessage(message);
}

/** Nothing more is told: the thread may end. */
export const endTelling = (): void => port.unref();
