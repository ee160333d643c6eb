/** Who may make an account: the first one, which becomes the admin, and all others. */
import type { Config } from '#config';
import type { Queryable } from '#platform/database/database.ts';
import type { Sentence } from '#platform/sentences.ts';
import { findInvite, useInvite } from './invites.ts';
import { say } from './say.ts';
import { isSetUpCode } from './set-up-code.ts';

/** What a sign-up comes with besides the account. */
export type Credentials = {
  /** `setupCode` of the body, whatever was sent. */
  setupCode: unknown;
  /** `invite` of the body: the token of an invitation. */
  invite: unknown;
  /** The address of the account to be. */
  email: unknown;
  /** Made on this machine, by its own people. */
  isLocal: boolean;
};

/** Let in, as the first admin or as a member, or refused in better-auth's shape. */
export type Admission =
  | { asAdmin: boolean }
  | { refused: { code: string; sentence: Sentence; status: 'FORBIDDEN' | 'NOT_FOUND' } };

type Rules = Pick<Config, 'signUp'>;

/** Decides without waiting for anybody; what counts is `admitForGood`. */
export const admit = (db: Queryable, rules: Rules, credentials: Credentials): Promise<Admission> =>
  decide(db, '', rules, credentials, findInvite);

/**
 * Decides in the transaction that makes the account. While there is no admin one caller at a time gets here, and the next one
 * finds what it has decided: exactly one becomes admin, and a code opens once.
 */
export const admitForGood = (client: Queryable, rules: Rules, credentials: Credentials): Promise<Admission> =>
  decide(client, 'FOR UPDATE', rules, credentials, useInvite);

async function decide(
  db: Queryable,
  lock: '' | 'FOR UPDATE',
  { signUp }: Rules,
  { setupCode, isLocal, invite, email }: Credentials,
  take: typeof useInvite,
): Promise<Admission> {
  const { rows } = await db.query<{ setup_code: string | null }>(
    `SELECT setup_code FROM instance WHERE first_admin_id IS NULL ${lock}`,
  );
  const instance = rows[0];
  if (!instance) {
    if (signUp === 'off') return refusal('sign_up_off');
    if (typeof invite === 'string' && invite !== '') return invited(await take(db, invite), email);
    return signUp === 'open' ? { asAdmin: false } : refusal('invitation_needed');
  }
  if (isLocal) return { asAdmin: true };
  if (typeof setupCode !== 'string' || setupCode.trim() === '') return refusal('setup_code_needed');
  const isRight = instance.setup_code !== null && isSetUpCode(setupCode, instance.setup_code);
  return isRight ? { asAdmin: true } : refusal('setup_code_wrong');
}

/** An invitation for an address opens for that address alone: who found the link elsewhere has nothing of it. */
function invited(invite: Awaited<ReturnType<typeof useInvite>>, email: unknown): Admission {
  if (!invite) return refusal('invitation_not_good', 'NOT_FOUND');
  const isTheirs = typeof email === 'string' && email.trim().toLowerCase() === invite.email;
  if (invite.email !== null && !isTheirs) return refusal('invitation_of_another');
  return { asAdmin: invite.role === 'admin' };
}

const refusal = (
  reason: Parameters<typeof say>[0],
  status: 'FORBIDDEN' | 'NOT_FOUND' = 'FORBIDDEN',
): Admission => ({
  refused: { code: reason.toUpperCase(), sentence: say(reason), status },
});
