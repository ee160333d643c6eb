/** Passwords, sessions and their cookie: better-auth on our own tables. */
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { anonymous } from 'better-auth/plugins/anonymous';
import type { Db } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { nameGuest, PASSWORD_MAX, PASSWORD_MIN } from '../rules.ts';
import { endResetLinks } from './links.ts';
import { refuseWithoutSecondFactor } from './second-factor/guard-sessions.ts';
import { SESSION_SECONDS } from './session-lifetime.ts';
import { adapterWithSignUp } from './sign-up-transaction.ts';
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
export function createAuth(services: Services) {
  const { config, log, secrets } = services;
  const adapterOn = (db: Db) =>
    drizzleAdapter(db as never, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: accounts, verification: verifications },
    });
  const options = {
    appName: 'Parley',
    secret: secrets.signingKey,
    baseURL: config.baseUrl ? new URL(config.baseUrl).origin : 'http://localhost',
    basePath: AUTH_PATH,
    database: (given: BetterAuthOptions) => adapterWithSignUp(services, (db) => adapterOn(db)(given)),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => endResetLinks(services.db.$client, user.id),
    },
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 3600, freshAge: 0 },
    // In its answers as its own plugin has it; nobody sets it from outside.
    user: { additionalFields: { twoFactorEnabled: { type: 'boolean', required: false, input: false } } },
    databaseHooks: { session: { create: { before: refuseWithoutSecondFactor(services) } } },
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
        generateName: () => nameGuest(),
        disableDeleteAnonymousUser: true,
      }),
    ],
  } satisfies BetterAuthOptions;
  return betterAuth(options);
}
