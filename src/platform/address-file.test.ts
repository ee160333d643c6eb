import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readAddress, writeAddress } from './address-file.ts';

const FIRST = { address: 'http://127.0.0.1:1', identity: 'the first' };
const SECOND = { address: 'http://127.0.0.1:2', identity: 'the second' };

async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-address-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('the address is written into a data folder that is not there yet, and taken away again', async () => {
  const dataDir = join(await temporaryFolder(), 'not', 'yet');
  const remove = await writeAddress(dataDir, FIRST);
  expect(await readAddress(dataDir)).toEqual(FIRST);
  await remove();
  expect(await readAddress(dataDir)).toBeNull();
});

test('the address of another Parley that came since stays', async () => {
  const dataDir = await temporaryFolder();
  const remove = await writeAddress(dataDir, FIRST);
  await writeAddress(dataDir, SECOND);
  await remove();
  expect(await readAddress(dataDir)).toEqual(SECOND);
});

test('a data folder that cannot be written is no reason not to start', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const remove = await writeAddress(join(file, 'data'), FIRST);
  await remove();
});

test('nobody else can read it, whatever the folder and an older file allow', async () => {
  const dataDir = await temporaryFolder();
  await chmod(dataDir, 0o777);
  await writeFile(join(dataDir, 'address'), 'http://127.0.0.1:9\n', { mode: 0o666 });
  await writeAddress(dataDir, FIRST);
  expect((await stat(join(dataDir, 'address'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(dataDir, 'address'), 'utf8')).toContain('the first');
});

test('one that others could have read or put there is not believed, nor one without a proof', async () => {
  const dataDir = await temporaryFolder();
  const path = join(dataDir, 'address');
  const write = (text: string, mode: number) => writeFile(path, text, { mode });
  await write('http://127.0.0.1:1\nidentity\n', 0o600);
  expect(await readAddress(dataDir)).not.toBeNull();
  await chmod(path, 0o640);
  expect(await readAddress(dataDir)).toBeNull();
  await rm(path);
  await write('http://127.0.0.1:1', 0o600);
  expect(await readAddress(dataDir)).toBeNull();
  await rm(path);
  const elsewhere = join(await temporaryFolder(), 'address');
  await writeFile(elsewhere, 'http://127.0.0.1:1\nidentity\n', { mode: 0o600 });
  await symlink(elsewhere, path);
  expect(await readAddress(dataDir)).toBeNull();
});
