/** Sign-ins whose first half is done: what the browser holds until a second factor is given opens nothing else. */
import type { Tx } from '#platform/database/database.ts';
import { hashOfToken, newToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';

/** What the cookie is called; better-auth's word for it. */
export const CHALLENGE_COOKIE = 'parley.two_factor';
/** Time to find the phone. */
export const CHALLENGE_SECONDS = 600;
/** Then the password is asked for again. It holds where limits are off, too. */
const MAX_TRIES = 5;

/** Begins to wait for somebody's second factor; the answer is what their browser gets. */
export async function makeChallenge({ db }: Pick<Services, 'db'>, userId: string): Promise<string> {
  const token = newToken();
  await db.$client.query(
    `WITH gone AS (DELETE FROM sign_in_challenges WHERE expires_at < now())
     INSERT INTO sign_in_challenges (hash, user_id, expires_at)
     VALUES ($1, $2, now() + make_interval(secs => ${CHALLENGE_SECONDS}))`,
    [hashOfToken(token), userId],
  );
  return token;
}

/** Whose second factor is waited for; null when that is over. */
export async function findChallenged({ db }: Pick<Services, 'db'>, token: string): Promise<string | null> {
  const { rows } = await db.$client.query<{ user_id: string }>(
    `SELECT user_id FROM sign_in_challenges WHERE hash = $1 AND expires_at > now() AND tries < ${MAX_TRIES}`,
    [hashOfToken(token)],
  );
  return rows[0]?.user_id ?? null;
}

/** Counts one try, before it is looked at: of many at once no more than that many are. False when it was one too many. */
export async function countTry({ db }: Pick<Services, 'db'>, token: string): Promise<boolean> {
  const { rowCount } = await db.$client.query(
    `UPDATE sign_in_challenges SET tries = tries + 1
     WHERE hash = $1 AND expires_at > now() AND tries < ${MAX_TRIES}`,
    [hashOfToken(token)],
  );
  return rowCount === 1;
}

/** Of two requests with one challenge the second waits for the first. False when it has ended by then. */
export async function lockChallenge(client: Tx, token: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM sign_in_challenges WHERE hash = $1 AND expires_at > now() FOR UPDATE',
    [hashOfToken(token)],
  );
  return rowCount === 1;
}

/** Ends the waiting, in the transaction that opens the session. */
export async function endChallenge(client: Tx, token: string): Promise<void> {
  await client.query('DELETE FROM sign_in_challenges WHERE hash = $1', [hashOfToken(token)]);
}
