/** How often somebody may change something, over every channel and every process. */
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin, type Person, personWith, signUp } from '#test/harness/accounts.ts';
import { startTestParley } from '#test/harness/parley.ts';

const rename = (person: Person) => person.fetch('/api/v1/me', { method: 'PATCH', json: { name: 'Ada' } });

/** How many of `count` renamings were accepted, some at a time. */
async function accepted(person: Person, count: number): Promise<{ done: number; refused: Response[] }> {
  const refused: Response[] = [];
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const answer = await rename(person);
      if (answer.status === 429) refused.push(answer);
      else await answer.body?.cancel();
    }
  };
  await Promise.all(Array.from({ length: 20 }, work));
  return { done: count - refused.length, refused };
}

test('six hundred changes a minute are accepted, over two processes and a socket, and reading goes on', async () => {
  const parley = await startTestParley({ rateLimits: true });
  onTestFinished(() => parley.close());
  const second = await startTestParley(
    { rateLimits: true, roles: new Set(['web']) },
    { database: parley.database, dataDir: parley.services.config.dataDir },
  );
  onTestFinished(() => second.close());
  const boss = await admin(parley.url);
  const person = await signUp(parley.url);
  const elsewhere = personWith(second.url, person);

  const there = await accepted(elsewhere, 110);
  expect(there.done).toBe(110);
  const here = await accepted(person, 520);
  // What the other process was allotted and has not spent is lost to this minute.
  expect(here.done).toBe(480);
  const refused = here.refused[0]!;
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    error: { code: 'rate_limited', reason: 'writes_per_minute', params: { limit: 600 } },
  });
  expect((await person.fetch('/api/v1/chats')).status).toBe(200);
  expect((await rename(boss)).status).toBe(200);

  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: person.cookie },
  });
  onTestFinished(() => socket.terminate());
  const rejected = new Promise((resolve) => {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      if (frame.type === 'rejected') resolve(frame.payload.error);
    });
  });
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'cancel', payload: { generationId: crypto.randomUUID() } })),
  );
  expect(await rejected).toMatchObject({ code: 'rate_limited' });
});
