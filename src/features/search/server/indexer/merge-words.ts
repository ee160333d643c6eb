import { seldom } from '#platform/log.ts';
import type { Services } from '#platform/services.ts';

/** Content whose words are about 4 MB in the list: it takes a second to merge them, and a search 2 ms to read them. */
const MUCH = 1_000_000;

/**
 * Has the words that wait in the list of the GIN index (its pending list) merged into it, all those of about two thousand messages at
 * once: most are the same few, and each is gone to once. While that runs, in the background, others are added and found.
 */
export function startMergingWords({ reports, log }: Pick<Services, 'reports' | 'log'>): {
  /** Counts content that was entered. */
  entered(bytes: number): void;
  /** Waits for what is running. */
  stop(): Promise<void>;
} {
  let waiting = 0;
  let running: Promise<void> | null = null;
  const failed = seldom((times, error: Error) =>
    log.warn(
      { err: error, times },
      'words could not be merged into the search index; they are found all the same',
    ),
  );

  async function merge(): Promise<void> {
    waiting = 0;
    try {
      await reports.$client.query(`SELECT gin_clean_pending_list('message_search_by_word')`);
    } catch (error) {
      failed(error as Error);
    }
    running = null;
  }

  return {
    entered(bytes) {
      waiting += bytes;
      if (waiting >= MUCH) running ??= merge();
    },
    stop: async () => void (await running),
  };
}
