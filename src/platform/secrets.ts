/** Encryption at rest under the instance's secret, and the secret itself. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '#config';
import { makeFolder } from './make-folder.ts';

export type SecretBox = {
  /** The secret that signs sessions; derived, so that signing and encryption never share a key. */
  readonly signingKey: string;
  /**
   * AES-256-GCM with a random nonce; the result is text. `owner` names what the secret belongs to (associated data): moved
   * to the row of something else it cannot be opened there.
   */
  encrypt(plain: string, owner: string): string;
  /** Throws when the text was not made under this secret for this owner, or was changed. */
  decrypt(sealed: string, owner: string): string;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What begins texts that are bound to their owner; those of earlier versions, which are not, have no dot. */
const BOUND = '2.';

/** Derives the keys in use from one secret (HKDF-SHA-256, RFC 5869). */
export function createSecretBox(secret: string): SecretBox {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'parley', purpose, 32));
  const key = derive('encryption at rest');
  return {
    signingKey: derive('session signing').toString('base64url'),
    encrypt(plain, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return BOUND + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    decrypt(sealed, owner) {
      const isBound = sealed.startsWith(BOUND);
      const bytes = Buffer.from(isBound ? sealed.slice(BOUND.length) : sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      if (isBound) decipher.setAAD(Buffer.from(owner));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    },
  };
}

/**
 * The instance's secret: `given`, else the one in the data folder, made there (0600) on first start. Of two
 * processes that start together one makes it and the other reads it.
 */
export async function loadSecret(dataDir: string, given: string | undefined): Promise<string> {
  if (given) return given;
  await makeFolder(dataDir);
  const path = join(dataDir, 'secret-key');
  try {
    const file = await open(path, 'wx', 0o600);
    const made = randomBytes(32).toString('base64url');
    await file.writeFile(made);
    await file.sync();
    await file.close();
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await refuseForeignFile(dataDir, path);
  for (let attempt = 0; attempt < 50; attempt++) {
    const found = (await readFile(path, 'utf8')).trim();
    if (found.length >= 16) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(
    `${path} is empty. Restore it from a backup; without it the stored keys of endpoints cannot be read.`,
  );
}

/** By a mode: the group or everybody may write. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Who may write the secret can put one of their own there, and with it sign themselves in as anybody. The owner of the folder
 * could do so in any case, by replacing the file.
 */
async function refuseForeignFile(dataDir: string, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const [file, folder] = await Promise.all([stat(path), stat(dataDir)]);
  if (file.mode & WRITABLE_BY_OTHERS)
    throw new ConfigError(
      `Others may write ${path}, and whoever does can sign in as anybody. If you are sure that it is yours: chmod 600 "${path}"`,
    );
  if (![0, process.getuid?.(), folder.uid].includes(file.uid))
    throw new ConfigError(
      `${path} belongs to another user, who can sign in as anybody by it. If you are sure that it is yours: chown ${process.getuid?.()} "${path}"`,
    );
}
