/** Whose rows of the ledger somebody may read: their own, and for admins everybody's. The one place that decides. */
import { AppError, invalidInput } from '#platform/errors.ts';
import { requireScope } from '#platform/http/guard.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from './say.ts';

/** Whose rows are meant: the asker's, or everybody's. */
export type Scope = { userId: string; all: boolean };

/** The scope of a request; 403 when somebody who is no admin asks for everybody's. */
export function scopeOf(
  principal: Principal,
  filter: { all: 'true' | 'false'; userId?: string | undefined; user?: string | undefined },
): Scope {
  const { userId, role } = principal;
  if (filter.all !== 'true') {
    if (filter.userId !== undefined || filter.user !== undefined)
      throw onlyWithAll(filter.user === undefined ? 'userId' : 'user');
    return { userId, all: false };
  }
  requireScope(principal, 'admin');
  if (role !== 'admin') throw new AppError('forbidden', say('all_is_for_admins'));
  return { userId, all: true };
}

const onlyWithAll = (field: string) => invalidInput(field, say('only_with_all', { field }));

/** SQL: the generations `g`, or what was summed up of them, of the user that the parameter names. */
export const ownedBy = (user: string, g = 'g'): string => `${g}.user_id = ${user}`;
