/** For how long, and how often, a link works that somebody makes for others. */

/** Days; null is for as long as it is not withdrawn. */
export const VALID_FOR = { day: 1, week: 7, month: 30, always: null } as const;
export type ValidFor = keyof typeof VALID_FOR;
/** How often it may be used; null is without a bound. */
export const USES = { one: 1, five: 5, many: 25, any: null } as const;
export type Uses = keyof typeof USES;

const DAY_MS = 86_400_000;

/** When a link ends that is made now, as ISO; null: never. */
export function endOf(span: ValidFor): string | null {
  const days = VALID_FOR[span];
  return days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
}
