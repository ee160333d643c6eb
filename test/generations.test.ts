import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '#features/messages/rules.ts';
import { admin, guest, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { makeQuiet } from './harness/make.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { generationOf, messagesOf } from './harness/stored.ts';
import { eventually, follow, readStream, send, sendStreaming, streamedText } from './harness/streams.ts';

let parley: TestParley;
let ada: Person;

beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services, { slots: 2 });
  ada = await admin(parley.url);
});
afterAll(() => parley.close());
/** No test leaves the next one waiting behind it. */
afterEach(() => makeQuiet(parley));

describe('a message that is sent', () => {
  it('streams its reply with contiguous numbers, one end, and stores exactly the streamed text', async () => {
    const events = await readStream(await sendStreaming(ada, '/script tokens=60 rate=500'));
    const logged = events.filter((event) => event.id);
    expect(logged.map((event) => Number(event.id!.split(':')[1]))).toEqual(
      logged.map((_, index) => index + 1),
    );
    expect(logged[0]!.type).toBe('message_start');
    expect(logged.at(-1)!.type).toBe('message_end');
    expect(logged.at(-1)!.data).toMatchObject({ state: 'completed', metadata: { model: 'test/demo' } });
    const saved = events[0]!;
    expect(saved.type).toBe('user_message_saved');
    const { chatId } = saved.data.message as { chatId: string };
    const stored = await messagesOf(ada, chatId);
    expect(stored).toHaveLength(2);
    expect(textOf(stored[1]!.content)).toBe(streamedText(events));
    expect(streamedText(events).length).toBeGreaterThan(20);
  });

  it('is accepted once, however often the same ids are posted', async () => {
    const body = {
      chat: { id: crypto.randomUUID() },
      message: { id: crypto.randomUUID(), replyId: crypto.randomUUID(), content: 'Only once' },
    };
    const post = () => ada.fetch('/api/v1/messages', { method: 'POST', json: body });
    const answers = await Promise.all([post(), post(), post()]);
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as {
      generation: { id: string };
    }[];
    expect(new Set(bodies.map((made) => made.generation.id)).size).toBe(1);
    const other = await ada.fetch('/api/v1/messages', {
      method: 'POST',
      json: { ...body, message: { ...body.message, content: 'Something else' } },
    });
    expect(other.status).toBe(409);
    const { rows } = await parley.services.db.$client.query('SELECT FROM messages WHERE chat_id = $1', [
      body.chat.id,
    ]);
    expect(rows).toHaveLength(2);
  });

  it('for an unknown model is refused by name and leaves nothing', async () => {
    const before = await parley.services.db.$client.query('SELECT count(*) FROM chats');
    const answer = await ada.fetch('/api/v1/messages', {
      method: 'POST',
      json: { message: { content: 'Hi', modelId: 'test/none' } },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_input', field: 'modelId' } });
    const after = await parley.services.db.$client.query('SELECT count(*) FROM chats');
    expect(after.rows).toEqual(before.rows);
  });

  it('is told 413 above 1 MiB of text and 400 when it is empty', async () => {
    const status = async (content: string) =>
      (await ada.fetch('/api/v1/messages', { method: 'POST', json: { message: { content } } })).status;
    expect(await status('ж'.repeat(512 * 1024 + 1))).toBe(413);
    expect(await status('   ')).toBe(400);
  });

  it('is told 413 above 10 MiB of body, also by clients that write all of it before they read', async () => {
    const content = 'x'.repeat(11 * 1024 * 1024);
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await ada.fetch('/api/v1/messages', { method: 'POST', json: { message: { content } } });
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ error: { code: 'too_large' } });
    }
  });
});

describe('a reader', () => {
  it('who comes after a load is not told that the model is still being loaded', async () => {
    const { generation: made } = await send(ada, '/script loading=400 ttft=1500 tokens=3 rate=0');
    const stage = async () => {
      const { rows } = await parley.services.db.$client.query<{ stage: string | null }>(
        'SELECT stage FROM generations WHERE id = $1',
        [made.id],
      );
      return rows[0]!.stage;
    };
    await eventually(stage, (now) => now === 'loading_model');
    await eventually(stage, (now) => now === 'thinking');
    const seen = await readStream(await follow(ada, made.id), (event) => event.type === 'queue_update');
    expect(seen.at(-1)).toMatchObject({ type: 'queue_update', data: { stage: 'thinking' } });
    expect(streamedText(await readStream(await follow(ada, made.id)))).not.toBe('');
  });

  it('gets the same text from every place it may stand at', async () => {
    const whole = await readStream(await sendStreaming(ada, '/script tokens=40 rate=400'));
    const text = streamedText(whole);
    const logged = whole.filter((event) => event.id);
    const [id] = logged[0]!.id!.split(':') as [string];
    for (const place of logged.keys()) {
      const rest = await readStream(await follow(ada, id, `${id}:${place}`));
      expect(rest.map((event) => event.id)).toEqual(logged.slice(place).map((event) => event.id));
      expect(streamedText(logged.slice(0, place)) + streamedText(rest)).toBe(text);
    }
    expect((await follow(ada, id, logged.at(-1)!.id)).status).toBe(204);
    for (const nowhere of [undefined, `${id}:9999`, `${crypto.randomUUID()}:1`, 'garbage']) {
      const [snapshot, end, ...more] = await readStream(await follow(ada, id, nowhere));
      expect(more).toEqual([]);
      expect(snapshot).toMatchObject({ type: 'message_snapshot', id: logged.at(-2)!.id });
      expect((snapshot!.data.content as { text: string }[]).map((part) => part.text).join('')).toBe(text);
      expect(end).toMatchObject({ type: 'message_end', id: logged.at(-1)!.id });
    }
  });

  it('that comes after the log is gone gets the text as a snapshot, and the end', async () => {
    const whole = await readStream(await sendStreaming(ada, '/script tokens=20 rate=500'));
    const last = whole.at(-1)!;
    const [id] = last.id!.split(':') as [string];
    await parley.services.db.$client.query('DELETE FROM generation_events WHERE generation_id = $1', [id]);
    await parley.services.db.$client.query('UPDATE generations SET events_kept = false WHERE id = $1', [id]);
    const events = await readStream(await follow(ada, id, `${id}:2`));
    expect(events.map((event) => event.type)).toEqual(['message_snapshot', 'message_end']);
    expect(events[1]).toEqual({ ...last, id: last.id });
    expect((events[0]!.data.content as { text: string }[])[0]!.text).toBe(streamedText(whole));
  });

  it('of a generation that is not theirs gets 404, whatever they ask', async () => {
    const { generation } = await send(ada, 'Private');
    const stranger = await guest(parley.url);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/events'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const)
      expect((await stranger.fetch(`/api/v1/generations/${generation.id}${path}`, { method })).status).toBe(
        404,
      );
  });
});

