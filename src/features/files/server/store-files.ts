/** Files on their way in: received, kept in the store, and written down for whose they are. */
import type { IncomingMessage } from 'node:http';
import {
  assertRoom,
  effectiveLimits,
  growStorage,
  maxFileBytes,
  readStorage,
} from '#features/accounts/server/index.ts';
import { type Received, receiveBlob } from '#platform/blobs/receive-blob.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { isForm, readUploads } from '#platform/http/read-uploads.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { StoredFile } from '../files.ts';
import { MOST_AT_ONCE } from '../rules.ts';
import type { FileRow } from './access.ts';
import { mediaTypeOf } from './media-type.ts';
import { presentFile } from './present-file.ts';
import { say } from './say.ts';

/** What a form puts around each file. */
const FORM_BYTES = 64 * 1024;

type Arrived = Received & { name: string; mediaType: string };

/**
 * Stores the files of a request, all of them or none. `name` is that of a body which is no form. 413 for a file that is too large, 403
 * `storage_limit` where there is no room for them (before anything is read, where the request says how much comes), 400 for one that
 * is empty and for none at all. What is acknowledged survives the end of the process.
 */
export async function storeFiles(
  services: Services,
  asker: Principal,
  request: IncomingMessage,
  name: string,
): Promise<StoredFile[]> {
  const arrived: Arrived[] = [];
  try {
    await receiveAll(services, asker, request, name, arrived);
    if (arrived.length === 0) throw invalidInput('body', say('no_files'));
    const hashes = await claimBlobs(services, arrived);
    for (const file of arrived) await services.blobs.keep(file, file.path);
    const rows = await inTransaction(services.db, (tx) => writeDown(tx, asker, arrived, hashes));
    return rows.map(presentFile);
  } finally {
    for (const file of arrived) await file.drop();
  }
}

async function receiveAll(
  services: Services,
  { userId }: Principal,
  request: IncomingMessage,
  name: string,
  arrived: Arrived[],
): Promise<void> {
  const [limits, stored, most] = await Promise.all([
    effectiveLimits(services, userId),
    readStorage(services, userId),
    maxFileBytes(services),
  ]);
  const announced = Number(request.headers['content-length'] ?? 0);
  const form = isForm(request);
  let coming = 0;
  const assertRoomFor = (bytes: number) =>
    assertRoom({ bytes: stored + bytes, max: limits.maxStorageBytes }, 'storage_full');
  if (!form && announced > most) throw tooLarge(name, most);
  assertRoomFor(announced - (form ? FORM_BYTES : 0));
  await readUploads(request, { name, most: MOST_AT_ONCE }, async (stream, given) => {
    let size = 0;
    const received = await receiveBlob(services.blobs, stream, (bytes) => {
      size += bytes;
      coming += bytes;
      if (size > most) throw tooLarge(given, most);
      assertRoomFor(coming);
    });
    arrived.push({ ...received, name: given, mediaType: await mediaTypeOf(received.head, given) });
    if (received.size === 0) throw invalidInput('body', say('file_empty', { name: given }));
  });
}

/**
 * Writes down which bytes are about to be kept, before they are: what a process leaves that ends here is found by their row. For a
 * day nothing removes them; who is removing the same ones right now is waited for. Returns their hashes, in order.
 */
async function claimBlobs({ db }: Services, arrived: readonly Arrived[]): Promise<string[]> {
  const bySize = new Map(arrived.map(({ sha256, size }) => [sha256, size]));
  // In one order, so that two uploads of the same files never wait for one another.
  const hashes = [...bySize.keys()].sort();
  await db.$client.query({
    name: 'claim-blobs',
    text: `INSERT INTO blobs AS b (sha256, size) SELECT * FROM unnest($1::text[], $2::bigint[])
           ON CONFLICT (sha256) DO UPDATE SET unused_since = now() WHERE b.unused_since IS NOT NULL`,
    values: [hashes, hashes.map((hash) => bySize.get(hash))],
  });
  return hashes;
}

async function writeDown(
  tx: Tx,
  asker: Principal,
  arrived: readonly Arrived[],
  hashes: readonly string[],
): Promise<FileRow[]> {
  await tx.query(
    `UPDATE blobs SET unused_since = NULL WHERE unused_since IS NOT NULL AND sha256 IN
       (SELECT sha256 FROM blobs WHERE sha256 = ANY($1) ORDER BY sha256 FOR NO KEY UPDATE)`,
    [hashes],
  );
  const { rows } = await tx.query(
    `INSERT INTO files (id, owner_id, name, media_type, size, sha256)
     SELECT id, $1, name, media_type, size, sha256
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[])
       WITH ORDINALITY AS given (id, name, media_type, size, sha256, nth)
     ORDER BY nth RETURNING *`,
    [
      asker.userId,
      arrived.map(() => newId()),
      arrived.map(({ name }) => name),
      arrived.map(({ mediaType }) => mediaType),
      arrived.map(({ size }) => size),
      arrived.map(({ sha256 }) => sha256),
    ],
  );
  await growStorage(tx, asker, { bytes: arrived.reduce((sum, { size }) => sum + size, 0) });
  return rows.map((row) => camelRow<FileRow>(row));
}

const tooLarge = (name: string, most: number) =>
  new AppError('too_large', say('file_too_large', { name, mebibytes: most / 2 ** 20 }));
