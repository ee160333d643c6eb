import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient, isUniqueViolation } from '#platform/database/database.ts';
import type { Logger } from '#platform/log.ts';

/** Between attempts while the database is away; long outages end with the lease, when others may take over. */
const RETRY_MS = 250;

/**
 * Runs a write until the database has taken or refused it. A refusal because another worker wrote on (a unique
 * violation, class 23) is an answer, null, not an error.
 */
export async function storeSurely<T>(log: Logger, write: () => Promise<T>): Promise<T | null> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      if (!isTransient(error)) throw error;
      if (attempt === 0)
        log.warn({ err: error }, 'the database is away; what ended will be stored when it is back');
      await sleep(RETRY_MS);
    }
  }
}

/** Reads until the database answers; throws what it says against the query, and anything once `signal` is aborted. */
export async function readPatiently<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (signal.aborted || !isTransient(error)) throw error;
      await sleep(RETRY_MS);
    }
  }
}
