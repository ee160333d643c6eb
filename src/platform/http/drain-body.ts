/** Reads away what is left of a refused body, so that its sender is there to hear the answer. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Above it the connection is cut instead: five times what any body may be. */
const DRAIN_LIMIT_BYTES = 50 * 1024 * 1024;
/** A sender slower than this is not waited for. */
const DRAIN_LIMIT_MS = 10_000;

/**
 * Resolves when the body was read and thrown away, or is too much or too slow for that. A connection closed while its
 * client still writes is reset, and most clients then report the reset instead of the answer that came before it.
 */
export async function drainBody(request: IncomingMessage): Promise<void> {
  if (Number(request.headers['content-length']) > DRAIN_LIMIT_BYTES) return;
  const done = new AbortController();
  let bytes = 0;
  const read = new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_LIMIT_BYTES) resolve();
    });
    for (const event of ['end', 'close', 'error']) request.once(event, resolve);
    if (request.readableEnded || request.destroyed) resolve();
    request.resume();
  });
  await Promise.race([read, wait(DRAIN_LIMIT_MS, undefined, { signal: done.signal }).catch(() => undefined)]);
  done.abort();
}
