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

/** In whose name what is left of people stands who have deleted their account: nobody signs in as this one. */
export const FORMER_USER_ID = '00000000-0000-7000-8000-000000000002';
export const FORMER_USER_NAME = 'Former member';

/** Letters and digits that nobody takes for one another. */
const MARK = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GUEST = /^Guest ([A-Z0-9]{4})$/;

/** The name of a new guest: a mark of four letters tells guests apart wherever people are listed. `random` gives [0, 1). */
export const nameGuest = (random = Math.random): string =>
  `Guest ${Array.from({ length: 4 }, () => MARK[Math.floor(random() * MARK.length)]).join('')}`;

/** The mark in a guest's name, to put another language's word before it; undefined for everybody else. */
export const markOfGuest = (name: string): string | undefined => GUEST.exec(name)?.[1];

/** Why a sign-in through a provider goes no further; the page has words for each, `auth.refused` by the same names. */
export const PROVIDER_REFUSALS = [
  'provider_down',
  'provider_denied',
  'provider_refused',
  'provider_unproven',
  'provider_without_email',
  'sign_in_expired',
  'account_not_linked',
  'account_disabled',
  'setup_code_needed',
  'invitation_needed',
  'invitation_not_good',
  'invitation_of_another',
  'sign_up_off',
] as const;
export type ProviderRefusal = (typeof PROVIDER_REFUSALS)[number];
