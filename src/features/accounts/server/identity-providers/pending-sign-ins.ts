/** Sign-ins that are under way at a provider: each belongs to the browser it began in, and comes back once. */
import { hashOfToken, newToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';

/** Binds a sign-in to its browser. One at a time: the last one that was begun counts. */
export const BROWSER_COOKIE = 'parley.provider';
/** Time to sign in over there. */
export const PENDING_SECONDS = 600;

/** What we have to know when the browser comes back. */
export type Pending = {
  providerId: string;
  /** Comes back inside the ID token. */
  nonce: string;
  /** Of PKCE (RFC 7636): proves to the provider that who redeems the code has asked for it. */
  verifier: string;
  redirectUri: string;
  callbackPath: string;
  errorPath: string;
  /** Of the invitation that it began with, for an account that has to be made. */
  invite?: string;
};

type Given = Pick<Services, 'db' | 'secrets'>;

/** Keeps a sign-in; `state` goes to the provider and comes back, `browser` is the cookie's. */
export async function keepPending(
  { db, secrets }: Given,
  pending: Pending,
): Promise<{ state: string; browser: string }> {
  const [state, browser] = [newToken(), newToken()];
  const hash = hashOfToken(state);
  await db.$client.query(
    `WITH gone AS (DELETE FROM provider_sign_ins WHERE expires_at < now())
     INSERT INTO provider_sign_ins (state_hash, browser_hash, sealed, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(secs => ${PENDING_SECONDS}))`,
    [hash, hashOfToken(browser), secrets.encrypt(JSON.stringify(pending), `provider_sign_ins ${hash}`)],
  );
  return { state, browser };
}

/** Takes a sign-in out, once; null for one that is over, or of another browser, whose own is left in peace. */
export async function takePending(
  { db, secrets }: Given,
  state: string,
  browser: string,
): Promise<Pending | null> {
  const hash = hashOfToken(state);
  const { rows } = await db.$client.query<{ sealed: string }>(
    `DELETE FROM provider_sign_ins WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > now()
     RETURNING sealed`,
    [hash, hashOfToken(browser)],
  );
  return rows[0] ? JSON.parse(secrets.decrypt(rows[0].sealed, `provider_sign_ins ${hash}`)) : null;
}
