/** Structured logs: one JSON line per event on standard error, never with secrets. */
import { type Logger, pino } from 'pino';

export type { Logger };

/** Keys under which secrets could travel; their values are never written. */
const REDACTED = ['apiKey', 'password', 'authorization', 'cookie', 'token', 'secret', 'key'].flatMap(
  (key) => [key, `*.${key}`, `*.*.${key}`],
);

/** A logger for one process. Standard output is kept for the ready line and for what commands print. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: { pid: process.pid }, redact: REDACTED },
    pino.destination({ fd: 2, sync: false }),
  );
}
