/** The only reader of the environment. Every variable is validated here and documented in `.env.example`. */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FILES_ADDRESS, type FilesAddress, readFilesAddress } from './files-address.ts';
import { readSignInProviders, type SignInProvider } from './sign-in-providers.ts';

export type { FilesAddress, SignInProvider };

const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'], 'must be on or off')
    .default(fallback)
    .transform((value) => value === 'on');
const wholeNumber = (max: number, min: number) => {
  const words = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(words).int(words).min(min, words).max(max, words);
};
const count = (fallback: number, max: number, min = 0) => wholeNumber(max, min).default(fallback);
const HTTP = /^https?$/;

/** An address; one that is none is refused with an example of what is right. */
const address = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `must look like ${example}` }).optional();
/** The same over HTTP, and without what would end up in logs or in front of a path. */
const webAddress = (example: string) =>
  address(HTTP, example).refine(
    (text) => text === undefined || !/[?#]|^[^/]*\/\/[^/]*@/.test(text),
    'must have no user name, query or fragment',
  );

/** `off`, `on` (this machine), how many proxies there are, or their addresses. */
const TrustProxy = z
  .string()
  .default('off')
  .transform((text): TrustedProxies => {
    if (text === 'off' || text === 'on') return text === 'on' ? LOOPBACK : false;
    return /^\d+$/.test(text) ? Number(text) : listOf(text);
  })
  .refine(
    (trusted) =>
      typeof trusted === 'object'
        ? trusted.every(isNetwork)
        : trusted === false || (trusted > 0 && trusted <= 10),
    'must be on, off, a number of proxies from 1 to 10, or addresses like 10.0.0.2,172.16.0.0/12',
  );
const LOOPBACK = ['127.0.0.0/8', '::1'];

/** An IP address, or a network in CIDR notation. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** Names or addresses as a Host header has them, without their port. */
const AllowedHosts = z
  .string()
  .default('')
  .transform((text) => listOf(text).map((host) => host.toLowerCase()))
  .refine(
    (hosts) => hosts.every((host) => isIP(host) !== 0 || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host)),
    'must be names like chat.example.org,parley, without scheme, port or path',
  );

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const FilesUrl = z.string().transform((text, { addIssue }) => {
  const address = readFilesAddress(text);
  if (!address) addIssue(FILES_ADDRESS);
  return address ?? z.NEVER;
});

