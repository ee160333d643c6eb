/** The set-up code: whoever has it makes the first account, which becomes the admin. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Services } from '#platform/services.ts';

/** 32 letters and digits that cannot be taken for one another, so that a byte's last five bits choose one without bias. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
/** 120 bits: beyond guessing, even where attempts are not limited. */
const LENGTH = 24;

/**
 * The code of an instance without an admin, null once there is one. It lies in the database, so that all web processes have the
 * same, and is gone with the first admin.
 */
export async function setUpCode({ db }: Pick<Services, 'db'>): Promise<string | null> {
  const made = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const { rows } = await db.$client.query<{ setup_code: string }>(
    `UPDATE instance SET setup_code = coalesce(setup_code, $1) WHERE first_admin_id IS NULL RETURNING setup_code`,
    [made],
  );
  return rows[0]?.setup_code ?? null;
}

/** Compares in constant time, by hashes, which have one length. Blanks around it and capitals do no harm. */
export const isSetUpCode = (given: string, code: string): boolean =>
  timingSafeEqual(digest(given.trim().toLowerCase()), digest(code));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
