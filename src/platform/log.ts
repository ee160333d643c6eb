/** Structured logs: one JSON line per event on standard error, readable on a terminal, never with secrets. */
import { type Logger, pino, type SerializedError, stdSerializers } from 'pino';
import { readableLine } from './readable-log.ts';

export type { Logger };

/** Keys under which secrets could travel; their values are never written. */
const REDACTED = ['apiKey', 'password', 'authorization', 'cookie', 'token', 'secret', 'key'].flatMap(
  (key) => [key, `*.${key}`, `*.*.${key}`],
);

/** A logger for one process. Standard output is kept for the ready line and for what commands print. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: { pid: process.pid }, redact: REDACTED, serializers: { err: serializeError } },
    process.stderr.isTTY ? terminal : pino.destination({ fd: 2, sync: false }),
  );
}

const terminal = {
  write: (line: string) => process.stderr.write(readableLine(line, process.stderr.hasColors())),
};

/**
 * Only what helps is told: drivers hang whole connections on their errors, and a failed query's error carries the
 * values of its parameters, and so whatever secret was to be stored.
 */
function serializeError(error: Error): Partial<SerializedError> {
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as { code?: unknown };
  const values = parametersIn(error);
  const clean = (text: string | undefined) =>
    values.reduce((left, value) => left?.replaceAll(`params: ${value}`, 'params: not shown'), text);
  return {
    type,
    message: clean(message) ?? '',
    stack: clean(stack) ?? '',
    ...(typeof code === 'string' && { code }),
  };
}

/** Of the error and of what caused it, as Drizzle writes them into its message. */
function parametersIn(error: unknown): string[] {
  const found: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) if ('params' in at) found.push(String(at.params));
  return found;
}

/** What may happen as often as somebody likes is written down at most once in this time. */
const SELDOM_MS = 60_000;

/** Wraps a log line that others can cause at will: `write` is called at once, then at most once a minute, with how many times it was due. */
export function seldom<What extends unknown[]>(
  write: (times: number, ...what: What) => void,
  everyMs = SELDOM_MS,
): (...what: What) => void {
  let times = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (...what) => {
    times += 1;
    if (performance.now() - last < everyMs) return;
    last = performance.now();
    write(times, ...what);
    times = 0;
  };
}
