import { expect, it, onTestFinished } from 'vitest';
import { admin } from './harness/accounts.ts';
import { QUICK_CLOCK } from './harness/clock.ts';
import { makeGround } from './harness/make.ts';
import { startParleyProcess } from './harness/process.ts';
import { eventually, send } from './harness/streams.ts';
import { addUpstream } from './harness/upstream-endpoint.ts';
import { startUpstream } from './upstream/start-upstream.ts';

it('a message that ends whatever process answers it is not tried for ever', async () => {
  const { dataDir, database } = await makeGround(onTestFinished);
  const upstream = await startUpstream();
  onTestFinished(() => upstream.close());
  const start = () =>
    startParleyProcess({ dataDir, clock: QUICK_CLOCK, env: { DATABASE_URL: database.url.url } });
  let parley = await start();
  onTestFinished(() => parley.kill());
  const ada = await admin(parley.url);
  await addUpstream(ada, upstream);
  upstream.behave({ hang: 'headers' });
  const { generation } = await send(ada, 'Poison', { modelId: 'upstream/normal' });
  const stateOf = async () => {
    const { rows } = await database.db.$client.query('SELECT state FROM generations WHERE id = $1', [
      generation.id,
    ]);
    return rows[0].state as string;
  };
  let killed = 0;
  const dies = async () => {
    await eventually(
      async () => upstream.requests.length > killed || (await stateOf()) === 'interrupted',
      Boolean,
    );
    if (upstream.requests.length === killed) return false;
    killed += 1;
    await parley.kill();
    parley = await start();
    return true;
  };
  while (killed < 10 && (await dies()));
  expect(killed).toBe(2);
  expect(await stateOf()).toBe('interrupted');
});