/** A sender as mails name them: an address, or a name with an address behind it. */
const SENDER = /^(?:[^\p{Cc}<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u;

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const ROLES = ['web', 'worker'] as const;
export type RoleName = (typeof ROLES)[number];

const Variables = z.object({
  PORT: count(3000, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: address(/^postgres(ql)?$/, 'postgres://user:password@host:5432/parley'),
  DATABASE_CONNECTIONS: count(20, 200, 9),
  FILES_URL: FilesUrl.optional(),
  REDIS_URL: address(/^rediss?$/, 'redis://host:6379'),
  ROLES: z
    .string()
    .default('web,worker')
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(ROLES, `must be ${ROLES.join(' or ')}, or both: ${ROLES.join(',')}`))),
  /** Checked together, and with those of numbered suffixes, by `readSignInProviders`. */
  OIDC_ISSUER: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().optional(),
  SMTP_URL: address(/^smtps?$/, 'smtps://user:password@mail.example.org:465'),
  MAIL_FROM: z.string().regex(SENDER, 'must look like Parley <parley@example.org>').optional(),
  SIGN_UP: z.enum(['open', 'invite', 'off'], 'must be open, invite or off').default('open'),
  GUESTS: onOff('on'),
  GUEST_TIMEOUT_MINUTES: count(43_200, 5_256_000, 1),
  MAX_CHATS: count(1000, 10_000_000),
  API_KEY_IDLE_DAYS: count(180, 36_500),
  BASE_URL: webAddress('https://example.org/parley'),
  ALLOWED_HOSTS: AllowedHosts,
  TRUST_PROXY: TrustProxy,
  SECRET_KEY: z.string().min(16, 'must be at least 16 characters').optional(),
  METRICS_TOKEN: z.string().min(1).optional(),
  WORKER_PORT: wholeNumber(65_535, 1).optional(),
  RATE_LIMITS: onOff('on'),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
  ANTHROPIC_API_KEY: z.string().min(1).optional(),
  ANTHROPIC_BASE_URL: webAddress('https://models.example.org'),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: webAddress('https://models.example.org/v1'),
  /** Where local model servers are looked for on first start; `off` looks nowhere. */
  DISCOVER_LOCAL: onOff('on'),
  /** For the commands: whom they speak for at another Parley. */
  PARLEY_API_KEY: z.string().min(1).optional(),
});
/** Mail needs both: where it is handed in, and who it is from. */
function problemsOfMail({ SMTP_URL, MAIL_FROM }: Record<string, string | undefined>): string[] {
  if ((SMTP_URL === undefined) === (MAIL_FROM === undefined)) return [];
  const [missing, other, example] = SMTP_URL
    ? ['MAIL_FROM', 'SMTP_URL', 'Parley <parley@example.org>']
    : ['SMTP_URL', 'MAIL_FROM', 'smtps://user:password@mail.example.org:465'];
  return [`${missing}: must be set together with ${other}, and look like ${example}`];
}

/** Names of all variables Parley reads; the documentation is checked against this list. */
export const VARIABLES = Object.keys(Variables.shape);

/** Whose forwarded headers count: nobody's, those of addresses and networks, or of so many hops before us. */
export type TrustedProxies = false | number | readonly string[];

export type Config = {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | undefined;
  /** Where the bytes of files are kept. */
  files: FilesAddress;
  /** The most connections this process holds to PostgreSQL, all of its pools together. */
  databaseConnections: number;
  redisUrl: string | undefined;
  roles: ReadonlySet<RoleName>;
  /** Where mails are handed in, and who they are from; undefined: none are sent. */
  mail: { smtpUrl: string; from: string } | undefined;
  /** Who may make an account. The first one is made whatever it says. */
  signUp: 'open' | 'invite' | 'off';
  /** Where people may have signed in already, in the order of their buttons. */
  signInProviders: readonly SignInProvider[];
  guests: boolean;
  guestTimeoutMinutes: number;
  maxChats: number;
  /** Days after which a key that nobody uses stops working; 0: never. */
  apiKeyIdleDays: number;
  /** Public address without a trailing slash; undefined: as the browser sees it. */
  baseUrl: string | undefined;
  /** Path under which a proxy serves Parley: `''` or `/like/this`. */
  basePath: string;
  /** Host names, lower case, that are answered besides those of `baseUrl` or of this machine. */
  allowedHosts: readonly string[];
  trustProxy: TrustedProxies;
  secretKey: string | undefined;
  metricsToken: string | undefined;
  /** Where a process without the web role answers probes and Prometheus; undefined: nowhere. */
  workerPort: number | undefined;
  rateLimits: boolean;
  logLevel: string;
  providers: {
    anthropic: { apiKey?: string | undefined; baseUrl?: string | undefined };
    openai: { apiKey?: string | undefined; baseUrl?: string | undefined };
  };
  discoverLocal: boolean;
  /** With it `parley chat --server` speaks to another Parley. */
  apiKey: string | undefined;
};

/** Thrown when a variable or flag has a value Parley cannot use; the message names it and is for people. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from `.env` in the working directory, the environment (which wins over `.env`) and
 * flags of the command line (which win over both), keyed by variable name. Empty values count as missing.
 */
export function loadConfig(flags: Record<string, string | undefined> = {}): Config {
  loadDotEnv();
  const given = Object.fromEntries(
    VARIABLES.map((name) => [name, flags[name] ?? process.env[name]]).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
  const parsed = Variables.safeParse(given);
  const { providers, problems: ofProviders } = readSignInProviders(process.env);
  // What belongs together is looked at once each is right by itself.
  const ofVariables = parsed.success
    ? problemsOfMail(given)
    : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  const problems = [...ofVariables, ...ofProviders];
  if (!parsed.success || problems.length > 0)
    throw new ConfigError(`The configuration is not usable.\n  ${problems.join('\n  ')}`);
  const env = parsed.data;
  const baseUrl = env.BASE_URL?.replace(/\/+$/, '');
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    databaseConnections: env.DATABASE_CONNECTIONS,
    redisUrl: env.REDIS_URL,
    files: env.FILES_URL ?? { folder: join(resolve(env.DATA_DIR), 'files') },
    roles: new Set(env.ROLES),
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : undefined,
    signUp: env.SIGN_UP,
    signInProviders: providers,
    guests: env.GUESTS,
    guestTimeoutMinutes: env.GUEST_TIMEOUT_MINUTES,
    maxChats: env.MAX_CHATS,
    apiKeyIdleDays: env.API_KEY_IDLE_DAYS,
    baseUrl,
    basePath: baseUrl ? new URL(baseUrl).pathname.replace(/\/+$/, '') : '',
    allowedHosts: env.ALLOWED_HOSTS,
    trustProxy: env.TRUST_PROXY,
    secretKey: env.SECRET_KEY,
    metricsToken: env.METRICS_TOKEN,
    workerPort: env.WORKER_PORT,
    rateLimits: env.RATE_LIMITS,
    logLevel: env.LOG_LEVEL,
    providers: {
      anthropic: { apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL },
      openai: { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL },
    },
    discoverLocal: env.DISCOVER_LOCAL,
    apiKey: env.PARLEY_API_KEY,
  };
}

/** What the system says of the person at the terminal: their locale, as POSIX finds it, and whether the terminal can only print. */
export function readSurroundings(): { locale: string | undefined; isDumb: boolean } {
  const { LC_ALL, LC_MESSAGES, LANG, TERM } = process.env;
  return { locale: LC_ALL || LC_MESSAGES || LANG, isDumb: TERM === 'dumb' };
}

/** A missing `.env` is fine; an unreadable one is not. */
function loadDotEnv(): void {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new ConfigError(`.env cannot be read: ${(error as Error).message}`);
  }
}
