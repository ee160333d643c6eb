/** Both stores of bytes keep the same promises. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { BlobGone, type BlobStore } from '#platform/blobs/blob-store.ts';
import { openFolderStore } from '#platform/blobs/folder-store.ts';
import { dropForgotten, receiveBlob } from '#platform/blobs/receive-blob.ts';
import { openS3Store } from '#platform/blobs/s3-store.ts';
import { makeFolder } from '#test/harness/make.ts';
import { makeS3Store } from '#test/harness/s3-store.ts';

const STORES: Record<string, () => Promise<BlobStore>> = {
  'a folder': async () => openFolderStore(await makeFolder(onTestFinished)),
  'an S3 store': async () => {
    const { address } = await makeS3Store(onTestFinished);
    return openS3Store(address, await makeFolder(onTestFinished));
  },
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Receives and keeps bytes that come in pieces. */
async function keep(store: BlobStore, bytes: Buffer) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 70_001) }, (_, at) =>
    bytes.subarray(at * 70_001, (at + 1) * 70_001),
  );
  const received = await receiveBlob(store, Readable.from(pieces), () => {});
  await store.keep(received, received.path);
  return received;
}

test.each(Object.entries(STORES))(
  '%s keeps bytes under their hash, gives them whole and in parts, and forgets them',
  async (_, open) => {
    const store = await open();
    const bytes = randomBytes(1_000_003);
    const { sha256: hash, size, head } = await keep(store, bytes);
    expect({ hash, size }).toEqual({ hash: sha256(bytes), size: bytes.length });
    expect(head.equals(bytes.subarray(0, head.length)) && head.length).toBe(64 * 1024);
    expect((await buffer(await store.read(hash))).equals(bytes)).toBe(true);
    expect((await buffer(await store.read(hash, { first: 7, last: 7 }))).equals(bytes.subarray(7, 8))).toBe(
      true,
    );
    expect(
      (await buffer(await store.read(hash, { first: 999_990, last: 1_000_002 }))).equals(
        bytes.subarray(999_990),
      ),
    ).toBe(true);
    // The same again is the same.
    await keep(store, bytes);
    expect((await buffer(await store.read(hash))).equals(bytes)).toBe(true);
    expect(await readdir(store.incoming)).toEqual([]);
    await store.remove(hash);
    await expect(store.read(hash)).rejects.toBeInstanceOf(BlobGone);
    await store.remove(hash);
  },
);

test('an S3 store that refuses is told of by its own code', async () => {
  const { address } = await makeS3Store(onTestFinished);
  const stranger = openS3Store({ ...address, secretAccessKey: 'guessed' }, await makeFolder(onTestFinished));
  await expect(stranger.read('0'.repeat(64))).rejects.toThrow('answered 403 (SignatureDoesNotMatch)');
});

test('what came and was never kept goes after a day; what is coming stays', async () => {
  const store = openFolderStore(await makeFolder(onTestFinished));
  const left = await receiveBlob(store, Readable.from([Buffer.from('left')]), () => {});
  const coming = await receiveBlob(store, Readable.from([Buffer.from('coming')]), () => {});
  const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(left.path, before, before);
  await dropForgotten(store);
  expect(await readdir(store.incoming)).toEqual([coming.path.split('/').at(-1)]);
});

test('a sender who breaks off, and one who sends more than may come, leave nothing', async () => {
  const store = openFolderStore(await makeFolder(onTestFinished));
  async function* breaking() {
    yield Buffer.from('half');
    throw new Error('gone');
  }
  await expect(receiveBlob(store, Readable.from(breaking()), () => {})).rejects.toThrow('gone');
  const tooMuch = () => {
    throw new Error('too much');
  };
  await expect(receiveBlob(store, Readable.from([Buffer.from('x')]), tooMuch)).rejects.toThrow('too much');
  expect(await readdir(store.incoming)).toEqual([]);
});
