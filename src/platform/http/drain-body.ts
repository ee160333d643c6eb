/** Reads away what is left of a refused body, so that its sender is there to hear the answer. */
import type { IncomingMessage } from 'node:http';

/** Above it the connection is cut instead: five times what any body may be. */
const DRAIN_LIMIT_BYTES = 50 * 1024 * 1024;

/** A sender that says nothing for this long is not waited for. */
const QUIET_MS = 1_000;

/** Resolves when the body was read and thrown away, or is too much or too slow for that. */
export async function drainBody(request: IncomingMessage, mostMs: number): Promise<void> {
  if (Number(request.headers['content-length']) > DRAIN_LIMIT_BYTES) return;
  await new Promise<void>((resolve) => {
    const quiet = setTimeout(finish, Math.min(QUIET_MS, mostMs));
    const late = setTimeout(finish, mostMs);
    let bytes = 0;
    function finish(): void {
      clearTimeout(quiet);
      clearTimeout(late);
      resolve();
    }
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_LIMIT_BYTES) finish();
      else quiet.refresh();
    });
    for (const event of ['end', 'close', 'error']) request.once(event, finish);
    if (request.readableEnded || request.destroyed) finish();
    request.resume();
  });
}
