/** Who may make an account: the first one, which becomes the admin, and all others. */
import type { Config } from '#config';
import type { Queryable } from '#platform/database/database.ts';
import type { Sentence } from '#platform/sentences.ts';
import { say } from './say.ts';
import { isSetUpCode } from './set-up-code.ts';

/** What a sign-up comes with besides the account. */
export type Credentials = {
  /** `setupCode` of the body, whatever was sent. */
  setupCode: unknown;
  /** Made on this machine, by its own people. */
  isLocal: boolean;
};

/** Let in, as the first admin or as a member, or refused in better-auth's shape. */
export type Admission = { asAdmin: boolean } | { refused: { code: string; sentence: Sentence } };

type Rules = Pick<Config, 'signUp'>;

/** Decides without waiting for anybody; what counts is `admitForGood`. */
export const admit = (db: Queryable, rules: Rules, credentials: Credentials): Promise<Admission> =>
  decide(db, '', rules, credentials);

/**
 * Decides in the transaction that makes the account. While there is no admin one caller at a time gets here, and the next one
 * finds what it has decided: exactly one becomes admin, and a code opens once.
 */
export const admitForGood = (client: Queryable, rules: Rules, credentials: Credentials): Promise<Admission> =>
  decide(client, 'FOR UPDATE', rules, credentials);

async function decide(
  db: Queryable,
  lock: '' | 'FOR UPDATE',
  { signUp }: Rules,
  { setupCode, isLocal }: Credentials,
): Promise<Admission> {
  const { rows } = await db.query<{ setup_code: string | null }>(
    `SELECT setup_code FROM instance WHERE first_admin_id IS NULL ${lock}`,
  );
  const instance = rows[0];
  if (!instance) return signUp === 'open' ? { asAdmin: false } : refusal(CLOSED[signUp]);
  if (isLocal) return { asAdmin: true };
  if (typeof setupCode !== 'string' || setupCode.trim() === '') return refusal('setup_code_needed');
  const isRight = instance.setup_code !== null && isSetUpCode(setupCode, instance.setup_code);
  return isRight ? { asAdmin: true } : refusal('setup_code_wrong');
}

const CLOSED = { invite: 'invitation_needed', off: 'sign_up_off' } as const;

const refusal = (reason: Parameters<typeof say>[0]): Admission => ({
  refused: { code: reason.toUpperCase(), sentence: say(reason) },
});
