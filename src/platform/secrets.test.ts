import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '#config';
import { makeFolder } from '#test/harness/make.ts';
import { createSecretBox, loadSecret } from './secrets.ts';

const SECRET = 'a secret of this test';
const box = createSecretBox(SECRET);

/** As versions sealed before secrets were bound to their owner. */
function sealUnbound(plain: string): string {
  const nonce = randomBytes(12);
  const key = Buffer.from(hkdfSync('sha256', SECRET, 'parley', 'encryption at rest', 32));
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

test('what is sealed opens for its owner, and for nobody else', () => {
  const sealed = box.encrypt('the key', 'endpoint 1');
  expect(box.decrypt(sealed, 'endpoint 1')).toBe('the key');
  expect(() => box.decrypt(sealed, 'endpoint 2')).toThrow();
  expect(() => createSecretBox('another secret').decrypt(sealed, 'endpoint 1')).toThrow();
  // Passed off as one from before.
  expect(() => box.decrypt(sealed.slice(2), 'endpoint 2')).toThrow();
});

test('what was sealed before there were owners still opens', () => {
  expect(box.decrypt(sealUnbound('an old key'), 'endpoint 1')).toBe('an old key');
});

describe.skipIf(process.platform === 'win32')('the file of the secret', () => {
  async function withFile(mode: number) {
    const folder = await makeFolder(onTestFinished);
    const path = join(folder, 'secret-key');
    await writeFile(path, 'sixteen characters and more');
    await chmod(path, mode);
    return { folder, path };
  }

  test('is made so that only we can read it', async () => {
    const folder = await makeFolder(onTestFinished);
    const made = await loadSecret(folder, undefined);
    expect((await stat(join(folder, 'secret-key'))).mode & 0o777).toBe(0o600);
    expect(await loadSecret(folder, undefined)).toBe(made);
  });

  test.each([0o620, 0o602, 0o666])('is refused in words when others may write it (%o)', async (mode) => {
    const { folder, path } = await withFile(mode);
    const refused = loadSecret(folder, undefined);
    await expect(refused).rejects.toBeInstanceOf(ConfigError);
    await expect(refused).rejects.toThrow(`chmod 600 "${path}"`);
    expect(await loadSecret(folder, 'a secret from elsewhere')).toBe('a secret from elsewhere');
  });

  test.each([0o600, 0o400, 0o640, 0o644])('is taken when only we may (%o)', async (mode) => {
    const { folder } = await withFile(mode);
    expect(await loadSecret(folder, undefined)).toBe('sixteen characters and more');
  });

  test.skipIf(process.getuid?.() !== 0)(
    'is refused when it is somebody else’s, unless the whole folder is',
    async () => {
      const { folder, path } = await withFile(0o600);
      await chown(path, 12_345, 12_345);
      await expect(loadSecret(folder, undefined)).rejects.toThrow(/belongs to another user/);
      const theirs = join(folder, 'theirs');
      await mkdir(theirs);
      await writeFile(join(theirs, 'secret-key'), 'sixteen characters and more', { mode: 0o600 });
      for (const one of [theirs, join(theirs, 'secret-key')]) await chown(one, 12_345, 12_345);
      expect(await loadSecret(theirs, undefined)).toBe('sixteen characters and more');
    },
  );
});
