/** Rules of accounts that hold on the page as well. */

/** What an API key may be allowed: everything of its owner's own; `/v1` and the list of models; the admin routes, of admins. */
export const SCOPES = ['chat', 'models', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
/** What a key may do unless something else is asked for. */
export const DEFAULT_SCOPES: readonly Scope[] = ['chat', 'models'];

/** Characters of a name of a person or a key, at most. */
export const NAME_MAX = 100;
/** Characters of a password. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;
