/** Our cookies, under the names a browser keeps them by, and what better-auth puts into the session's: `token.signature`, percent-encoded, HMAC-SHA-256 under the secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';
import { SESSION_COOKIE } from './auth.ts';

/** Tells the page, which may read it, that the guest of this browser is part of the account now. */
export const MERGED_COOKIE = 'parley.merged';

/** What the cookie's own attributes and path depend on. */
type CookieConfig = Pick<Config, 'baseUrl' | 'basePath'>;

/** True when the browser came by https, so that the cookie must never travel without it. */
export const isSecure = (request: FastifyRequest, { baseUrl }: CookieConfig): boolean =>
  request.protocol === 'https' || Boolean(baseUrl?.startsWith('https:'));

/**
 * The name that browsers keep a cookie under. Over https it has a prefix (RFC 6265bis, 4.1.3): then no program of another
 * port, and with `__Host-` no other name of our domain, can put one of its own in our place. That prefix needs the path `/`.
 */
const cookieName = (name: string, { basePath }: CookieConfig, secure: boolean): string =>
  `${secure ? (basePath ? '__Secure-' : '__Host-') : ''}${name}`;

/** The session cookie's value as it was sent. */
export const sessionCookieOf = (header: string | undefined, config: CookieConfig): string | undefined =>
  cookieOf(SESSION_COOKIE, header, config);

/**
 * A cookie's value as it was sent; undefined when there is none. One without the prefix counts where there is none with it:
 * it was given out over http, or by a Parley that had no prefix yet.
 */
export function cookieOf(name: string, header: string | undefined, config: CookieConfig): string | undefined {
  if (!header?.includes(name)) return undefined;
  const pairs = header.split(';').map((part) => part.trim());
  for (const secure of [true, false]) {
    const start = `${cookieName(name, config, secure)}=`;
    const value = pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
    if (value) return value;
  }
  return undefined;
}

/** `Set-Cookie` headers for the session's, as `setCookie` makes them. */
export const setSessionCookie = (
  config: CookieConfig,
  secure: boolean,
  value: string,
  maxAgeSeconds: number,
): string[] => setCookie(config, secure, SESSION_COOKIE, value, maxAgeSeconds);

/** `Set-Cookie` headers for a value as it was sent or made; over https also for the end of an older one without the prefix. */
export function setCookie(
  config: CookieConfig,
  secure: boolean,
  name: string,
  value: string,
  maxAgeSeconds: number,
): string[] {
  const hidden = name === MERGED_COOKIE ? '' : 'HttpOnly; ';
  const attributes = `Path=${config.basePath || '/'}; ${hidden}SameSite=Lax`;
  if (!secure) return [`${name}=${value}; Max-Age=${maxAgeSeconds}; ${attributes}`];
  return [
    `${cookieName(name, config, true)}=${value}; Max-Age=${maxAgeSeconds}; ${attributes}; Secure`,
    `${name}=; Max-Age=0; ${attributes}; Secure`,
  ];
}

/** The session cookie's value for a token, as better-auth makes it. */
export const signSessionToken = (token: string, secret: string): string =>
  encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`);

/** The session token in a cookie's value, or null when it is not one that we signed. */
export function readSessionCookie(value: string, secret: string): string | null {
  const text = decode(value);
  const dot = text?.lastIndexOf('.') ?? -1;
  if (!text || dot < 1) return null;
  const token = text.slice(0, dot);
  const given = Buffer.from(text.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
