/** How a process shares out its connections to PostgreSQL. */
/** The fewest that a process with everything can work with: one or two for each kind of work. */
export const LEAST_CONNECTIONS = 9;

/** How many connections each kind of work may hold at a time. */
export type Connections = {
  /** Requests, sends among them, jobs, and what is looked after from time to time. */
  readonly main: number;
  /** Claims, heartbeats, and the beginnings and ends of replies. */
  readonly worker: number;
  /** What is being written: one flush is under way at a time. */
  readonly flushes: number;
  /** Readers that catch up, and looks into the log and the line for all of them. */
  readonly readers: number;
  /** Exports, usage and the dashboard's history: long queries, which wait for one another and for nobody else. */
  readonly reports: number;
};

/**
 * Of those that are shared out. Each new reader catches up by a few queries: with half as many, in a rush of them, words came
 * seconds late.
 */
const WORKER_SHARE = 0.23;
const READER_SHARE = 0.23;

/**
 * Splits `total` connections by kind of work, so that all pools together never hold more, nor with the one that listens and
 * the one that keeps an embedded server. Each kind has its own: a rush of sends that takes all of the main ones must not
 * hold up readers, heartbeats and freed slots, nor a rush of beginnings and ends the words that are being written.
 */
export function splitConnections(
  total: number,
  { works, embedded }: { works: boolean; embedded: boolean },
): Connections {
  if (total < LEAST_CONNECTIONS)
    throw new Error(`A process needs ${LEAST_CONNECTIONS} connections, not ${total}.`);
  const shared = total - 1 - (embedded ? 1 : 0);
  const reports = 1;
  const flushes = works ? 1 : 0;
  const worker = works ? Math.max(2, Math.floor(shared * WORKER_SHARE)) : 0;
  const readers = Math.max(1, Math.floor(shared * READER_SHARE));
  return { main: shared - reports - flushes - worker - readers, worker, flushes, readers, reports };
}
