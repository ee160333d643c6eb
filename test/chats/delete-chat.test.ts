import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { purgeDeletedChats } from '#features/chats/server/index.ts';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { guest } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { eventually, follow, readStream, send, streamedText } from '../harness/streams.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services, { slots: 1 });
});
afterAll(() => parley.close());

test('deleting a chat stops what runs and what waits in it; the text so far comes back with it', async () => {
  const person = await guest(parley.url);
  const running = await send(person, '/script tokens=5000 rate=100');
  const path = `/api/v1/chats/${running.chat.id}`;
  const sent = await person.fetch(`${path}/messages`, { method: 'POST', json: { content: 'And this?' } });
  const waiting = (await sent.json()) as { generation: { id: string; state: string } };
  expect(waiting.generation.state).toBe('queued');
  const stream = readStream(await follow(person, running.generation.id, `${running.generation.id}:0`));
  await eventually(
    async () => (await person.fetch(`/api/v1/generations/${running.generation.id}`)).json(),
    (generation) => (generation as { firstTokenAt: unknown }).firstTokenAt !== null,
  );

  expect((await person.fetch(path, { method: 'DELETE' })).status).toBe(204);
  for (const { id } of [running.generation, waiting.generation]) {
    const { rows } = await parley.services.db.$client.query('SELECT state FROM generations WHERE id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ state: 'cancelled' }]);
  }
  const events = await stream;
  expect(events.at(-1)).toMatchObject({ type: 'message_end', data: { state: 'cancelled' } });
  expect((await person.fetch(`${path}/messages`, { method: 'POST', json: { content: 'x' } })).status).toBe(
    404,
  );

  expect((await person.fetch(`${path}/restore`, { method: 'POST' })).status).toBe(200);
  const { items } = (await (await person.fetch(`${path}/messages`)).json()) as {
    items: { id: string; content: { text: string }[] }[];
  };
  const reply = items.find((message) => message.id === running.reply.id)!;
  expect(reply.content.map((part) => part.text).join('')).toBe(streamedText(events));
  expect(streamedText(events)).not.toBe('');
});

test('what was generated in a deleted chat is not there either, over any channel, until it is restored', async () => {
  const person = await guest(parley.url);
  const { chat, generation } = await send(person, '/script text="secret words" rate=0');
  const one = `/api/v1/generations/${generation.id}`;
  await readStream(await follow(person, generation.id));
  const running = await send(person, '/script tokens=50 stall=3 rate=0');
  const live = openSocket('/api/v1/live', person.cookie);
  const own = openSocket(`/api/v1/chats/${running.chat.id}/stream`, person.cookie);
  const stream = readStream(await follow(person, running.generation.id));
  await own.opened;
  for (const { id } of [chat, running.chat]) await person.fetch(`/api/v1/chats/${id}`, { method: 'DELETE' });
  await Promise.all([stream, own.closed]);

  for (const [path, method] of [
    [one, 'GET'],
    [`${one}/events`, 'GET'],
    [`${one}/cancel`, 'POST'],
    [`${one}/retry`, 'POST'],
  ])
    expect([path, (await person.fetch(path!, { method: method! })).status]).toEqual([path, 404]);
  await live.opened;
  live.socket.send(JSON.stringify({ type: 'subscribe', payload: { generationId: generation.id, ref: 'r' } }));
  const answer = await eventually(
    async () => live.frames.find((frame) => frame.includes('"rejected"')) ?? '',
    (frame) => frame !== '',
  );
  expect(JSON.parse(answer).payload).toMatchObject({ ref: 'r', error: { code: 'not_found' } });
  expect(live.frames.join('')).not.toContain('secret');
  live.socket.close();

  await person.fetch(`/api/v1/chats/${chat.id}/restore`, { method: 'POST' });
  expect((await person.fetch(one)).status).toBe(200);
  expect(streamedText(await readStream(await follow(person, generation.id, `${generation.id}:0`)))).toBe(
    'secret words',
  );
});

test('a stream that is open when its chat goes ends, also when what writes does not hear of it', async () => {
  const person = await guest(parley.url);
  const { chat, generation } = await send(person, '/script tokens=50 stall=3 rate=0');
  const stream = readStream(await follow(person, generation.id));
  await parley.services.db.$client.query('UPDATE chats SET deleted_at = now() WHERE id = $1', [chat.id]);
  const startedAt = performance.now();
  await stream;
  expect(performance.now() - startedAt).toBeLessThan(2500);
  await stop(parley.services, generation.id);
});

test('taking one message away never takes what was said after it; a chat that is removed for good takes all of it', async () => {
  const person = await guest(parley.url);
  const { chat, message, reply, generation } = await send(person, '/script tokens=3 rate=500');
  await eventually(
    async () => (await person.fetch(`/api/v1/generations/${generation.id}`)).json(),
    (row) => (row as { finishedAt: unknown }).finishedAt !== null,
  );
  const db = parley.services.db.$client;
  const left = async () =>
    (await db.query('SELECT id FROM messages WHERE chat_id = $1 ORDER BY ordinal', [chat.id])).rows.map(
      ({ id }) => id,
    );
  await expect(db.query('DELETE FROM messages WHERE id = $1', [message.id])).rejects.toThrow(/parent_id/);
  expect(await left()).toEqual([message.id, reply.id]);

  await person.fetch(`/api/v1/chats/${chat.id}`, { method: 'DELETE' });
  await db.query(`UPDATE chats SET deleted_at = now() - interval '25 hours' WHERE id = $1`, [chat.id]);
  await purgeDeletedChats(parley.services);
  // The server does it as well, once an hour, and may be at it just now.
  await eventually(left, (ids) => ids.length === 0);
});

function openSocket(path: string, cookie: string) {
  const socket = new WebSocket(parley.url.replace('http', 'ws') + path, { headers: { cookie } });
  const frames: string[] = [];
  socket.on('message', (data) => frames.push(String(data)));
  return {
    socket,
    frames,
    opened: new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject)),
    closed: new Promise<number>((resolve) => socket.once('close', resolve)),
  };
}
