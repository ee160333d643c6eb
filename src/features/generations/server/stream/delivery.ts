/**
 * The one delivery path: snapshot, then tail. Every reader in this process hangs here, whatever its channel and
 * whichever process writes: live entries come over the bus, everything else is read from the log.
 */
import type { Clock } from '#platform/clock.ts';
import { generationTopic } from '#platform/live-bus/live-bus.ts';
import { type Pace, repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import type { QueueUpdate } from '../../stream-events.ts';
import { mayWithGeneration } from '../access.ts';
import { catchUp, type Readable, readGeneration } from './catch-up.ts';
import { readLogs } from './event-log.ts';
import type { EntriesMessage } from './log-entry.ts';
import { createLineLooks } from './look-at-line.ts';
import { createQueueWatch, whereabouts } from './queue-watch.ts';
import { type Reader, type Sink, tellEntries, tellUpdate, untilNews } from './reader.ts';

/**
 * How far behind a reader may be when another process writes and the bus does not carry its tokens: little while looking
 * into the log is cheap.
 */
const POLL: Pace = { least: 50, most: 200, perRound: 5 };
/** How long a new reader of a waiting generation is left to see it start, before the line is read for it. */
const NEWS_MS = 30;

/** What a sweep finds of a generation that somebody reads. */
type Swept = { id: string; userId: string; state: string; mayRead: boolean; last: number | null };

export type OpenReader = { close(): void };
export type Delivery = {
  /**
   * Opens a reader at `after`: the number of the last event it has, 0 for the start, null for nowhere. Resolves to
   * `complete` when it has the last event already; then the sink is never called. Authorise before; when the user loses the
   * right to read, the reader ends within 2 s.
   */
  open(
    userId: string,
    generationId: string,
    after: number | null,
    sink: Sink,
  ): Promise<OpenReader | 'complete' | 'gone'>;
  /** An endpoint's line may have moved. */
  queueChanged(endpointId: string): void;
  readonly readers: number;
  /** How often its channels say that they are still there. */
  readonly clock: Clock;
  close(): Promise<void>;
};

/** Creates the delivery of this process. `isLocal` tells whether a generation runs here, so that its entries come at once. */
export function createDelivery(services: Services, isLocal: (generationId: string) => boolean): Delivery {
  const { db, bus, log, clock } = services;
  const readers = new Set<Reader>();
  const waiting = new Map<string, Set<Reader>>();
  const lookAt = createLineLooks(db.$client);
  const queueWatch = createQueueWatch(
    services,
    (endpointId) => [...(waiting.get(endpointId) ?? [])],
    (reader) => {
      leaveLine(reader);
      void load(reader, reader.seq);
    },
  );

  function leaveLine(reader: Reader): void {
    reader.running = true;
    if (!reader.endpointId) return;
    waiting.get(reader.endpointId)?.delete(reader);
    if (waiting.get(reader.endpointId)?.size === 0) waiting.delete(reader.endpointId);
  }

  function joinLine(reader: Reader): void {
    if (!reader.endpointId) return;
    const line = waiting.get(reader.endpointId) ?? new Set();
    waiting.set(reader.endpointId, line.add(reader));
  }

  /** Reads what the reader lacks, then tells what came in meanwhile. */
  async function load(reader: Reader, after: number | null): Promise<'complete' | 'gone' | undefined> {
    if (reader.loading) {
      reader.lookAgain = true;
      reader.nudge?.();
      return undefined;
    }
    reader.loading = true;
    reader.lookAgain = false;
    try {
      const generation = await readGeneration(db, reader.generationId);
      if (!generation) return 'gone';
      reader.endpointId = generation.endpointId;
      reader.class = generation.class;
      const result = await catchUp(db, generation, after);
      if (reader.closed) return undefined;
      if (result.complete) return 'complete';
      if (result.snapshot) {
        reader.seq = result.snapshot.seq;
        reader.sink.snapshot(result.snapshot);
        // A place that does not exist is none, whatever was named.
      } else if (reader.seq < 0) reader.seq = (result.entries[0]?.seq ?? result.seq + 1) - 1;
      tellEntries(reader, result.entries);
      for (const entries of reader.meanwhile.splice(0)) if (!reader.closed) tellEntries(reader, entries);
      const { early } = reader;
      reader.early = null;
      // It began while the first reading was under way, which may still have seen it in line.
      if (early && !reader.closed) tellUpdate(reader, early);
      else if (!reader.closed) await tellWhere(reader, generation);
    } finally {
      reader.loading = false;
    }
    // What came in while the line was read; a gap here is closed by the sweep.
    for (const entries of reader.meanwhile.splice(0)) if (!reader.closed) tellEntries(reader, entries);
    return reader.lookAgain && !reader.closed ? load(reader, reader.seq) : undefined;
  }

  async function tellWhere(reader: Reader, generation: Readable): Promise<void> {
    if (generation.state === 'queued') {
      reader.running = false;
      joinLine(reader);
      const told = reader.lastUpdate;
      // A slot is mostly free: then it starts now, and the line need not be read while it does.
      if (told === null) await untilNews(reader, NEWS_MS);
      if (reader.closed || reader.running || reader.lookAgain) return;
      if (!generation.endpointId) return;
      const update = await placeInLine(generation.endpointId, generation.id);
      // What was told meanwhile is newer.
      if (!update || reader.closed || reader.lastUpdate !== told) return;
      tellUpdate(reader, update);
      return;
    }
    leaveLine(reader);
    if (generation.state === 'running' && reader.lastUpdate?.position !== null)
      tellUpdate(reader, {
        position: null,
        queueSize: null,
        etaSeconds: null,
        stage: generation.stage ?? 'thinking',
      });
  }

  /** Where a generation waits; null when it does not. It may have come while a look was under way that others asked for. */
  async function placeInLine(endpointId: string, generationId: string): Promise<QueueUpdate | null> {
    for (let looks = 0; looks < 2; looks++) {
      const { line, pace } = await lookAt(endpointId);
      const own = line.find(({ id }) => id === generationId);
      if (own) return whereabouts(own, line, pace);
    }
    return null;
  }

  function receive(reader: Reader, message: { type: string }): void {
    if (reader.closed) return;
    if (message.type === 'queue_update') {
      leaveLine(reader);
      const { update } = message as unknown as { update: QueueUpdate };
      if (reader.seq >= 0) tellUpdate(reader, update);
      else reader.early = update;
      return;
    }
    if (message.type === 'joined') return void retryLoad(reader);
    const { entries } = message as EntriesMessage;
    if (reader.loading) {
      // In order behind what is being read; once the reader stands somewhere, consecutive entries need not wait.
      if (reader.seq < 0 || !tellEntries(reader, entries)) reader.meanwhile.push(entries);
      return;
    }
    if (!reader.running) leaveLine(reader);
    if (!tellEntries(reader, entries)) void retryLoad(reader);
  }

  async function retryLoad(reader: Reader): Promise<void> {
    await load(reader, reader.seq).catch((error: Error) =>
      log.warn({ err: error }, 'a reader could not catch up'),
    );
  }

  /** Reads the log for readers of generations that other processes write. */
  async function poll(): Promise<void> {
    if (bus.carriesStreams) return;
    const remote = [...readers].filter(
      (reader) => reader.running && !reader.loading && !isLocal(reader.generationId),
    );
    if (remote.length === 0) return;
    const lowest = new Map<string, number>();
    for (const reader of remote)
      lowest.set(reader.generationId, Math.min(reader.seq, lowest.get(reader.generationId) ?? Infinity));
    const logs = await readLogs(db, [...lowest]);
    for (const reader of remote) {
      const entries = logs.get(reader.generationId);
      if (entries && !reader.loading && !reader.closed && !tellEntries(reader, entries))
        void retryLoad(reader);
    }
  }

  /** Finds readers whose generation ended, moved on or is gone without their being told, and those who may not read on. */
  async function sweep(): Promise<void> {
    if (readers.size === 0) return;
    const pairs = new Map([...readers].map((reader) => [pairOf(reader), reader]));
    const { rows } = await db.$client.query<Swept>({
      name: 'sweep-readers',
      text: `SELECT g.id, r.user_id AS "userId", g.state, ${mayWithGeneration('read', 'r.user_id')} AS "mayRead",
               (SELECT last_seq FROM generation_events e WHERE e.generation_id = g.id
                ORDER BY first_seq DESC LIMIT 1) AS last
             FROM unnest($1::uuid[], $2::uuid[]) r(generation_id, user_id) JOIN generations g ON g.id = r.generation_id`,
      values: [
        [...pairs.values()].map(({ generationId }) => generationId),
        [...pairs.values()].map(({ userId }) => userId),
      ],
    });
    const states = new Map(rows.map((row) => [pairOf({ generationId: row.id, userId: row.userId }), row]));
    for (const reader of [...readers]) {
      const row = states.get(pairOf(reader));
      // Its chat was deleted or is not theirs any more, so they may not read on; undone, they ask again.
      if (row?.mayRead === false) {
        reader.sink.end();
        continue;
      }
      const isNews =
        row?.state === 'queued'
          ? reader.running
          : row && (row.state !== 'running' || !reader.running || (row.last ?? 0) > reader.seq);
      if (isNews) void retryLoad(reader);
    }
  }

  const onError = (error: Error) => log.debug({ err: error }, 'reading for readers failed; trying again');
  const polling = repeat(poll, POLL, onError);
  const sweeping = repeat(sweep, clock.sweepMs, onError);
  const offGap = bus.onGap(sweeping.soon);

  return {
    async open(userId, generationId, after, sink) {
      const reader: Reader = {
        userId,
        generationId,
        endpointId: null,
        class: 0,
        sink,
        seq: -1,
        running: false,
        loading: false,
        lookAgain: false,
        nudge: null,
        meanwhile: [],
        early: null,
        closed: false,
        lastUpdate: null,
      };
      const unsubscribe = bus.subscribe(generationTopic(generationId), (message) => receive(reader, message));
      const close = () => {
        reader.closed = true;
        readers.delete(reader);
        leaveLine(reader);
        unsubscribe();
      };
      const wrapped: Sink = {
        ...sink,
        end() {
          close();
          sink.end();
        },
      };
      (reader as { sink: Sink }).sink = wrapped;
      readers.add(reader);
      const result = await load(reader, after).catch((error) => {
        close();
        throw error;
      });
      if (result) close();
      return result ?? { close };
    },
    clock,
    queueChanged: (endpointId) => queueWatch.changed(endpointId),
    get readers() {
      return readers.size;
    },
    async close() {
      offGap();
      queueWatch.close();
      await Promise.all([polling.stop(), sweeping.stop()]);
    },
  };
}

const pairOf = ({ generationId, userId }: Pick<Reader, 'generationId' | 'userId'>): string =>
  `${generationId} ${userId}`;
