import { expect, onTestFinished, test } from 'vitest';
import { toAppError } from '#platform/http/errors.ts';
import { createLogger } from '#platform/log.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { type Database, openReports } from './database.ts';

const setting = async (db: Database, name: string): Promise<string> =>
  (await db.$client.query<Record<string, string>>(`SHOW ${name}`)).rows[0]![name]!;

test('reports may read whole tables and end after a minute, everything else may not and does not', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const reports = openReports(database.url, createLogger('silent'), 1);
  onTestFinished(() => reports.$client.end());
  expect(await setting(reports, 'enable_seqscan')).toBe('on');
  expect(await setting(reports, 'statement_timeout')).toBe('1min');
  expect(await setting(database.db, 'enable_seqscan')).toBe('off');
  expect(await setting(database.db, 'statement_timeout')).toBe('0');

  await reports.$client.query(`SET statement_timeout = '20ms'`);
  const tooLong = await reports.$client.query('SELECT pg_sleep(5)').catch((error: Error) => error);
  expect(toAppError(tooLong as Error)).toMatchObject({ status: 503, code: 'unavailable' });
});
