/** How many agents there may be: of a person, of a project, and of everybody's. */
import type { Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { LOCKS } from '#platform/signals.ts';
import type { AgentScope } from '../rules.ts';
import { say } from './say.ts';

/** More than anybody finds one in. */
const MAX_AGENTS = 200;

/** Refuses one more agent where there are as many as there may be: 409. Lines up who makes some in the same place. */
export async function assertRoomForAgent(
  tx: Tx,
  { userId }: Pick<Principal, 'userId'>,
  scope: AgentScope,
  projectId: string | null,
): Promise<void> {
  const ownerId = scope === 'personal' ? userId : null;
  await tx.query(`SELECT pg_advisory_xact_lock(${LOCKS.agents}, hashtext($1))`, [
    ownerId ?? projectId ?? scope,
  ]);
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*)::int FROM agents
     WHERE scope = $1 AND owner_id IS NOT DISTINCT FROM $2 AND project_id IS NOT DISTINCT FROM $3`,
    [scope, ownerId, projectId],
  );
  if (rows[0]!.count >= MAX_AGENTS)
    throw new AppError('conflict', say('too_many_agents', { max: MAX_AGENTS }));
}
