/** No session of somebody with a second factor is made by better-auth: whatever route of it asks, that is for us to do once the factor was given. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { APIError } from 'better-auth';
import type { Services } from '#platform/services.ts';
import { refusal } from '../auth-answers.ts';
import { say } from '../say.ts';
import { isSigningUp } from '../sign-up-transaction.ts';

type Run = {
  /** Who is signed in already, and may get another session in place of theirs. */
  alreadyIn: string | null;
  /** Whose second factor is missing. */
  missing: string | null;
};

const current = new AsyncLocalStorage<Run>();

/** Runs one of better-auth's routes, and tells whose second factor was missing for the session it wanted to make. */
export async function guardingSessions(
  alreadyIn: string | null,
  run: () => Promise<Response>,
): Promise<{ response: Response; missing: string | null }> {
  const state: Run = { alreadyIn, missing: null };
  const response = await current.run(state, run);
  return { response, missing: state.missing };
}

/** For better-auth's hook before a session is made: throws for who has a second factor and is not in yet. */
export const refuseWithoutSecondFactor =
  ({ db }: Pick<Services, 'db'>) =>
  async ({ userId }: { userId: string }): Promise<void> => {
    const state = current.getStore();
    // An account that is just being made has none; asking for a second connection there could wait for itself.
    if (state?.alreadyIn === userId || isSigningUp()) return;
    const { rowCount } = await db.$client.query('SELECT FROM users WHERE id = $1 AND two_factor_enabled', [
      userId,
    ]);
    if (!rowCount) return;
    if (state) state.missing = userId;
    throw new APIError(
      'FORBIDDEN',
      refusal({ code: 'TWO_FACTOR_NEEDED', sentence: say('second_factor_needed') }),
    );
  };
