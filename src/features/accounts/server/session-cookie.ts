/** Reads the session cookie better-auth sets: `token.signature`, percent-encoded, HMAC-SHA-256 under the secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SESSION_COOKIE } from './auth.ts';

const PREFIX = `${SESSION_COOKIE}=`;

/** The cookie's value as it was sent; undefined when there is none. */
export function sessionCookieOf(header: string | undefined): string | undefined {
  if (!header?.includes(PREFIX)) return undefined;
  for (const part of header.split(';')) {
    const pair = part.trim();
    if (pair.startsWith(PREFIX)) return pair.slice(PREFIX.length) || undefined;
  }
  return undefined;
}

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
