/** Who somebody is by what a provider says of them, cleaned as if they had typed it. */
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { Name } from '../../accounts.ts';
import { NAME_MAX } from '../../rules.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

export type Identity = {
  /** Who they are over there, for good: the issuer and its name for them. */
  accountId: string;
  email: string;
  emailVerified: boolean;
  name: string;
};

/** Characters of an issuer's name for somebody (OpenID Connect Core 1.0, 2). */
const MAX_SUBJECT = 255;
const MAX_EMAIL = 320;
/** Addresses no person can have (RFC 2606): guests' are of these. */
const RESERVED = /\.invalid$/;

/** Reads the claims. Refuses as `provider_without_email` who has no address there that is one. */
export function readClaims(claims: JWTPayload): Identity {
  const { iss, sub } = claims;
  if (!iss || !sub || sub.length > MAX_SUBJECT || /\p{Cc}/u.test(sub) || !sub.isWellFormed())
    throw new SignInRefusal('provider_unproven', 'no subject that can be kept');
  const email = typeof claims.email === 'string' ? claims.email.trim().toLowerCase() : '';
  if (email.length > MAX_EMAIL || !z.email().safeParse(email).success || RESERVED.test(email))
    throw new SignInRefusal('provider_without_email', 'no address among the claims');
  return {
    accountId: `${iss} ${sub}`,
    email,
    // Some say it as a word.
    emailVerified: claims.email_verified === true || claims.email_verified === 'true',
    name: nameOf(claims, email),
  };
}

function nameOf(claims: JWTPayload, email: string): string {
  const parts = [claims.given_name, claims.family_name].filter((part) => typeof part === 'string');
  const offered = [claims.name, parts.join(' '), claims.preferred_username, email.split('@')[0]];
  for (const one of offered) {
    const name = Name.safeParse(cleaned(one));
    if (name.success) return name.data;
  }
  return 'User';
}

/** In one line, without what draws elsewhere, and no longer than a name may be. */
function cleaned(text: unknown): string {
  if (typeof text !== 'string') return '';
  const line = text
    .toWellFormed()
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');
  return [...line.replace(/\s+/g, ' ').trim()].slice(0, NAME_MAX).join('').trim();
}
