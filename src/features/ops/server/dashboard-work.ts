/** What ended at each endpoint in a range, in buckets: one query over the ledger. */
import type { Database } from '#platform/database/database.ts';
import {
  BUCKETS,
  type DashboardRange,
  type EndpointBoard,
  type Percentiles,
  type Work,
} from '../dashboard.ts';

/** A range up to now; it begins and ends on the borders of buckets, so that the same moment stays in one bucket. */
type Span = { range: DashboardRange; from: Date; to: Date; bucketSeconds: number };

function spanUpTo(now: Date, range: DashboardRange): Span {
  const { count, seconds } = BUCKETS[range];
  const to = new Date(Math.ceil((now.getTime() + 1) / (seconds * 1000)) * seconds * 1000);
  return { range, from: new Date(to.getTime() - count * seconds * 1000), to, bucketSeconds: seconds };
}

type Row = {
  endpointId: string;
  /** Null for the whole range. */
  bucket: number | null;
  ended: number;
  completed: number;
  cancelled: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  wait: [number, number] | null;
  ttft: [number, number] | null;
  errors: Record<string, number> | null;
};

export type EndpointWork = Pick<EndpointBoard, 'total' | 'buckets'>;

/** What ended in a span; the function has all buckets of an endpoint, also where nothing ended. */
export type RecentWork = { span: Span; workAt: (endpointId: string) => EndpointWork };

/** An answer is believed for this many times as long as it took: watching costs the database a tenth of a core at most. */
const BELIEVED_PER_COST = 10;

/** Reads what ended in the range up to now, or up to a moment ago: all who watch share an answer. */
export type ReadRecentWork = (range: DashboardRange) => Promise<RecentWork>;

/** Prepares the reading, which remembers its latest answers. */
export function createRecentWork(reports: Database): ReadRecentWork {
  const remembered = new Map<DashboardRange, { until: number; answer: Promise<RecentWork> }>();
  return (range) => {
    const known = remembered.get(range);
    if (known && performance.now() < known.until) return known.answer;
    const askedAt = performance.now();
    const entry = { until: Infinity, answer: readWork(reports, spanUpTo(new Date(), range)) };
    remembered.set(range, entry);
    entry.answer.then(
      () => {
        const now = performance.now();
        entry.until = now + (now - askedAt) * BELIEVED_PER_COST;
      },
      () => remembered.delete(range),
    );
    return entry.answer;
  };
}

async function readWork(db: Database, span: Span): Promise<RecentWork> {
  const { rows } = await db.$client.query<Row>({
    name: 'dashboard-work',
    text: READ,
    values: [span.from, span.to, span.bucketSeconds],
  });
  const byEndpoint = Map.groupBy(rows, (row) => row.endpointId);
  return { span, workAt: (endpointId) => toWork(byEndpoint.get(endpointId) ?? [], span) };
}

function toWork(rows: readonly Row[], { from, range, bucketSeconds }: Span): EndpointWork {
  const { count } = BUCKETS[range];
  const buckets = Array.from({ length: count }, (_, index) => {
    const at = new Date(from.getTime() + index * bucketSeconds * 1000).toISOString();
    return { at, ...workOf(rows.find((row) => row.bucket === index)) };
  });
  const whole = rows.find((row) => row.bucket === null);
  const perMinute = (whole?.ended ?? 0) / ((count * bucketSeconds) / 60);
  return { total: { ...workOf(whole), perMinute, errors: whole?.errors ?? {} }, buckets };
}

const workOf = (row: Row | undefined): Work => ({
  ended: row?.ended ?? 0,
  completed: row?.completed ?? 0,
  cancelled: row?.cancelled ?? 0,
  failed: row?.failed ?? 0,
  inputTokens: row?.inputTokens ?? 0,
  outputTokens: row?.outputTokens ?? 0,
  waitMs: percentiles(row?.wait ?? null),
  ttftMs: percentiles(row?.ttft ?? null),
});

const percentiles = (values: [number, number] | null): Percentiles => ({
  p50: values ? Math.round(values[0]) : null,
  p95: values ? Math.round(values[1]) : null,
});

const FIGURES = `
  count(*)::int AS ended,
  count(*) FILTER (WHERE state = 'completed')::int AS completed,
  count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
  count(*) FILTER (WHERE state NOT IN ('completed', 'cancelled'))::int AS failed,
  coalesce(sum(input_tokens), 0) AS "inputTokens", coalesce(sum(output_tokens), 0) AS "outputTokens",
  percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY wait) AS wait,
  percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY ttft_ms::float8) AS ttft`;

// The join makes it one walk over generations_by_end for each endpoint, however long the ledger is.
const READ = `
  WITH ended AS (
    SELECT e.id AS endpoint_id, state, input_tokens, output_tokens, ttft_ms, error->>'code' AS code,
      floor(extract(epoch FROM finished_at - $1::timestamptz) / $3::int)::int AS bucket,
      greatest(0, extract(epoch FROM started_at - queued_at) * 1000)::float8 AS wait
    FROM endpoints e JOIN generations g ON g.endpoint_id = e.id AND g.finished_at >= $1 AND g.finished_at < $2
  ), errors AS (
    SELECT endpoint_id, jsonb_object_agg(code, times) AS errors FROM (
      SELECT endpoint_id, code, count(*) AS times FROM ended WHERE code IS NOT NULL GROUP BY 1, 2) counted
    GROUP BY 1
  )
  SELECT endpoint_id AS "endpointId", bucket, ${FIGURES}, NULL AS errors FROM ended GROUP BY endpoint_id, bucket
  UNION ALL
  SELECT endpoint_id, NULL, ${FIGURES}, (SELECT errors FROM errors r WHERE r.endpoint_id = ended.endpoint_id)
  FROM ended GROUP BY endpoint_id`;
