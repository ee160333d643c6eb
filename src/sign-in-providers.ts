/** The providers of OpenID Connect that the environment names: one without a suffix, further ones with `_2`, `_3` and so on. */
import { z } from 'zod';

export type SignInProvider = {
  /** `oidc`, `oidc2`, … */
  id: string;
  /** On its button. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
};

/** More than a page of sign-in has room for. */
const LAST_SUFFIX = 20;
const FIELDS = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const;
const REQUIRED = FIELDS.slice(0, 3);
/** Characters on a button, at most. */
const NAME_MAX = 40;

const Issuer = z.url({ protocol: /^https?$/ }).refine((text) => !/[?#]|^[^/]*\/\/[^/]*@/.test(text));

/** Reads them, in order of their suffixes; what cannot be used is named as `VARIABLE: what is wrong`. */
export function readSignInProviders(env: Record<string, string | undefined>): {
  providers: SignInProvider[];
  problems: string[];
} {
  const providers: SignInProvider[] = [];
  const problems: string[] = [];
  for (let number = 1; number <= LAST_SUFFIX; number++) {
    const suffix = number === 1 ? '' : `_${number}`;
    const given = Object.fromEntries(FIELDS.map((field) => [field, env[field + suffix]?.trim() ?? '']));
    if (Object.values(given).every((value) => value === '')) continue;
    for (const field of REQUIRED) if (!given[field]) problems.push(`${field}${suffix}: is missing`);
    if (given.OIDC_ISSUER && !Issuer.safeParse(given.OIDC_ISSUER).success)
      problems.push(
        `OIDC_ISSUER${suffix}: must look like https://login.example.org, without user name, query or fragment`,
      );
    if ([...given.OIDC_NAME!].length > NAME_MAX)
      problems.push(`OIDC_NAME${suffix}: must be at most ${NAME_MAX} characters`);
    providers.push({
      id: number === 1 ? 'oidc' : `oidc${number}`,
      name: given.OIDC_NAME || hostOf(given.OIDC_ISSUER!),
      issuer: given.OIDC_ISSUER!,
      clientId: given.OIDC_CLIENT_ID!,
      clientSecret: given.OIDC_CLIENT_SECRET!,
    });
  }
  return { providers, problems };
}

const hostOf = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).host : issuer);
