/** What tests of one's own data share: taking it along, looking into it, and having much of it. */
import type pg from 'pg';
import { expect } from 'vitest';
import { fromBuffer } from 'yauzl';
import type { Person } from '#test/harness/accounts.ts';

export type Files = Map<string, string>;

/** What is in an archive, by name. */
export async function unzip(bytes: Uint8Array): Promise<Files> {
  const zip = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(Buffer.from(bytes), { lazyEntries: false }, (error, file) =>
      error ? reject(error) : resolve(file),
    ),
  );
  const files: Files = new Map();
  const reading: Promise<void>[] = [];
  zip.on('entry', (entry) =>
    reading.push(
      new Promise((resolve, reject) =>
        zip.openReadStream(entry, async (error, stream) => {
          if (error) return reject(error);
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          files.set(entry.fileName, Buffer.concat(chunks).toString());
          resolve();
        }),
      ),
    ),
  );
  await new Promise((resolve) => zip.on('end', resolve));
  await Promise.all(reading);
  return files;
}

/** Takes along all that is somebody's. */
export async function download(
  person: Person,
  query = '',
  init: RequestInit = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await person.fetch(`/api/v1/me/export${query}`, init);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toMatch(/filename="parley-data-\d{4}-\d\d-\d\d\.zip"/);
  return new Uint8Array(await answer.arrayBuffer());
}
/**
 * Gives somebody chats of so many messages, each of `size` characters that do not compress, so that what is sent comes in many pieces.
 * They are cut out of one long text, each at another place: to make new ones for all of them would take longer than any test.
 */
export const fill = (db: pg.Pool, { userId }: Person, chats: number, messages: number, size: number) =>
  db.query(
    `WITH long AS MATERIALIZED (SELECT string_agg(md5(x::text), '') AS text FROM generate_series(1, $4::int / 32 + 1000) x),
     made AS (INSERT INTO chats (id, user_id, title) SELECT gen_random_uuid(), $1, 'Chat ' || n FROM generate_series(1, $2::int) n RETURNING id)
     INSERT INTO messages (id, chat_id, role, content)
     SELECT gen_random_uuid(), made.id, 'user',
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', substr(long.text, (n * 7919) % 32000, $4::int)))
     FROM made, long, generate_series(1, $3::int) n`,
    [userId, chats, messages, size],
  );
