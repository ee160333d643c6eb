/** What an admin may change of a generation that waits: its class, and its place. */
import { recordAct } from '#features/audit/server/index.ts';
import { wakeEndpoint } from '#features/endpoints/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { PriorityClass } from '../../generations.ts';
import { classNumber } from '../present-generation.ts';
import { say } from '../say.ts';

/** The lowest number the column holds. */
const CLASS_LEAST = -32_768;

/** Moves it to another class; in it, it stands where it would had it been sent so. 404, and 409 once it runs or has ended. */
export const setClass = (
  services: Services,
  asker: Principal,
  generationId: string,
  name: PriorityClass,
): Promise<void> =>
  change(services, generationId, String(classNumber(name)), (tx) =>
    recordAct(tx, asker, 'generation.class', { kind: 'generation', id: generationId }, { class: name }),
  );

/**
 * Makes it the next to start at its endpoint, before everybody of every class; what is moved later goes before what
 * was moved earlier. 404, and 409 once it runs or has ended.
 */
export const moveToFront = (services: Services, asker: Principal, generationId: string): Promise<void> =>
  change(
    services,
    generationId,
    `greatest(${CLASS_LEAST}, least(0, (SELECT min(o.class) FROM generations o
       WHERE o.endpoint_id = g.endpoint_id AND o.state = 'queued' AND o.id <> g.id)) - 1)`,
    (tx) => recordAct(tx, asker, 'generation.move_to_front', { kind: 'generation', id: generationId }),
  );

async function change(
  services: Services,
  generationId: string,
  newClass: string,
  record: (tx: Tx) => Promise<void>,
): Promise<void> {
  const endpointId = await inTransaction(services.db, async (client) => {
    // Two admins at once: the second sees what the first one moved, and no claim takes what is being moved.
    const { rows } = await client.query<{ endpointId: string | null }>(
      `SELECT g.endpoint_id AS "endpointId" FROM generations g LEFT JOIN endpoints e ON e.id = g.endpoint_id
       WHERE g.id = $1`,
      [generationId],
    );
    if (!rows[0]) throw notFound(say('no_such_generation'));
    await client.query('SELECT FROM endpoints WHERE id = $1 FOR NO KEY UPDATE', [rows[0].endpointId]);
    const { rowCount } = await client.query(
      `UPDATE generations g SET class = ${newClass} WHERE id = $1 AND state = 'queued'`,
      [generationId],
    );
    if (!rowCount) throw new AppError('conflict', say('not_in_line'));
    await record(client);
    return rows[0].endpointId;
  });
  if (endpointId) await wakeEndpoint(services, endpointId);
}
