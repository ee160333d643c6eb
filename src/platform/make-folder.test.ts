import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let ground: string;
beforeAll(async () => {
  ground = await mkdtemp(join(tmpdir(), 'parley-folder-'));
});
afterAll(() => rm(ground, { recursive: true, force: true }));

test('makes what is missing, for this user alone, and leaves what is there', async () => {
  const path = join(ground, 'a/b c/д');
  await Promise.all([makeFolder(path), makeFolder(path)]);
  const { ino, mode } = await stat(path);
  expect(mode & 0o777).toBe(0o700);
  await makeFolder(path);
  expect((await stat(path)).ino).toBe(ino);
});

test('says so where a file is in the way', async () => {
  const path = join(ground, 'file');
  await writeFile(path, '');
  await expect(makeFolder(path)).rejects.toThrow(/EEXIST/);
  await expect(makeFolder(join(path, 'below'))).rejects.toThrow(/ENOTDIR/);
});

test.runIf(process.platform === 'linux')('comes back from where no folder can be', async () => {
  await expect(makeFolder('/proc/parley/data')).rejects.toThrow(/no folder can be made|EACCES/);
});
