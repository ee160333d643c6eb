/** Tokens that are all one needs, such as API keys and invitations: shown once, of which only the hash is kept. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A new one: 256 random bits, as base64url. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** The hash it is kept as. Plain SHA-256 is enough: it is random, not a password. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
