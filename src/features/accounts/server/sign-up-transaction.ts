/**
 * What happens inside better-auth's transaction of a sign-up: whether it may be, the guest whose own row becomes the account, and
 * the first admin. All of it or nothing is there afterwards.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { APIError, type DBAdapter, type DBTransactionAdapter } from 'better-auth';
import { type Db, inTransaction, type Tx, typed } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { admitForGood, type Credentials } from './admit-sign-up.ts';
import { refusal } from './auth-answers.ts';
import { appointAdmin } from './first-admin.ts';
import { leaveAddress } from './guest-address.ts';

export type SignUp = {
  /** The guest who signs up; everything that is theirs stays theirs. */
  guestId: string | null;
  credentials: Credentials;
};

const current = new AsyncLocalStorage<SignUp>();

/** Runs a sign-up; the user that better-auth makes meanwhile is made as `signUp` says. */
export const signingUp = <T>(signUp: SignUp, run: () => Promise<T>): Promise<T> => current.run(signUp, run);

/** Whether a sign-up runs: its account is new, and its transaction holds a connection already. */
export const isSigningUp = (): boolean => current.getStore() !== undefined;

/** Wraps better-auth's adapter. `on` makes it for the pool, or for one transaction. */
export function adapterWithSignUp(
  { db, config }: Pick<Services, 'db' | 'config'>,
  on: (db: Db) => DBAdapter,
): DBAdapter {
  const adapter = on(db);
  return {
    ...adapter,
    create: (args) => {
      // It would be let in unchecked.
      if (args.model === 'user' && current.getStore()) throw new Error('A sign-up needs a transaction.');
      return adapter.create(args);
    },
    transaction: (work) =>
      inTransaction(db, (client) => {
        const inner = on(typed(client));
        return work({ ...inner, create: (args) => create(inner, client, config, args) as never });
      }),
  };
}

type CreateArgs = Parameters<DBTransactionAdapter['create']>[0];

async function create(
  adapter: DBTransactionAdapter,
  client: Tx,
  config: Services['config'],
  args: CreateArgs,
): Promise<unknown> {
  const signUp = args.model === 'user' ? current.getStore() : undefined;
  if (!signUp) return adapter.create(args);
  const admission = await admitForGood(client, config, signUp.credentials);
  if ('refused' in admission) throw new APIError(admission.refused.status, refusal(admission.refused));
  const user = ((signUp.guestId && (await convertGuest(adapter, signUp.guestId, args))) ||
    (await adapter.create(args))) as { id: string };
  if (signUp.guestId) await leaveAddress(client, signUp.guestId);
  if (admission.asAdmin) await appointAdmin(client, user.id);
  return user;
}

/** Makes the guest's row the account's. Their sessions end: whoever planted a guest cookie must not get into the account. */
async function convertGuest(
  adapter: DBTransactionAdapter,
  guestId: string,
  { data }: CreateArgs,
): Promise<unknown> {
  const { name, email, emailVerified } = data as { name?: string; email?: string; emailVerified?: boolean };
  const converted = await adapter.update({
    model: 'user',
    where: [
      { field: 'id', value: guestId },
      { field: 'isAnonymous', value: true },
    ],
    update: { name, email, emailVerified, isAnonymous: false, updatedAt: new Date() },
  });
  if (converted) await adapter.deleteMany({ model: 'session', where: [{ field: 'userId', value: guestId }] });
  return converted;
}
