/** Passwords, sessions and their cookie: better-auth on our own tables. */
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { anonymous } from 'better-auth/plugins/anonymous';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { convertGuests } from './convert-guest.ts';
import { SESSION_SECONDS } from './session-lifetime.ts';
import { accounts, sessions, users, verifications } from './tables.ts';

/** Where better-auth's routes are mounted. */
export const AUTH_PATH = '/api/auth';
/** Not better-auth's own name: cookies of one host are shared by all programs on its ports. */
export const SESSION_COOKIE = 'parley.session_token';
/** Guests need an address no person can have; `.invalid` is reserved for that (RFC 2606). */
export const GUEST_EMAIL_DOMAIN = 'guests.invalid';

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth, told to leave limits, origins and addresses to us: those rules hold for all our routes alike. It
 * knows nothing of roles, limits and `disabled_at`, so no request to it can set them.
 */
export function createAuth({ config, db, log, secrets }: Services) {
  const adapter = drizzleAdapter(db as never, {
    provider: 'pg',
    schema: { user: users, session: sessions, account: accounts, verification: verifications },
    transaction: true,
  });
  const options = {
    appName: 'Parley',
    secret: secrets.signingKey,
    baseURL: config.baseUrl ? new URL(config.baseUrl).origin : 'http://localhost',
    basePath: AUTH_PATH,
    database: (given: BetterAuthOptions) => convertGuests(adapter(given)),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 3600, freshAge: 0 },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message, ...rest) =>
        log.error({ err: rest.find((part) => part instanceof Error) }, message),
    },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: false,
      disableCSRFCheck: true,
      disableOriginCheck: true,
      cookies: { session_token: { name: SESSION_COOKIE, attributes: { path: config.basePath || '/' } } },
    },
    plugins: [
      anonymous({
        generateRandomEmail: () => `guest-${newId()}@${GUEST_EMAIL_DOMAIN}`,
        generateName: () => 'Guest',
        disableDeleteAnonymousUser: true,
      }),
    ],
  } satisfies BetterAuthOptions;
  return betterAuth(options);
}