describe('stopping', () => {
  it('while it writes keeps the text and ends once, cancelled', async () => {
    const { generation: queued, chat } = await send(ada, '/script tokens=5000 rate=100');
    const events = readStream(await follow(ada, queued.id, `${queued.id}:0`));
    await eventually(
      () => storedEvents(queued.id),
      (count) => count > 3,
    );
    const answer = await ada.fetch(`/api/v1/generations/${queued.id}/cancel`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ state: 'cancelled' });
    const seen = await events;
    expect(seen.filter((event) => event.type === 'message_end')).toHaveLength(1);
    expect(seen.at(-1)!.data).toMatchObject({ state: 'cancelled' });
    const stored = await messagesOf(ada, chat.id);
    expect(streamedText(seen).length).toBeGreaterThan(0);
    expect(textOf(stored[1]!.content)).toBe(streamedText(seen));
    const again = await ada.fetch(`/api/v1/generations/${queued.id}/cancel`, { method: 'POST' });
    expect(await again.json()).toMatchObject({ state: 'cancelled' });
  });

  it('while it waits ends it without its ever starting, and the line moves up', async () => {
    const busy = await Promise.all([1, 2].map(() => send(ada, '/script tokens=5000 rate=100')));
    for (const { generation: one } of busy)
      await eventually(
        () => generationOf(ada, one.id),
        (row) => row.state === 'running',
      );
    const first = await send(ada, 'I wait');
    const second = await send(ada, 'I wait too');
    expect(first.generation).toMatchObject({ state: 'queued', position: 0, queueSize: 1 });
    expect(second.generation).toMatchObject({ state: 'queued', position: 1, queueSize: 2 });
    const updates = readStream(await follow(ada, second.generation.id), (event) => event.data.position === 0);
    const answer = await ada.fetch(`/api/v1/generations/${first.generation.id}/cancel`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ state: 'cancelled', startedAt: null });
    expect((await updates).at(-1)).toMatchObject({
      type: 'queue_update',
      data: { position: 0, queueSize: 1 },
    });
    const told = await readStream(await follow(ada, first.generation.id));
    expect(told.map((event) => event.type)).toEqual(['message_end']);
    for (const { generation: one } of [...busy, second])
      await ada.fetch(`/api/v1/generations/${one.id}/cancel`, { method: 'POST' });
  });
});

describe('a retry', () => {
  it('writes a sibling reply and leaves the stopped one as it is', async () => {
    const { generation: queued, chat, reply } = await send(ada, '/script tokens=30 rate=200 fail=mid');
    await eventually(
      () => generationOf(ada, queued.id),
      (row) => row.state === 'failed',
    );
    const answer = await ada.fetch(`/api/v1/generations/${queued.id}/retry`, { method: 'POST' });
    expect(answer.status).toBe(202);
    const made = (await answer.json()) as {
      reply: { id: string; parentId: string };
      generation: { id: string };
    };
    expect(made.reply.id).not.toBe(reply.id);
    await eventually(
      () => generationOf(ada, made.generation.id),
      (row) => row.finishedAt !== null,
    );
    const branch = await messagesOf(ada, chat.id);
    expect(branch).toHaveLength(2);
    expect(branch[1]!.ending?.state).toBeDefined();
  });

  it('of a completed reply is refused', async () => {
    const events = await readStream(await sendStreaming(ada, '/script tokens=5 rate=500'));
    const [id] = events.at(-1)!.id!.split(':') as [string];
    expect((await ada.fetch(`/api/v1/generations/${id}/retry`, { method: 'POST' })).status).toBe(409);
  });
});

const storedEvents = async (id: string): Promise<number> => {
  const { rows } = await parley.services.db.$client.query(
    'SELECT coalesce(max(last_seq), 0) AS last FROM generation_events WHERE generation_id = $1',
    [id],
  );
  return rows[0].last;
};
