/** Who a mail goes to, and where its link leads; looked up when it is sent, because much may have changed since it was asked for. */
import type { Services } from '#platform/services.ts';
import { countAttempt } from '../count-attempts.ts';
import { makeLink } from '../links.ts';
import type { MailAbout } from './mail-about.ts';

/** Mails to one address in an hour, over which the rest is dropped: whoever asks need not be who reads them. */
const MAILS_AN_HOUR = 5;
const HOUR_SECONDS = 3600;
/** How long the link of a mail holds. */
const RESET_SECONDS = 3600;
const VERIFY_SECONDS = 24 * 3600;

export type Addressee = { email: string; path?: string };
type About<Kind> = Extract<MailAbout, { about: Kind }>;

/** SQL: somebody who can be written to: no guest, nobody who is shut out, and no account that has no mailbox. */
const REACHABLE = `NOT is_anonymous AND disabled_at IS NULL AND email NOT LIKE '%.invalid'`;

/** The address and the link of a mail; null when there is nobody, or not any more, who should get it. */
export function addressee(services: Services, mail: MailAbout): Promise<Addressee | null> {
  if (mail.about === 'reset') return toReset(services, mail);
  if (mail.about === 'verify') return toVerify(services, mail);
  if (mail.about === 'invite') return toInvite(services, mail);
  if (mail.about === 'test') return toThemselves(services, mail);
  return Promise.resolve({ email: mail.email });
}

async function toThemselves({ db }: Services, { userId }: About<'test'>): Promise<Addressee | null> {
  const { rows } = await db.$client.query<{ email: string }>(
    `SELECT email FROM users WHERE id = $1 AND ${REACHABLE}`,
    [userId],
  );
  return rows[0] ?? null;
}

async function toReset(services: Services, mail: About<'reset'>): Promise<Addressee | null> {
  const { $client } = services.db;
  const email = mail.email.toLowerCase();
  const { rows } = await $client.query<{ id: string }>(
    `SELECT id FROM users WHERE email = $1 AND ${REACHABLE}`,
    [email],
  );
  if (!rows[0] || (await isTooMany(services, email))) return null;
  const { token } = await makeLink($client, 'reset-password', rows[0].id, RESET_SECONDS);
  return { email, path: `/reset?token=${token}` };
}

/** Nobody is asked about an address that is proved already, or somebody else's. */
async function toVerify(services: Services, { userId, ...mail }: About<'verify'>): Promise<Addressee | null> {
  const { $client } = services.db;
  const email = mail.email.toLowerCase();
  const { rowCount } = await $client.query(
    `SELECT FROM users WHERE id = $1 AND ${REACHABLE} AND (email <> $2 OR NOT email_verified)
       AND NOT EXISTS (SELECT FROM users o WHERE o.email = $2 AND o.id <> $1)`,
    [userId, email],
  );
  if (!rowCount || (await isTooMany(services, email))) return null;
  const { token } = await makeLink(
    $client,
    'verify-email',
    JSON.stringify({ userId, email }),
    VERIFY_SECONDS,
  );
  return { email, path: `/verify?token=${token}` };
}

async function toInvite(
  services: Services,
  { inviteId, sealed }: About<'invite'>,
): Promise<Addressee | null> {
  const { rows } = await services.db.$client.query<{ email: string }>(
    'SELECT email FROM invites WHERE id = $1 AND email IS NOT NULL AND uses = 0',
    [inviteId],
  );
  if (!rows[0]) return null;
  return { email: rows[0].email, path: `/sign-up?invite=${services.secrets.decrypt(sealed, inviteId)}` };
}

async function isTooMany(services: Services, email: string): Promise<boolean> {
  const limit = { key: `mail:${email}`, max: MAILS_AN_HOUR, seconds: HOUR_SECONDS };
  return (await countAttempt(services, [limit])).retryAt !== null;
}
