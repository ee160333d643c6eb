/** Limits inside a statement: for what is decided there, with no time to ask first. */
import type { GuestLimits, Limits } from '../accounts.ts';
import { BUILT_IN_GUEST_LIMITS, BUILT_IN_LIMITS } from './built-in-limits.ts';

/** The columns of `users` that hold the limits of one user. */
export const LIMIT_COLUMN: Record<keyof Limits, string> = {
  maxChats: 'max_chats',
  maxConcurrent: 'max_concurrent',
  maxQueued: 'max_queued',
  requestsPerMinute: 'requests_per_minute',
  tokensPerDay: 'tokens_per_day',
  weight: 'weight',
  maxStorageBytes: 'max_storage_bytes',
};

/** The same as a list to select, by their names, of user `u`. */
export const OWN_LIMITS = Object.entries(LIMIT_COLUMN)
  .map(([name, column]) => `u.${column} AS "${name}"`)
  .join(', ');

const setting = (path: string, otherwise: number | null) =>
  `coalesce((SELECT (settings #>> '{${path}}')::float8 FROM instance), ${otherwise ?? 'NULL'})`;

/** SQL: what holds for user `u`; for guests what is set for guests. */
export function limitSql(name: keyof typeof BUILT_IN_LIMITS): string {
  const everybody = setting(name, BUILT_IN_LIMITS[name]);
  const ofUser = `u.${LIMIT_COLUMN[name]}`;
  if (!(name in BUILT_IN_GUEST_LIMITS)) return `coalesce(${ofUser}, ${everybody})`;
  const guests = setting(`guests,${name}`, BUILT_IN_GUEST_LIMITS[name as 'maxQueued']);
  return `coalesce(${ofUser}, CASE WHEN u.is_anonymous THEN ${guests} ELSE ${everybody} END)`;
}

/** SQL: what holds for all guests of one address together. */
export const addressLimitSql = (name: keyof GuestLimits['perAddress']): string =>
  setting(`guests,perAddress,${name}`, BUILT_IN_GUEST_LIMITS.perAddress[name]);
