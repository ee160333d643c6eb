/** A kind of follow-up for tests: what follows is a row of who followed whom, in which state. */
import { z } from 'zod';
import { type FollowUp, follower, whenEnded } from '#features/generations/server/index.ts';
import { type Database, inTransaction } from '#platform/database/database.ts';

export const NOTE: FollowUp<{ tag: string }> = { kind: 'note', input: z.object({ tag: z.string() }) };

export type Noted = { tag: string; state: string };

/** Notes what it follows; `meanwhile` runs in the same transaction. */
export const noter = (meanwhile: () => Promise<void> = async () => {}) =>
  follower(NOTE, async (client, ended, { tag }) => {
    await client.query('INSERT INTO noted (generation_id, tag, state) VALUES ($1, $2, $3)', [
      ended.id,
      tag,
      ended.state,
    ]);
    await meanwhile();
  });

export const makeNotes = (db: Database): Promise<unknown> =>
  db.$client.query('CREATE TABLE noted (generation_id uuid, tag text, state text)');

export const register = (db: Database, generationId: string, tag: string): Promise<void> =>
  inTransaction(db, (client) => whenEnded(client, NOTE, generationId, { tag }));

export async function notesOf(db: Database, generationId: string): Promise<Noted[]> {
  const { rows } = await db.$client.query<Noted>(
    'SELECT tag, state FROM noted WHERE generation_id = $1 ORDER BY tag',
    [generationId],
  );
  return rows;
}
