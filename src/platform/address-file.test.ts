import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readAddress, writeAddress } from './address-file.ts';

async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-address-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('the address is written into a data folder that is not there yet, and taken away again', async () => {
  const dataDir = join(await temporaryFolder(), 'not', 'yet');
  const remove = await writeAddress(dataDir, 'http://127.0.0.1:1');
  expect(await readAddress(dataDir)).toBe('http://127.0.0.1:1');
  await remove();
  expect(await readAddress(dataDir)).toBeNull();
});

test('the address of another Parley that came since stays', async () => {
  const dataDir = await temporaryFolder();
  const remove = await writeAddress(dataDir, 'http://127.0.0.1:1');
  await writeAddress(dataDir, 'http://127.0.0.1:2');
  await remove();
  expect(await readAddress(dataDir)).toBe('http://127.0.0.1:2');
});

test('a data folder that cannot be written is no reason not to start', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const remove = await writeAddress(join(file, 'data'), 'http://127.0.0.1:1');
  await remove();
});
