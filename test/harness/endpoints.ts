/** Endpoints for tests, put into the database directly. */
import type { EndpointKind, Timeouts } from '#features/endpoints/endpoints.ts';
import { inTransaction } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';

/** What a test may say about its endpoint; the rest is the default. */
export type TestEndpoint = {
  name?: string;
  kind?: EndpointKind;
  baseUrl?: string;
  slots?: number;
  maxQueued?: number;
  models?: string[];
  timeouts?: Partial<Timeouts>;
};

/** Adds an endpoint with its models and returns its id. Its first model, `<name>/<model>`, becomes the default. */
export async function addEndpoint(services: Services, given: TestEndpoint = {}): Promise<string> {
  const id = newId();
  const { name = 'test', kind = 'scripted', slots = 4, models = ['demo'] } = given;
  await inTransaction(services.db, async (client) => {
    // Only one model is the default, also of those that tests beside each other add.
    await client.query('LOCK TABLE models IN SHARE ROW EXCLUSIVE MODE');
    await client.query(
      `INSERT INTO endpoints (id, name, kind, base_url, slots, max_queued, timeouts) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        name,
        kind,
        given.baseUrl ?? null,
        slots,
        given.maxQueued ?? 1000,
        JSON.stringify(given.timeouts ?? {}),
      ],
    );
    await client.query('UPDATE models SET is_default = false WHERE is_default');
    for (const [index, model] of models.entries())
      await client.query('INSERT INTO models (endpoint_id, name, is_default) VALUES ($1, $2, $3)', [
        id,
        model,
        index === 0,
      ]);
  });
  return id;
}
