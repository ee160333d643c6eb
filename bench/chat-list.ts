/** A page of the chat list must cost the same however many chats there are, and however far down it is. */
import type { Database } from '#platform/database/database.ts';
import { guest, type Person } from '../test/harness/accounts.ts';
import { get, printTimings, timeInTurns, withParley } from './bench.ts';

await withParley(async ({ url, services }) => {
  const [few, many] = [await guest(url), await guest(url)];
  await makeChats(services.db, few, 100);
  await makeChats(services.db, many, 10_000);
  const list = `${url}/api/v1/chats?limit=50`;
  const page = (person: Person, more = '') => get(`${list}${more}`, { cookie: person.cookie });

  let deep = '';
  for (let pages = 0; pages < 190; pages++)
    deep = `&cursor=${(JSON.parse(await page(many, deep)) as { nextCursor: string }).nextCursor}`;
  const timings = await timeInTurns({
    '100 chats': () => page(few),
    '10,000 chats': () => page(many),
    '10,000 chats, page 191': () => page(many, deep),
    '100 chats, with a tag': () => page(few, '&tag=even'),
    '10,000 chats, with a tag': () => page(many, '&tag=even'),
    '10,000 chats, with metadata': () => page(many, '&metadata=%7B%22wave%22%3A3%7D'),
    '10,000 chats, with metadata that none has': () => page(many, '&metadata=%7B%22wave%22%3A-1%7D'),
    '10,000 chats, pinned': () => page(many, '&pinned=true'),
    '10,000 chats, words in none of them': () => page(many, '&q=nowhere'),
  });
  printTimings('A page of 50 chats', timings);
});

async function makeChats(db: Database, { userId }: Person, count: number): Promise<void> {
  await db.$client.query(
    `INSERT INTO chats (id, user_id, title, description, tags, metadata, active_at)
     SELECT gen_random_uuid(), $1, 'Chat ' || n, repeat('what it is about ', 5),
            CASE WHEN n % 2 = 0 THEN '{even}'::text[] ELSE '{}' END, jsonb_build_object('wave', n % 5), now() - n * interval '1 minute'
       FROM generate_series(1, $2) n`,
    [userId, count],
  );
}
