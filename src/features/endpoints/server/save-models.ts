import type { ListedModel } from '#providers/provider.ts';
import type { Queryable } from './queryable.ts';
import { rankModels } from './rank-models.ts';

/** Makes the stored list of an endpoint's models the one just read there. */
export async function saveModels(db: Queryable, endpointId: string, listed: ListedModel[]): Promise<void> {
  const models = rankModels(listed);
  // One statement, so that readers never see a list half changed; the default stays one as long as it is there.
  await db.query(
    `WITH listed AS (
       SELECT * FROM unnest($2::text[], $3::int[]) WITH ORDINALITY AS l (name, context_window, position)
     ), gone AS (
       DELETE FROM models WHERE endpoint_id = $1 AND name <> ALL ($2::text[])
     )
     INSERT INTO models (endpoint_id, name, context_window, position)
     SELECT $1, name, context_window, position FROM listed
      WHERE EXISTS (SELECT FROM endpoints WHERE id = $1)
     ON CONFLICT (endpoint_id, name) DO UPDATE
       SET context_window = excluded.context_window, position = excluded.position, seen_at = now()`,
    [endpointId, models.map((model) => model.name), models.map((model) => model.contextWindow ?? null)],
  );
}
