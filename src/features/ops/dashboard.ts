/** What server and web share about the admins' view of the queue: who runs and waits where, and how it went lately. */
import { z } from 'zod';
import { Health } from '#features/endpoints/endpoints.ts';
import { PriorityClass } from '#features/generations/generations.ts';
import { Stage } from '#features/generations/stream-events.ts';
import { Id } from '#fields';

/** How far back: an hour by the minute, or a day by the quarter of an hour. */
export const DashboardRange = z.enum(['hour', 'day']);
export type DashboardRange = z.infer<typeof DashboardRange>;
/** Buckets of a range, and their length in seconds. */
export const BUCKETS = {
  hour: { count: 60, seconds: 60 },
  day: { count: 96, seconds: 900 },
} as const satisfies Record<DashboardRange, object>;

/** Milliseconds that half, and 95 of 100, stayed under; null where nothing was measured. */
export const Percentiles = z.object({ p50: z.int().nullable(), p95: z.int().nullable() });
export type Percentiles = z.infer<typeof Percentiles>;

/** What ended in some time. */
const Work = z.object({
  /** Generations, whatever their end. */
  ended: z.int(),
  completed: z.int(),
  cancelled: z.int(),
  /** Failed, timed out or interrupted. */
  failed: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  waitMs: Percentiles,
  ttftMs: Percentiles,
});
export type Work = z.infer<typeof Work>;

const Live = z.object({
  generationId: Id,
  chatId: Id.nullable(),
  user: z.object({ id: Id, name: z.string() }),
  class: PriorityClass,
  model: z.string(),
  client: z.string(),
  queuedAt: z.iso.datetime(),
});
export const RunningEntry = Live.extend({ startedAt: z.iso.datetime(), stage: Stage });
export const WaitingEntry = Live.extend({ position: z.int(), etaSeconds: z.number().nullable() });

/** One endpoint. */
export const EndpointBoard = z.object({
  endpointId: Id,
  name: z.string(),
  slots: z.int(),
  maxQueued: z.int(),
  enabled: z.boolean(),
  paused: z.boolean(),
  draining: z.boolean(),
  health: Health,
  running: z.array(RunningEntry),
  waitingCount: z.int(),
  /** The first of those who wait, in the order in which they will start. */
  waiting: z.array(WaitingEntry),
  /** Over the whole range. */
  total: Work.extend({
    perMinute: z.number(),
    /** How many ended with which error code. */
    errors: z.record(z.string(), z.int()),
  }),
  /** As many as the range has, oldest first; the last one is still filling. */
  buckets: z.array(Work.extend({ at: z.iso.datetime() })),
});
export type EndpointBoard = z.infer<typeof EndpointBoard>;

/** `GET /api/v1/admin/queue`. */
export const Dashboard = z.object({
  range: DashboardRange,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** By the server's clock; durations up to now are counted from it, as a browser's clock may be wrong. */
  now: z.iso.datetime(),
  bucketSeconds: z.int(),
  items: z.array(EndpointBoard),
});
export type Dashboard = z.infer<typeof Dashboard>;
