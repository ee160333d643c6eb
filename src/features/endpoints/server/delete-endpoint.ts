import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';
import { say } from './say.ts';

/** Removes an endpoint and its models; the ledger keeps its rows. Refused while something runs or waits there. */
export async function deleteEndpoint(
  services: Services,
  asker: Principal,
  endpointId: string,
): Promise<void> {
  await inTransaction(services.db, async (client) => {
    // Locked first: a generation that is being queued holds the row by its foreign key, so none can slip in after the count.
    const found = await client.query<{ name: string }>(
      'SELECT name FROM endpoints WHERE id = $1 FOR UPDATE',
      [endpointId],
    );
    if (!found.rows[0]) throw notFound(say('no_such_endpoint'));
    const { rows } = await client.query<{ live: number }>(
      `SELECT count(*) AS live FROM generations WHERE endpoint_id = $1 AND state IN ('queued', 'running')`,
      [endpointId],
    );
    const live = rows[0]?.live ?? 0;
    if (live > 0) throw new AppError('conflict', say('endpoint_busy', { count: Number(live) }));
    await client.query('DELETE FROM endpoints WHERE id = $1', [endpointId]);
    const target = { kind: 'endpoint', id: endpointId, name: found.rows[0].name } as const;
    await recordAct(client, asker, 'endpoint.delete', target);
  });
  tellEndpointChanged(services, endpointId);
}
