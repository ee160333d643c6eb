/** Tells those who wait at an endpoint how the line moves. One query per change serves all of them. */
import type { Services } from '#platform/services.ts';
import type { QueueUpdate } from '../../stream-events.ts';
import {
  type EndpointPace,
  estimateWait,
  queueOrder,
  servicePace,
  type Waiting,
} from '../queue/queue-order.ts';
import { type Reader, tellUpdate } from './reader.ts';

/** Changes within this time are told together, and a long line is not computed more often. */
const DEBOUNCE_MS = 50;
const LEAST_INTERVAL_MS = 200;

export type QueueWatch = {
  /** The line of an endpoint may have moved. */
  changed(endpointId: string): void;
  close(): void;
};

/**
 * Watches the lines that `waitingAt` has readers for. `onLeft` is called for a reader whose generation is no
 * longer in line: it runs, or has ended.
 */
export function createQueueWatch(
  services: Services,
  waitingAt: (endpointId: string) => readonly Reader[],
  onLeft: (reader: Reader) => void,
): QueueWatch {
  const timers = new Map<string, NodeJS.Timeout>();
  const lastLine = new Map<string, Waiting[]>();
  const lastRefresh = new Map<string, number>();

  async function refresh(endpointId: string): Promise<void> {
    lastRefresh.set(endpointId, performance.now());
    if (waitingAt(endpointId).length === 0) {
      lastLine.delete(endpointId);
      return;
    }
    const { $client } = services.db;
    const [line, pace] = await Promise.all([
      queueOrder($client, endpointId),
      servicePace($client, endpointId),
    ]);
    const byId = new Map(line.map((waiting) => [waiting.id, waiting]));
    const before = lastLine.get(endpointId) ?? [];
    lastLine.set(endpointId, line);
    for (const reader of waitingAt(endpointId)) {
      const own = byId.get(reader.generationId);
      if (own) tellUpdate(reader, updateFor(reader, own, line, before, pace));
      else if (!reader.loading) onLeft(reader);
    }
  }

  return {
    changed(endpointId) {
      if (timers.has(endpointId) || waitingAt(endpointId).length === 0) return;
      const since = performance.now() - (lastRefresh.get(endpointId) ?? -Infinity);
      const wait = Math.max(DEBOUNCE_MS, LEAST_INTERVAL_MS - since);
      const timer = setTimeout(() => {
        timers.delete(endpointId);
        refresh(endpointId).catch((error: Error) =>
          services.log.warn({ err: error }, 'reading a queue failed'),
        );
      }, wait);
      timers.set(endpointId, timer);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function updateFor(
  reader: Reader,
  own: Waiting,
  line: Waiting[],
  before: Waiting[],
  pace: EndpointPace,
): QueueUpdate {
  const update = whereabouts(own, line, pace);
  const told = reader.lastUpdate?.position ?? null;
  if (told === null || own.position <= told) return update;
  return { ...update, reason: whyLater(own, line, before) };
}

/** What one who waits is told, without a reason. */
export const whereabouts = (own: Waiting, line: readonly Waiting[], pace: EndpointPace): QueueUpdate => ({
  position: own.position,
  queueSize: line.length,
  etaSeconds: estimateWait(own.position, pace),
  ...stageWhileWaiting(pace),
});

/** What those who wait are told about the endpoint they wait for. */
function stageWhileWaiting(pace: EndpointPace): Pick<QueueUpdate, 'stage' | 'stopped' | 'since'> {
  const { stopped, stoppedSince } = pace;
  if (stopped === null) return { stage: pace.health === 'loading' ? 'loading_model' : 'waiting' };
  return { stage: 'endpoint_down', stopped, ...(stoppedSince && { since: stoppedSince.toISOString() }) };
}

/**
 * Why somebody is ahead who was not before: a more urgent class (theirs, or this one's was lowered), having had a slot
 * that was lost with its worker, or having been served less.
 */
function whyLater(own: Waiting, line: Waiting[], before: Waiting[]): NonNullable<QueueUpdate['reason']> {
  const was = before.find((waiting) => waiting.id === own.id);
  if (was && own.class > was.class) return 'priority';
  const waitedBefore = new Set(before.map((waiting) => waiting.id));
  const wereAhead = new Set(before.slice(0, was?.position ?? 0).map((waiting) => waiting.id));
  const newcomers = line.slice(0, own.position).filter((waiting) => !wereAhead.has(waiting.id));
  if (newcomers.some((waiting) => waiting.class < own.class)) return 'priority';
  if (newcomers.some((waiting) => waiting.claims > 0 && !waitedBefore.has(waiting.id))) return 'slots';
  return 'fair_share';
}
