import { expect, onTestFinished, test } from 'vitest';
import { makeDatabase, makeGround } from './make.ts';
import { startTestParley } from './parley.ts';
import { startParleyProcess } from './process.ts';

test('a test database has the schema, and two of them do not share rows', async () => {
  const [one, two] = await Promise.all([makeDatabase(onTestFinished), makeDatabase(onTestFinished)]);
  await one.db.$client.query(`UPDATE instance SET settings = '{"maxChats": 1}'`);
  const { rows } = await two.db.$client.query('SELECT settings FROM instance');
  expect(rows).toEqual([{ settings: {} }]);
});

test('a test Parley answers on its own port and leaves nothing behind', async () => {
  const parley = await startTestParley();
  expect((await fetch(`${parley.url}/no-such-page`)).status).toBe(404);
  await parley.close();
  await expect(fetch(parley.url)).rejects.toThrow();
});

test('a Parley process can be stopped in order, killed, and started again on the same data', async () => {
  const { dataDir, database } = await makeGround(onTestFinished);
  const options = { dataDir, env: { DATABASE_URL: database.url.url } };

  const first = await startParleyProcess(options);
  expect((await fetch(`${first.url}/no-such-page`)).status).toBe(404);
  expect(await first.stop('SIGTERM')).toEqual({ code: 0, signal: null });

  const second = await startParleyProcess(options);
  await second.kill();
  await expect(fetch(second.url)).rejects.toThrow();
});
