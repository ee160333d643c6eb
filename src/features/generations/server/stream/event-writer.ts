/**
 * Writes the events of all generations that run in this process: numbers them, logs them in one multi-row insert
 * per flush (group commit), and publishes them only once they are on disk. Because nothing is shown that is not
 * logged, a number a reader holds is always in the log, and a takeover continues exactly where readers stand.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, isTransient } from '#platform/database/database.ts';
import { generationTopic, type LiveBus } from '#platform/live-bus/live-bus.ts';
import type { Logger } from '#platform/log.ts';
import { applyEvent, type ReplyState } from '../../apply-event.ts';
import { isTerminalEvent } from '../../rules.ts';
import type { LoggedEvent } from '../../stream-events.ts';
import { tellFlushed } from '../observations.ts';
import { type EntriesMessage, encodeRow, type LogEntry, toEntry } from './log-entry.ts';

/** The coalescing window: a delta waits at most this long for others, unless it is the first in a while. */
const WINDOW_MS = 33;
/** Under load the window follows the cost of a flush, so that flushing takes at most half of the time … */
const WINDOW_PER_FLUSH = 2;
/** … up to here, where promises about latency end. */
const WINDOW_MOST_MS = 150;
/** Between attempts while the database is away. */
const RETRY_MS = 250;

/** The writing side of one running generation. */
export type EventStream = {
  readonly generationId: string;
  readonly epoch: number;
  /** The reply as logged, or about to be. */
  readonly logged: ReplyState;
  /** True once `message_start` was appended, here or by an earlier worker. */
  readonly started: boolean;
  /** Adds an event; deltas of one kind that wait for the same flush become one. */
  append(event: LoggedEvent): void;
  /** Ends the stream and returns what is not logged yet, numbered, for the final transaction to log. */
  close(): Promise<{ entries: LogEntry[]; reply: ReplyState }>;
};

export type EventWriter = {
  /** Opens the stream of a claimed generation whose log already holds `logged`. `onStale` tells that another worker owns it. */
  open(generationId: string, epoch: number, logged: ReplyState, onStale: () => void): EventStream;
  publish(generationId: string, entries: readonly LogEntry[]): void;
};

type Stream = {
  generationId: string;
  epoch: number;
  logged: ReplyState;
  pending: LoggedEvent[];
  inFlight: LogEntry[];
  /** The flush that logged the first words is over. */
  hasBegun: boolean;
  onStale: () => void;
};

/** Creates the one writer of a worker process. */
export function createEventWriter(db: Database, bus: LiveBus, log: Logger): EventWriter {
  const dirty = new Set<Stream>();
  let flushing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  let lastStart = -Infinity;
  let window = WINDOW_MS;

  function schedule(): void {
    if (timer || flushing || dirty.size === 0) return;
    const wait = lastStart + window - performance.now();
    const run = () => {
      timer = null;
      flushing = flush().finally(() => {
        flushing = null;
        schedule();
      });
    };
    timer = wait <= 0 ? setImmediate(run) : setTimeout(run, wait);
  }

  async function flush(): Promise<void> {
    lastStart = performance.now();
    const streams = [...dirty];
    dirty.clear();
    for (const stream of streams) number(stream);
    await insertUntilDone(streams);
    const tookMs = performance.now() - lastStart;
    tellFlushed(bus, tookMs);
    window = Math.min(WINDOW_MOST_MS, Math.max(WINDOW_MS, tookMs * WINDOW_PER_FLUSH));
  }

  async function insertUntilDone(streams: Stream[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const written = await insert(db, streams, attempt > 0);
        for (const stream of streams) settle(stream, written.has(stream.generationId));
        return;
      } catch (error) {
        if (!isTransient(error)) return refused(streams, error);
        if (attempt === 0)
          log.warn({ err: error }, 'events could not be logged; trying until the database is back');
        await sleep(RETRY_MS);
      }
    }
  }

  /** The database takes none of them: one event among them cannot be stored, and only its generation may suffer. */
  async function refused(streams: Stream[], error: unknown): Promise<void> {
    const [first] = streams;
    if (streams.length > 1) {
      for (const stream of streams) await insertUntilDone([stream]);
    } else if (first) {
      log.error({ err: error, generationId: first.generationId }, 'events were refused by the database');
      settle(first, false);
    }
  }

  function settle(stream: Stream, written: boolean): void {
    const entries = stream.inFlight;
    stream.inFlight = [];
    if (!written) {
      stream.pending = [];
      stream.onStale();
      return;
    }
    const firstWords = begins(stream);
    stream.hasBegun ||= firstWords;
    publish(stream.generationId, entries, firstWords);
  }

  function publish(generationId: string, entries: readonly LogEntry[], firstWords = false): void {
    const message: EntriesMessage = { type: 'entries', entries };
    bus.publishStream(generationTopic(generationId), message);
    // Without tokens on the bus, readers elsewhere look a few times a second; first and last words need not wait for it.
    if (!bus.carriesStreams && (firstWords || isBoundary(entries)))
      bus.publishElsewhere(generationTopic(generationId), LOOK);
  }

  return {
    publish,
    open(generationId, epoch, logged, onStale) {
      const stream: Stream = {
        generationId,
        epoch,
        logged,
        pending: [],
        inFlight: [],
        hasBegun: logged.content.length > 0,
        onStale,
      };
      let closed = false;
      let started = logged.seq > 0;
      return {
        generationId,
        epoch,
        get logged() {
          return stream.logged;
        },
        get started() {
          return started;
        },
        append(event) {
          if (closed) return;
          started = true;
          coalesce(stream.pending, event);
          dirty.add(stream);
          schedule();
        },
        async close() {
          closed = true;
          dirty.delete(stream);
          while (stream.inFlight.length > 0 && flushing) await flushing;
          number(stream);
          const entries = stream.inFlight;
          stream.inFlight = [];
          return { entries, reply: stream.logged };
        },
      };
    },
  };
}

