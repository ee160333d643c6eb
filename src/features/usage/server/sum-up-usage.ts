import type { Services } from '#platform/services.ts';

/**
 * Adds up what was used until yesterday by user, model and quarter of an hour (a rollup), so that a year of it is read as
 * fast as a day. It goes on where it was the last time, and not beyond what has not ended yet; what it has passed never
 * changes any more. Returns how many rows it wrote.
 */
export async function sumUpUsage({ reports }: Pick<Services, 'reports'>): Promise<number> {
  const { rowCount } = await reports.$client.query(SUM_UP);
  return rowCount ?? 0;
}

const SUM_UP = `
  WITH span AS (
    SELECT usage_counted_to AS since, date_bin('15 minutes', least(now() - interval '1 day',
      (SELECT min(queued_at) FROM generations WHERE state IN ('queued', 'running'))), 'epoch') AS until
    FROM instance FOR UPDATE
  ),
  moved AS (UPDATE instance SET usage_counted_to = until FROM span WHERE until > since)
  INSERT INTO usage_quarters
  SELECT user_id, date_bin('15 minutes', queued_at, 'epoch') AS quarter, model_id, count(*),
    count(*) FILTER (WHERE state = 'completed'), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0),
    count(started_at), coalesce(sum(greatest(0, extract(epoch FROM started_at - queued_at))) * 1000, 0)
  FROM generations, span WHERE queued_at >= since AND queued_at < until
  GROUP BY user_id, quarter, model_id`;
