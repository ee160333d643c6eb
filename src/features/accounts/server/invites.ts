/** Invitations to make an account. The token of a link is all one needs, so only its hash is kept. */
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction, type Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError, invalidInput, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import { hashOfToken, newToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';
import type { AccountInvite, MadeAccountInvite, NewAccountInvite } from '../invites.ts';
import type { Manner } from './mail/mail-about.ts';
import { sendLater } from './mail/mail-job.ts';
import { say } from './say.ts';

/** Where nothing is said: for one person, and for a week, because a link may lie about. */
const DAYS = 7;
const USES = 1;

type Row = {
  id: string;
  email: string | null;
  role: 'admin' | 'member';
  expiresAt: Date | null;
  maxUses: number | null;
  uses: number;
  createdAt: Date;
  hasAccount: boolean;
};

const COLUMNS = `i.id, i.email, i.role, i.expires_at, i.max_uses, i.uses, i.created_at,
  EXISTS (SELECT FROM users u WHERE u.email = i.email) AS has_account`;
/** SQL: that an invitation can still be used. */
const IS_GOOD = `(expires_at IS NULL OR expires_at > now()) AND (max_uses IS NULL OR uses < max_uses)`;

/**
 * Makes an invitation; the answer, and the mail where it names an address and mails are sent, are the only places that ever have
 * its link. 409 where nobody may make an account.
 */
export async function createAccountInvite(
  services: Services,
  asker: Principal,
  { email, role = 'member', expiresAt, maxUses }: NewAccountInvite,
  manner: Manner,
): Promise<MadeAccountInvite> {
  if (services.config.signUp === 'off') throw new AppError('conflict', say('sign_up_off_for_invites'));
  if (expiresAt && Date.parse(expiresAt) <= Date.now())
    throw invalidInput('expiresAt', say('expiry_is_past', { field: 'expiresAt' }));
  const token = newToken();
  const id = newId();
  const address = email?.toLowerCase() ?? null;
  const ends = expiresAt === undefined ? new Date(Date.now() + DAYS * 86_400_000) : expiresAt;
  // An address has one account, so an invitation for it is used once.
  const uses = address ? USES : maxUses === undefined ? USES : maxUses;
  const row = await inTransaction(services.db, async (tx) => {
    const { rows } = await tx.query(
      `INSERT INTO invites AS i (id, hash, email, role, expires_at, max_uses) VALUES ($1, $2, $3, $4, $5, $6)
       RETURNING ${COLUMNS}`,
      [id, hashOfToken(token), address, role, ends, uses],
    );
    const made = camelRow<Row>(rows[0]!);
    const detail = { role, expiresAt: made.expiresAt, maxUses: uses };
    await recordAct(tx, asker, 'invite.create', { kind: 'invite', id, name: address }, detail);
    if (address) {
      const mail = { about: 'invite', inviteId: id, sealed: services.secrets.encrypt(token, id) } as const;
      await sendLater(services, tx, mail, manner);
    }
    return made;
  });
  return {
    ...present(row),
    url: `${manner.base}/sign-up?invite=${token}`,
    mailed: address !== null && services.config.mail !== undefined,
  };
}

/** A page of the invitations that can still be used, newest first. */
export async function listAccountInvites(
  { db }: Services,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: AccountInvite[]; nextCursor: string | null }> {
  const { rows } = await db.$client.query(
    `SELECT ${COLUMNS} FROM invites i WHERE ${IS_GOOD} AND ($1::uuid IS NULL OR i.id < $1)
     ORDER BY i.id DESC LIMIT $2`,
    [cursor ?? null, limit + 1],
  );
  const items = rows.slice(0, limit).map((row) => present(camelRow<Row>(row)));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

/** Withdraws an invitation; who has made an account by it keeps it. */
export async function revokeAccountInvite(services: Services, asker: Principal, id: string): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const { rows } = await tx.query<{ email: string | null }>(
      'DELETE FROM invites WHERE id = $1 RETURNING email',
      [id],
    );
    if (!rows[0]) throw notFound(say('no_such_invitation'));
    await recordAct(tx, asker, 'invite.revoke', { kind: 'invite', id, name: rows[0].email });
  });
}

/** An invitation as whoever holds its link may see it; null when it is unknown, withdrawn, too old or used up. */
export async function findInvite(db: Queryable, token: string): Promise<Pick<Row, 'email' | 'role'> | null> {
  const { rows } = await db.query<Pick<Row, 'email' | 'role'>>(
    `SELECT email, role FROM invites WHERE hash = $1 AND ${IS_GOOD}`,
    [hashOfToken(token)],
  );
  return rows[0] ?? null;
}

/**
 * Uses an invitation once, in the transaction that makes the account. One statement: of two who come at once by a link for one, the
 * second waits for the first and then finds it used up.
 */
export async function useInvite(tx: Queryable, token: string): Promise<Pick<Row, 'email' | 'role'> | null> {
  const { rows } = await tx.query<Pick<Row, 'email' | 'role'>>(
    `UPDATE invites SET uses = uses + 1 WHERE hash = $1 AND ${IS_GOOD} RETURNING email, role`,
    [hashOfToken(token)],
  );
  return rows[0] ?? null;
}

const present = (row: Row): AccountInvite => ({
  ...row,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
