/** The limits where nothing is set, and how what is set is put on top of them. */
import type { Services } from '#platform/services.ts';
import {
  type GuestLimits,
  LIMIT_NAMES,
  type LimitSettings,
  type Limits,
  type Settings,
  type StoredSettings,
} from '../accounts.ts';

const MB = 1_000_000;
const GIB = 1024 ** 3;

/**
 * The built-in defaults. Wide: fair share keeps one user from starving others, so these only stop what cannot be meant, and
 * an admin with a reason sets them lower.
 */
export const BUILT_IN_LIMITS = {
  maxConcurrent: 100,
  maxQueued: 500,
  requestsPerMinute: 300,
  tokensPerDay: null,
  weight: 1,
  maxStorageBytes: 2 * GIB,
} as const satisfies Omit<Limits, 'maxChats'>;

/**
 * Those of guests, whom nothing but an address keeps from being a thousand. The bounds of one address are some ten guests
 * wide: people behind one router are many.
 */
export const BUILT_IN_GUEST_LIMITS = {
  maxQueued: 3,
  maxConcurrent: 1,
  tokensPerDay: 200_000,
  maxStorageBytes: 20 * MB,
  perAddress: { maxQueued: 30, maxConcurrent: 4, maxStorageBytes: 200 * MB },
} as const satisfies GuestLimits;

/** The largest file, where an admin has set nothing else. */
export const BUILT_IN_FILE_BYTES = 100 * 1024 * 1024;

/** Chats a user may keep for each one that may be active: archived ones, and those whose deletion can be undone. */
export const KEPT_PER_ACTIVE_CHAT = 10;

/** The settings in force, of what an admin has set and the built-in ones. */
export function settingsOf({ config }: Pick<Services, 'config'>, stored: StoredSettings): Settings {
  const { guests = {} } = stored;
  return {
    ...layer({ maxChats: config.maxChats, ...BUILT_IN_LIMITS }, stored),
    guests: {
      ...BUILT_IN_GUEST_LIMITS,
      ...withoutNulls(guests),
      perAddress: { ...BUILT_IN_GUEST_LIMITS.perAddress, ...withoutNulls(guests.perAddress ?? {}) },
    },
    settings: stored.settings ?? {},
    sharing: stored.sharing ?? 'on',
    maxFileBytes: stored.maxFileBytes ?? BUILT_IN_FILE_BYTES,
    // Models are scarce where Parley is made for: that they write titles too is for an admin to say.
    titles: stored.titles ?? 'off',
  };
}

/** The limits of a user: those of guests, or of everybody, with what is set for them on top. */
export function limitsOf(settings: Settings, isGuest: boolean, own: Partial<LimitSettings>): Limits {
  const { guests } = settings;
  const everybody = Object.fromEntries(LIMIT_NAMES.map((name) => [name, settings[name]])) as Limits;
  const { perAddress: _shared, ...each } = guests;
  return layer(isGuest ? { ...everybody, ...each } : everybody, own);
}

/** The limits of `below` with what is set in `above` on top. */
function layer(below: Limits, above: Partial<LimitSettings>): Limits {
  const set = LIMIT_NAMES.filter((name) => above[name] !== null && above[name] !== undefined);
  return { ...below, ...Object.fromEntries(set.map((name) => [name, above[name]])) };
}

const withoutNulls = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
