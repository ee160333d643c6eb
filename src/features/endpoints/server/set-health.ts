import type { Services } from '#platform/services.ts';
import type { Health } from '../endpoints.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';

/** Notes how an endpoint is; `since` moves only when the status does. `detail` is a sentence for people, or empty. */
export async function setHealth(
  services: Services,
  endpointId: string,
  status: Health['status'],
  detail: string,
): Promise<void> {
  const { rowCount } = await services.db.$client.query(
    `UPDATE endpoints SET health = $2, health_detail = $3,
            health_since = CASE WHEN health = $2 AND health_since IS NOT NULL THEN health_since ELSE now() END
      WHERE id = $1 AND (health, health_detail) IS DISTINCT FROM ($2, $3)`,
    [endpointId, status, detail],
  );
  if (rowCount) tellEndpointChanged(services, endpointId);
}
