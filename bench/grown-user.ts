/** Somebody with 50,000 chats and 175,000 replies must be served as on the first day. */

import { sumUpUsage } from '#features/usage/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import { signUp } from '../test/harness/accounts.ts';
import { readStream, sendStreaming } from '../test/harness/streams.ts';
import { get, printTimings, timeInTurns, withParley } from './bench.ts';

await withParley(async ({ url, services }) => {
  const [fresh, grown] = [await signUp(url), await signUp(url)];
  await services.db.$client.query('UPDATE users SET max_chats = 1000000');
  await grow(services.db, grown.userId);
  await sumUpUsage(services);
  await services.db.$client.query('VACUUM ANALYZE');
  const asks = (name: string, { cookie }: { cookie: string }) => ({
    [`${name}: usage`]: () => get(`${url}/api/v1/usage?days=90`, { cookie }),
    [`${name}: words in no chat`]: () => get(`${url}/api/v1/chats?q=nowhere`, { cookie }),
    [`${name}: words in all chats`]: () => get(`${url}/api/v1/chats?q=about`, { cookie }),
    [`${name}: who am I`]: () => get(`${url}/api/v1/me`, { cookie }),
  });
  const firstWords = (person: typeof fresh) => async () => {
    await readStream(
      await sendStreaming(person, '/script tokens=1 rate=0'),
      (event) => event.type === 'content_delta',
    );
  };
  const timings = await timeInTurns({
    'fresh: new chat to first words': firstWords(fresh),
    'grown: new chat to first words': firstWords(grown),
    ...asks('fresh', fresh),
    ...asks('grown', grown),
  });
  printTimings('Somebody with 50,000 chats and 175,000 replies', timings);
});

async function grow(db: Database, userId: string): Promise<void> {
  await db.$client.query(
    `INSERT INTO chats (id, user_id, title, description, tags, active_at)
     SELECT gen_random_uuid(), $1, 'Chat ' || n, repeat('what it is about ', 5), '{study}', now() - n * interval '1 minute'
     FROM generate_series(1, 50000) n`,
    [userId],
  );
  await db.$client.query(
    `INSERT INTO generations (id, user_id, model_name, model_id, state, queued_at, started_at, finished_at, input_tokens,
       output_tokens, duration_ms, events_kept)
     SELECT gen_random_uuid(), $1, 'demo', 'scripted/demo', 'completed', at, at + interval '1 second', at + interval '9 seconds',
       n % 900, n % 400, 8000, false
     FROM generate_series(1, 175000) n, LATERAL (SELECT now() - n * interval '30 seconds' AS at) t`,
    [userId],
  );
}
