/** One action on 10,000 chats must be quick, and what others do meanwhile must not wait for it. */
import { guest, type Person } from '../test/harness/accounts.ts';
import { get, quantile, withParley } from './bench.ts';

const CHATS = 10_000;
const ACTIONS: object[] = [
  { action: 'archive' },
  { action: 'restore' },
  { action: 'tag', tag: 'study 1' },
  { action: 'untag', tag: 'study 1' },
  { action: 'pin' },
  { action: 'unpin' },
  { action: 'move' },
  { action: 'delete' },
];

await withParley(async ({ url, services }) => {
  const [many, other] = [await guest(url), await guest(url)];
  const db = services.db.$client;
  await db.query('UPDATE users SET max_chats = 1000000');
  await db.query(
    `INSERT INTO chats (id, user_id, title, description, tags, metadata, active_at)
     SELECT gen_random_uuid(), $1, 'Chat ' || n, repeat('what it is about ', 5), ARRAY['a', 'b' || n % 50],
       jsonb_build_object('wave', n % 5), now() - n * interval '1 minute' FROM generate_series(1, $2) n`,
    [many.userId, CHATS],
  );
  const made = await many.fetch('/api/v1/projects', { method: 'POST', json: { name: 'P' } });
  const { id: projectId } = (await made.json()) as { id: string };
  const timed = async <T>(work: () => Promise<T>): Promise<[ms: number, value: T]> => {
    const from = performance.now();
    const value = await work();
    return [performance.now() - from, value];
  };
  const alone: number[] = [];
  for (let round = 0; round < 200; round++) alone.push((await timed(() => write(other)))[0]);
  const rows: Record<string, object> = {
    'nothing else': { 'others p95 ms': quantile(alone, 0.95).toFixed(1) },
  };
  for (const action of ACTIONS) {
    const name = (action as { action: string }).action;
    const body = { filter: { archived: 'all' }, ...action, ...(name === 'move' && { projectId }) };
    const [ms, done, others] = await beside(other, () => timed(() => post(many, '/api/v1/chats/bulk', body)));
    const [undoMs] = await timed(() => post(many, '/api/v1/undo', { undo: done.undo }));
    rows[name] = {
      chats: done.count,
      ms: ms.toFixed(0),
      'undo ms': undoMs.toFixed(0),
      'others p95 ms': quantile(others, 0.95).toFixed(1),
    };
    // What comes next begins with what the action has made.
    if (['archive', 'tag', 'pin'].includes(name)) await post(many, '/api/v1/chats/bulk', body);
  }
  const tags = await timed(() => get(`${url}/api/v1/tags`, { cookie: many.cookie }));
  rows['list tags'] = { ms: tags[0].toFixed(0) };
  console.table(rows);
});

async function post(person: Person, path: string, json: object): Promise<{ count: number; undo: string }> {
  const answer = await person.fetch(path, { method: 'POST', json });
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as { count: number; undo: string };
}

/** What a write of somebody else takes: a chat is made. */
async function write(person: Person): Promise<void> {
  await (await person.fetch('/api/v1/chats', { method: 'POST', json: {} })).arrayBuffer();
}

/** Runs `work` while somebody else writes; returns how long each of their writes took as well. */
async function beside<A, B>(other: Person, work: () => Promise<[A, B]>): Promise<[A, B, number[]]> {
  let done = false;
  const running = work().finally(() => {
    done = true;
  });
  const others: number[] = [];
  while (!done) {
    const from = performance.now();
    await write(other);
    others.push(performance.now() - from);
  }
  const [a, b] = await running;
  return [a, b, others];
}
