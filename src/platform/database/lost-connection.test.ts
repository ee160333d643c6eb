import { expect, onTestFinished, test } from 'vitest';
import { toAppError } from '#platform/http/errors.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { inTransaction } from './database.ts';

test('whoever uses a connection after it was lost is told that the database is away', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const { db } = database;
  const failed = await inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await db.$client.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    // First the server says so, then the socket; from then on the package itself.
    for (let times = 0; times < 2; times++) await tx.query('SELECT 1').catch(() => {});
    await tx.query('SELECT 1');
  }).catch((error: Error) => error);
  expect((failed as Error).message).toMatch(/not queryable/);
  expect(toAppError(failed as Error)).toMatchObject({ status: 503, code: 'unavailable' });
});
