import { type Sentence, toDetail } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import type { Health } from '../endpoints.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';

/** Notes how an endpoint is; `since` moves only when the status does. `problem`: what is wrong there, null while all is well. */
export async function setHealth(
  services: Services,
  endpointId: string,
  status: Health['status'],
  problem: Sentence | null,
): Promise<void> {
  const { rowCount } = await services.db.$client.query(
    `UPDATE endpoints SET health = $2, health_problem = $3,
            health_since = CASE WHEN health = $2 AND health_since IS NOT NULL THEN health_since ELSE now() END
      WHERE id = $1 AND (health, health_problem) IS DISTINCT FROM ($2, $3::jsonb)`,
    [endpointId, status, problem && JSON.stringify(toDetail(problem))],
  );
  if (rowCount) tellEndpointChanged(services, endpointId);
}
