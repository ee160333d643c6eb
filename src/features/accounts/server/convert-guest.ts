/** Signing up as a guest: the guest's own row becomes the account, so everything that is theirs stays theirs. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DBAdapter, DBTransactionAdapter } from 'better-auth';

const guestSigningUp = new AsyncLocalStorage<string>();

/** Runs `signUp`; the user that better-auth makes meanwhile is this guest, converted. */
export const signingUpAs = <T>(guestId: string, signUp: () => Promise<T>): Promise<T> =>
  guestSigningUp.run(guestId, signUp);

/**
 * Wraps better-auth's adapter so that "create the user" inside `signingUpAs` updates the guest's row, in the same
 * transaction as the password. The guest's sessions end: whoever planted a guest cookie must not get into the account.
 */
export function convertGuests(adapter: DBAdapter): DBAdapter {
  return {
    ...withConversion(adapter),
    transaction: (work) => adapter.transaction((inner) => work(withConversion(inner))),
  };
}

function withConversion<A extends DBTransactionAdapter>(adapter: A): A {
  const create: DBTransactionAdapter['create'] = async (args) => {
    const guestId = args.model === 'user' ? guestSigningUp.getStore() : undefined;
    if (guestId) {
      const { name, email } = args.data as { name?: string; email?: string };
      const converted = await adapter.update({
        model: 'user',
        where: [
          { field: 'id', value: guestId },
          { field: 'isAnonymous', value: true },
        ],
        update: { name, email, isAnonymous: false, updatedAt: new Date() },
      });
      if (converted) {
        await adapter.deleteMany({ model: 'session', where: [{ field: 'userId', value: guestId }] });
        return converted as never;
      }
    }
    return adapter.create(args);
  };
  return { ...adapter, create };
}
