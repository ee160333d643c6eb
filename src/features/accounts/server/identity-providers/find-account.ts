/** Whose account somebody is who comes from a provider: the one they came to before, the one with their address, or a new one. */

import { isAPIError } from 'better-auth/api';
import type { FastifyRequest } from 'fastify';
import { isUniqueViolation } from '#platform/database/database.ts';
import { isLocalRequest } from '#platform/http/local-request.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import type { Auth } from '../auth.ts';
import { guestOf } from '../bring-guest-along.ts';
import { signingUp } from '../sign-up-transaction.ts';
import type { Identity } from './read-claims.ts';
import { SignInRefusal, toProviderRefusal } from './sign-in-refusal.ts';

type Given = {
  services: Services;
  auth: Auth;
  request: FastifyRequest;
  /** The invitation that the sign-in began with. It is used up only by an account that is made. */
  invite: string | undefined;
};
type Found = { id: string; isDisabled: boolean; hasSecondFactor: boolean };

/** Finds it, links it or makes it. Refuses in words; what two windows do at once ends in one account. */
export async function findAccount(given: Given, providerId: string, who: Identity): Promise<Found> {
  for (let attempt = 1; ; attempt++) {
    const found = await findLinked(given.services, providerId, who);
    if (found) return found;
    try {
      if (await isTaken(given.services, who.email)) await link(given.services, providerId, who);
      else await make(given, providerId, who);
    } catch (error) {
      // Another window was faster: theirs is found now.
      if (attempt === 3 || !isUniqueViolation(error)) throw error;
    }
  }
}

async function findLinked(
  { db }: Services,
  providerId: string,
  { accountId, email, emailVerified }: Identity,
): Promise<Found | undefined> {
  const { rows } = await db.$client.query<Found>(
    `UPDATE users u SET email_verified = u.email_verified OR (u.email = $3 AND $4)
     FROM accounts a WHERE a.provider_id = $1 AND a.account_id = $2 AND u.id = a.user_id
     RETURNING u.id, u.disabled_at IS NOT NULL AS "isDisabled", u.two_factor_enabled AS "hasSecondFactor"`,
    [providerId, accountId, email, emailVerified],
  );
  return rows[0];
}

async function isTaken({ db }: Services, email: string): Promise<boolean> {
  const { rowCount } = await db.$client.query('SELECT FROM users WHERE email = $1', [email]);
  return rowCount === 1;
}

/**
 * By an address that is verified on both sides, and by nothing else: over there, because anybody can say that they have an admin's
 * address; here, because who signed up with somebody else's would else be in their account with a password.
 */
async function link({ db }: Services, providerId: string, who: Identity): Promise<void> {
  const linked = await db.$client.query(
    `INSERT INTO accounts (id, user_id, provider_id, account_id)
     SELECT $1, id, $2, $3 FROM users WHERE email = $4 AND email_verified AND NOT is_anonymous AND $5`,
    [newId(), providerId, who.accountId, who.email, who.emailVerified],
  );
  if (!linked.rowCount)
    throw new SignInRefusal('account_not_linked', 'the address of an account, not verified on both sides');
}

/** By the rules of signing up; a guest becomes it. Nothing of the provider's tokens is kept. */
async function make(
  { services, auth, request, invite }: Given,
  providerId: string,
  who: Identity,
): Promise<void> {
  const { internalAdapter } = await auth.$context;
  const { accountId, email, emailVerified, name } = who;
  const asked = {
    guestId: await guestOf(request),
    credentials: {
      setupCode: undefined,
      invite,
      email,
      isLocal: isLocalRequest(request),
    },
  };
  try {
    await signingUp(asked, () =>
      internalAdapter.createOAuthUser({ email, emailVerified, name }, { providerId, accountId }),
    );
  } catch (error) {
    if (!isAPIError(error)) throw error;
    services.log.info({ provider: providerId }, 'an account that a provider vouches for was not made');
    throw new SignInRefusal(toProviderRefusal(String(error.body?.reason)), error.message);
  }
}
