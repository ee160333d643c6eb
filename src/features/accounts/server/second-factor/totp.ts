/** Codes of an authenticator app: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 s, which is what all of these apps know. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** 160 bits, as long as the hash (RFC 4226, 4). */
const SECRET_BYTES = 20;
/** Steps before and after now that count: clocks differ, and a code may be typed as it changes. */
const TOLERANCE = 1;

export const newSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** The step of time that `ms` lies in. */
export const stepAt = (ms: number): number => Math.floor(ms / 1000 / STEP_SECONDS);

/** The code of a step (HOTP, RFC 4226, 5.3). */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const at = hash.at(-1)! & 0xf;
  const number = (hash.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

/** The step whose code was given, of those around `now`; null for none. The latest one, should two have the same code. */
export function matchingStep(secret: Buffer, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  let found: number | null = null;
  for (let step = stepAt(now) - TOLERANCE; step <= stepAt(now) + TOLERANCE; step++)
    if (timingSafeEqual(Buffer.from(code), Buffer.from(codeOf(secret, step)))) found = step;
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 without padding (RFC 4648, 6), as people type a key. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

/** What the QR code holds, as authenticator apps read it. */
export function keyAddress(secret: Buffer, email: string): string {
  const query = new URLSearchParams({
    secret: toBase32(secret),
    issuer: 'Parley',
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  });
  return `otpauth://totp/Parley:${encodeURIComponent(email)}?${query}`;
}
