/** One reader of one generation: what it is told, in order, without gaps or repeats. */

import { isTerminalEvent } from '../../rules.ts';
import type { MessageSnapshot, QueueUpdate } from '../../stream-events.ts';
import type { LogEntry } from './log-entry.ts';

/** Where a reader's news go: an SSE answer, a WebSocket, a program's stream. Called in order, never after `end`. */
export type Sink = {
  entries(entries: readonly LogEntry[]): void;
  snapshot(snapshot: MessageSnapshot): void;
  queueUpdate(update: QueueUpdate): void;
  /** Nothing follows: the last event was told, or there is nothing to read any more. */
  end(): void;
};

/** A reader as the delivery keeps it. */
export type Reader = {
  /** Who reads; looked at again while it lasts. */
  readonly userId: string;
  readonly generationId: string;
  /** Whose line it is in, and of which class it is there; known from the first catch-up on. */
  endpointId: string | null;
  class: number;
  readonly sink: Sink;
  /** The number of the last event told; -1 until the first catch-up. */
  seq: number;
  /** False until it is known to have left the queue. */
  running: boolean;
  /** Being caught up from the database. */
  loading: boolean;
  /** Asked meanwhile to look once more; `nudge` ends a wait that is no use then. */
  lookAgain: boolean;
  nudge: (() => void) | null;
  /** What arrived live while catching up, to be told after it. */
  meanwhile: (readonly LogEntry[])[];
  /** Where it was said to stand before the first catch-up was through. */
  early: QueueUpdate | null;
  closed: boolean;
  lastUpdate: QueueUpdate | null;
};

/** Waits, but not for longer than until something is known of the reader's generation. */
export const untilNews = (reader: Reader, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    reader.nudge = () => {
      clearTimeout(timer);
      resolve();
    };
  });

/**
 * Tells a reader the entries it does not have yet. Returns false when there is a gap before them, so that the log
 * must be read first; then nothing was told.
 */
export function tellEntries(reader: Reader, entries: readonly LogEntry[]): boolean {
  const fresh = entries.filter((entry) => entry.seq > reader.seq);
  const first = fresh[0];
  if (!first) return true;
  if (first.seq !== reader.seq + 1) return false;
  const last = fresh.at(-1)!;
  reader.seq = last.seq;
  reader.running = true;
  reader.sink.entries(fresh);
  if (isTerminalEvent(last.type)) {
    reader.closed = true;
    reader.sink.end();
  }
  return true;
}

/**
 * Tells where the generation stands in line, or what it is doing, unless that was the last thing told. A position
 * that grew never goes out without a reason, whoever reads it first.
 */
export function tellUpdate(reader: Reader, news: QueueUpdate): void {
  const { lastUpdate } = reader;
  const reason = news.reason ?? whyLater(lastUpdate, news);
  const update: QueueUpdate = reason ? { ...news, reason } : news;
  const same =
    lastUpdate &&
    lastUpdate.position === update.position &&
    lastUpdate.queueSize === update.queueSize &&
    lastUpdate.etaSeconds === update.etaSeconds &&
    lastUpdate.stage === update.stage &&
    lastUpdate.stopped === update.stopped &&
    lastUpdate.since === update.since;
  if (same) return;
  reader.lastUpdate = update;
  reader.sink.queueUpdate(update);
}

/** Why it stands further back than was told: it had begun and lost its slot with its worker, or, where nobody says why, fair share. */
function whyLater(told: QueueUpdate | null, news: QueueUpdate): QueueUpdate['reason'] {
  if (!told || news.position === null) return undefined;
  if (told.position === null) return 'slots';
  return news.position > told.position ? 'fair_share' : undefined;
}
