/** What somebody gives besides their password: codes of an authenticator, or one of their recovery codes. */
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { SecondFactor } from '../../accounts.ts';
import { OWN } from '../access.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { keyAddress, matchingStep, newSecret } from './totp.ts';

type Given = Pick<Services, 'db' | 'secrets'>;
type Row = { secret: string; recovery_hashes: string[]; last_step: number };

/** What was given: the code of an authenticator, or a recovery code. */
export type Proof = { kind: 'totp' | 'recovery'; code: string };
/** Whether it opens; `used`: it did already. */
export type Verdict = 'right' | 'wrong' | 'used';

/** Moved to the row of somebody else a secret cannot be opened. */
const ownerOf = (userId: string): string => `two_factors ${userId}`;

/** Makes a secret and recovery codes, which count once a code confirms them. Null when there is a second factor already. */
export function beginSecondFactor(
  { db, secrets }: Given,
  user: { id: string; email: string },
): Promise<{ address: string; recoveryCodes: string[] } | null> {
  const secret = newSecret();
  const recoveryCodes = newRecoveryCodes();
  return inTransaction(db, async (client) => {
    if (await lockAndLook(client, user.id)) return null;
    await client.query(
      `INSERT INTO two_factors (user_id, secret, recovery_hashes) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET
         secret = excluded.secret, recovery_hashes = excluded.recovery_hashes, last_step = 0`,
      [
        user.id,
        secrets.encrypt(secret.toString('base64'), ownerOf(user.id)),
        hashesOf(secrets, user.id, recoveryCodes),
      ],
    );
    return { address: keyAddress(secret, user.email), recoveryCodes };
  });
}

/** Turns a begun second factor on, when the code is right. Null when none was begun, or it is on already. */
export function confirmSecondFactor(given: Given, userId: string, code: string): Promise<Verdict | null> {
  return inTransaction(given.db, async (client) => {
    if (await lockAndLook(client, userId)) return null;
    const verdict = await takeProof(client, given, userId, { kind: 'totp', code });
    if (verdict === 'right')
      await client.query('UPDATE users SET two_factor_enabled = true, updated_at = now() WHERE id = $1', [
        userId,
      ]);
    return verdict;
  });
}

/** Takes a code, in the transaction that does what it opens; of two that come at once the second finds it used. Null without a second factor. */
export async function takeProof(
  client: Tx,
  { secrets }: Pick<Given, 'secrets'>,
  userId: string,
  { kind, code }: Proof,
): Promise<Verdict | null> {
  const { rows } = await client.query<Row>(`SELECT * FROM two_factors WHERE ${OWN} FOR UPDATE`, [userId]);
  const row = rows[0];
  if (!row) return null;
  if (kind === 'recovery') {
    const hash = hashOfRecoveryCode(secrets.signingKey, userId, code);
    if (!row.recovery_hashes.includes(hash)) return 'wrong';
    await client.query(
      `UPDATE two_factors SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE ${OWN}`,
      [userId, hash],
    );
    return 'right';
  }
  const secret = Buffer.from(secrets.decrypt(row.secret, ownerOf(userId)), 'base64');
  const step = matchingStep(secret, code.replace(/\s/g, ''), Date.now());
  if (step === null) return 'wrong';
  if (step <= row.last_step) return 'used';
  await client.query(`UPDATE two_factors SET last_step = $2 WHERE ${OWN}`, [userId, step]);
  return 'right';
}

/** Replaces the recovery codes. Null when there is no second factor. */
export function renewRecoveryCodes({ db, secrets }: Given, userId: string): Promise<string[] | null> {
  const codes = newRecoveryCodes();
  return inTransaction(db, async (client) => {
    if (!(await lockAndLook(client, userId))) return null;
    await client.query(`UPDATE two_factors SET recovery_hashes = $2 WHERE ${OWN}`, [
      userId,
      hashesOf(secrets, userId, codes),
    ]);
    return codes;
  });
}

/** Removes somebody's second factor, and what waits for it; `by` is an admin who does it for them. False when they had none. */
export function removeSecondFactor(
  { db }: Pick<Given, 'db'>,
  userId: string,
  by?: Principal,
): Promise<boolean> {
  return inTransaction(db, async (client) => {
    const wasOn = await lockAndLook(client, userId);
    if (wasOn && by) {
      const { rows } = await client.query<{ name: string }>('SELECT name FROM users WHERE id = $1', [userId]);
      const target = { kind: 'user', id: userId, name: rows[0]!.name } as const;
      await recordAct(client, by, 'user.remove_second_factor', target);
    }
    await client.query('UPDATE users SET two_factor_enabled = false, updated_at = now() WHERE id = $1', [
      userId,
    ]);
    await client.query(`DELETE FROM two_factors WHERE ${OWN}`, [userId]);
    await client.query(`DELETE FROM sign_in_challenges WHERE ${OWN}`, [userId]);
    return wasOn;
  });
}

/** What somebody is told of their own. */
export async function readSecondFactor({ db }: Pick<Given, 'db'>, userId: string): Promise<SecondFactor> {
  const { rows } = await db.$client.query<SecondFactor>(
    `SELECT u.two_factor_enabled AS enabled,
            CASE WHEN u.two_factor_enabled THEN coalesce(cardinality(f.recovery_hashes), 0) ELSE 0 END AS "recoveryCodesLeft",
            EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id AND a.password IS NOT NULL) AS "hasPassword"
     FROM users u LEFT JOIN two_factors f ON f.user_id = u.id WHERE u.id = $1`,
    [userId],
  );
  return rows[0] ?? { enabled: false, recoveryCodesLeft: 0, hasPassword: false };
}

const hashesOf = ({ signingKey }: Given['secrets'], userId: string, codes: string[]): string[] =>
  codes.map((code) => hashOfRecoveryCode(signingKey, userId, code));

/** Whether there is one, and nobody changes that before the transaction ends. */
async function lockAndLook(client: Tx, userId: string): Promise<boolean> {
  const { rows } = await client.query<{ two_factor_enabled: boolean }>(
    'SELECT two_factor_enabled FROM users WHERE id = $1 FOR NO KEY UPDATE',
    [userId],
  );
  return rows[0]?.two_factor_enabled ?? false;
}
