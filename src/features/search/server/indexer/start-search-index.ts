import { setTimeout as sleep } from 'node:timers/promises';
import { sqlState } from '#platform/database/database.ts';
import { seldom } from '#platform/log.ts';
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { type Batch, indexBatch, putOff } from './index-batch.ts';
import { startMergingWords } from './merge-words.ts';

/** Of the time that a batch of much at once has taken, how long the database has to itself before the next one. */
const REST = 0.5;

/**
 * Keeps the index up with what is said, looking several times a second for what is due; several processes may do this, and take turns.
 * Returns how to stop.
 */
export function startSearchIndex(
  services: Pick<Services, 'db' | 'reports' | 'log' | 'clock'>,
): () => Promise<void> {
  const { log, clock } = services;
  const stopping = new AbortController();
  const { signal } = stopping;
  const words = startMergingWords(services);

  async function look(): Promise<void> {
    while (!signal.aborted) {
      const startedAt = performance.now();
      const { found, bytes } = await indexBatch(services).catch((error: unknown) => oneByOne(error));
      words.entered(bytes);
      if (found === 'none' || found === 'others') return;
      const tookMs = performance.now() - startedAt;
      if (found === 'bulk') await sleep(tookMs * REST, undefined, { signal }).catch(() => {});
    }
  }

  /** After a batch that failed because of something in it: the first by itself, which waits if it was that. */
  async function oneByOne(error: unknown): Promise<Batch> {
    if (!isAboutData(error)) throw error;
    try {
      const batch = await indexBatch(services, 1);
      return batch.found === 'bulk' ? { ...batch, found: 'soon' } : batch;
    } catch (again) {
      if (!isAboutData(again)) throw again;
      log.error(
        { err: again, ...(await putOff(services)) },
        'something could not be entered into the search index',
      );
      return { found: 'soon', bytes: 0 };
    }
  }

  // Several times a second while the database is away.
  const failed = seldom((times, error: Error) =>
    log.warn({ err: error, times }, 'the search index could not be kept up; it is tried again'),
  );
  const looking = repeat(look, clock.searchLookMs, failed);
  looking.soon();
  return async () => {
    stopping.abort();
    await looking.stop();
    await words.stop();
  };
}

/** SQLSTATE classes of what may lie in one row: its data, a limit of the program, a statement that took too long. */
const isAboutData = (error: unknown): boolean => /^(?:22|54|57014)/.test(sqlState(error) ?? '');
