/** What an admin may do to an endpoint's line: pause it, drain it, and let it go on. */
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Endpoint } from '../endpoints.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';
import { presentEndpoint } from './present-endpoint.ts';
import { readEndpoint } from './read-endpoint.ts';
import { say } from './say.ts';
import { wakeEndpoint } from './wake.ts';

const CHANGES = {
  /** Accepts, starts nothing. */
  pause: 'paused_at = coalesce(paused_at, now())',
  /** Accepts nothing, finishes what waits. */
  drain: 'draining_at = coalesce(draining_at, now()), paused_at = NULL',
  /** Neither; and a circuit that is open is closed, because whoever says so has looked. */
  resume: 'paused_at = NULL, draining_at = NULL, failures = 0, retry_at = NULL',
} as const;

/** Does it at once, in every process; what runs goes on in any case. Idempotent. Throws `not_found`. */
export async function admit(
  services: Services,
  asker: Principal,
  endpointId: string,
  what: keyof typeof CHANGES,
): Promise<Endpoint> {
  await inTransaction(services.db, async (tx) => {
    const { rows } = await tx.query<{ name: string }>(
      `UPDATE endpoints SET ${CHANGES[what]}, updated_at = now() WHERE id = $1 RETURNING name`,
      [endpointId],
    );
    if (!rows[0]) throw notFound(say('no_such_endpoint'));
    const target = { kind: 'endpoint', id: endpointId, name: rows[0].name } as const;
    await recordAct(tx, asker, `endpoint.${what}`, target);
  });
  tellEndpointChanged(services, endpointId);
  await wakeEndpoint(services, endpointId);
  return presentEndpoint(await readEndpoint(services.db.$client, endpointId));
}