/** Tells readers in other processes to read the log now. */
const LOOK = { type: 'joined' } as const;

const isBoundary = (entries: readonly LogEntry[]): boolean =>
  entries[0]?.seq === 1 || isTerminalEvent(entries.at(-1)?.type ?? '');

/** True while the first words are on their way into the log. */
const begins = (stream: Stream): boolean => !stream.hasBegun && stream.logged.content.length > 0;

/** Joins a delta to a waiting one of its kind; everything else waits on its own. */
function coalesce(pending: LoggedEvent[], event: LoggedEvent): void {
  const last = pending.at(-1);
  if (
    last &&
    last.type === event.type &&
    (event.type === 'content_delta' || event.type === 'reasoning_delta')
  )
    (last.data as { delta: string }).delta += event.data.delta;
  else pending.push({ ...event, data: { ...event.data } } as LoggedEvent);
}

/** Gives the waiting events their numbers and folds them into the reply. */
function number(stream: Stream): void {
  for (const event of stream.pending) {
    const seq = stream.logged.seq + 1;
    stream.inFlight.push(toEntry(event, seq));
    stream.logged = applyEvent(stream.logged, event, seq);
  }
  stream.pending = [];
}

/**
 * Logs what is in flight and returns the generations it was logged for. A generation is left out when another
 * worker has it (its epoch moved on) or has written on (the primary key refuses the number). After a lost
 * connection the row may be there already, from the attempt before: the epoch tells that it is ours.
 */
async function insert(db: Database, streams: Stream[], again: boolean): Promise<Set<string>> {
  const first = streams.filter(begins);
  const some = first.length > 0;
  const result = await db.$client.query<{ generation_id: string }>({
    name: `log-events${some ? '-begin' : ''}${again ? '-again' : ''}`,
    text: logStatement(some, again),
    values: [
      streams.map((stream) => stream.generationId),
      streams.map((stream) => stream.epoch),
      streams.map((stream) => stream.inFlight[0]!.seq),
      streams.map((stream) => stream.inFlight.at(-1)!.seq),
      streams.map((stream) => encodeRow(stream.inFlight)),
      ...(some ? [first.map((stream) => stream.generationId)] : []),
    ],
  });
  return new Set(result.rows.map((row) => row.generation_id));
}

// A subquery and not a join, and no condition on the state outside of `CASE`: how many are running changes faster than
// the planner's statistics, and what was planned for a few, by the index of those that run, compares each with each.
const MINE = `
  mine AS MATERIALIZED (
    SELECT row.* FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])
      AS row(generation_id, epoch, first_seq, last_seq, events)
    WHERE row.epoch = (
      SELECT CASE WHEN state = 'running' THEN epoch END FROM generations WHERE id = row.generation_id)
  )`;
const BEGIN = `
  begun AS (
    UPDATE generations SET first_token_at = now(), stage = 'writing'
    WHERE id = ANY ($6::uuid[]) AND first_token_at IS NULL AND id = ANY (ARRAY(SELECT generation_id FROM mine))
  )`;
const WRITE = `
  INSERT INTO generation_events (generation_id, first_seq, last_seq, events)
  SELECT generation_id, first_seq, last_seq, events::json FROM mine
  ON CONFLICT DO NOTHING`;

function logStatement(someBegin: boolean, again: boolean): string {
  const steps = [MINE, ...(someBegin ? [BEGIN] : []), ...(again ? [` written AS (${WRITE})`] : [])];
  return `WITH ${steps.join(',')} ${again ? 'SELECT generation_id FROM mine' : `${WRITE} RETURNING generation_id`}`;
}
