import type { ListedModel } from '#providers/provider.ts';
import type { Queryable } from './queryable.ts';
import { rankModels } from './rank-models.ts';

/** Makes the stored list of an endpoint's models the one just read there. */
export async function saveModels(db: Queryable, endpointId: string, listed: ListedModel[]): Promise<void> {
  const models = rankModels(listed);
  // One statement, so that readers never see a list half changed; the default stays one as long as it is there.
  await db.query(
    `WITH listed AS (
       SELECT * FROM unnest($2::text[], $3::int[], $4::bool[]) WITH ORDINALITY AS l (name, context_window, keeps, position)
     ), gone AS (
       DELETE FROM models WHERE endpoint_id = $1 AND name <> ALL ($2::text[])
     )
     INSERT INTO models (endpoint_id, name, context_window, position)
     SELECT $1, name, context_window, position FROM listed
      WHERE EXISTS (SELECT FROM endpoints WHERE id = $1)
     ON CONFLICT (endpoint_id, name) DO UPDATE
       SET context_window = CASE WHEN (SELECT keeps FROM listed l WHERE l.name = excluded.name)
             THEN models.context_window ELSE excluded.context_window END, position = excluded.position, seen_at = now()`,
    [
      endpointId,
      models.map(({ name }) => name),
      models.map(({ contextWindow }) => contextWindow ?? null),
      models.map(({ keepsWindow }) => keepsWindow ?? false),
    ],
  );
}
