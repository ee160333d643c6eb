/** How the Parley that serves a data folder proves who it is to a command on that folder, before it is shown a key or a word. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A secret of one process, 256 random bits: it lies beside the process's address in the data folder, and is gone with the
 * process. So an address that was left behind proves nothing, and no other Parley can be made to prove it (a relay).
 */
export const newIdentity = (): string => randomBytes(32).toString('base64url');

/** A challenge that is answered once. */
export const newNonce = (): string => randomBytes(32).toString('base64url');

/** The answer of who has `identity` and listens at `address` to a challenge: an HMAC-SHA-256 over both. */
export const prove = (identity: string, address: string, nonce: string): string =>
  createHmac('sha256', identity).update(`parley serves at ${address}\n${nonce}`).digest('base64url');

/** True when `proof` is that answer. */
export function isProof(proof: string, identity: string, address: string, nonce: string): boolean {
  const [given, right] = [Buffer.from(proof), Buffer.from(prove(identity, address, nonce))];
  return given.length === right.length && timingSafeEqual(given, right);
}
