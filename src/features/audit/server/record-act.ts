/** Writing the audit log: in the transaction of the act, so that there is no act without its line and no line without its act. */
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Action, TargetKind } from '../rules.ts';

/** What an act was about, with its name as it is now. */
export type Target = { kind: TargetKind; id?: string | null; name?: string | null };

/** Writes that `asker` did something. `detail` holds no secret: what is one is named and not shown. */
export async function recordAct(
  tx: Queryable,
  { userId }: Pick<Principal, 'userId'>,
  action: Action,
  { kind, id = null, name = null }: Target,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await tx.query(
    `INSERT INTO audit (id, actor_id, actor_name, action, target_kind, target_id, target_name, detail)
     SELECT $1, $2::uuid, coalesce((SELECT name FROM users WHERE id = $2), ''), $3, $4, $5, $6, $7`,
    [newId(), userId, action, kind, id, name, JSON.stringify(detail)],
  );
}
