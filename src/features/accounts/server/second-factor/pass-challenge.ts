/** The second half of a sign-in: a code, and then a session. */
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { refused, refusedForNow } from '../auth-answers.ts';
import type { AuthCall } from '../auth-route.ts';
import { bringGuestAlong } from '../bring-guest-along.ts';
import { principalsChanged } from '../change-principals.ts';
import { openSession, toCookie, toSessionCookie } from '../open-session.ts';
import { say } from '../say.ts';
import { CHALLENGE_COOKIE, countTry, endChallenge, findChallenged, lockChallenge } from './challenges.ts';
import { describeUser } from './describe-user.ts';
import { countGuess, forgiveGuesses } from './limit-guesses.ts';
import { reftakeProof } from './refuse-proof.ts';
import { type Proof, takeProof, type Verdict } from './second-factor.ts';

const over = () => refused(401, 'INVALID_TWO_FACTOR_COOKIE', say('second_factor_over'));

/** Opens a session for who has given their password and now a right code. `token`: what their browser holds. */
export async function passChallenge(call: AuthCall, token: string, proof: Proof): Promise<Response> {
  const { services, request } = call;
  const userId = await findChallenged(services, token);
  if (!userId) return over();
  const retryAt = await countGuess(services, proof.kind, userId);
  if (retryAt) return refusedForNow(retryAt);
  if (!(await countTry(services, token))) return over();
  const found = await open(call, token, userId, proof);
  if (found === 'over') return over();
  if (found === 'disabled') return refused(401, 'ACCOUNT_DISABLED', say('account_disabled'));
  if ('verdict' in found) return reftakeProof(proof.kind, found.verdict);
  await forgiveGuesses(services, proof.kind, userId);
  const mergedGuestId = await bringGuestAlong(services, request, userId);
  principalsChanged(services);
  const user = await describeUser(services, userId);
  return Response.json(
    { token: found.session, user, ...(mergedGuestId && { mergedGuestId }) },
    {
      headers: [toSessionCookie(found.session, services.secrets.signingKey), toCookie(CHALLENGE_COOKIE, '')],
    },
  );
}

type Opened = { session: string } | { verdict: Exclude<Verdict, 'right'> } | 'over' | 'disabled';

/** All of it or nothing: a code that is right is used up by the session it opens, and by nothing else. */
function open({ services, request }: AuthCall, token: string, userId: string, proof: Proof): Promise<Opened> {
  return inTransaction(services.db, async (client): Promise<Opened> => {
    if (!(await lockChallenge(client, token))) return 'over';
    if (await isDisabled(client, userId)) return 'disabled';
    const verdict = await takeProof(client, services, userId, proof);
    if (verdict === null) return 'over';
    if (verdict !== 'right') return { verdict };
    await endChallenge(client, token);
    return { session: await openSession(client, request, userId) };
  });
}

async function isDisabled(client: Tx, userId: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM users WHERE id = $1 AND disabled_at IS NULL', [
    userId,
  ]);
  return rowCount === 0;
}
