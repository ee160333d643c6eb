/** Titles that stay as they are: what a person wrote, whenever they did, and where a model makes none. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../harness/streams.ts';
import {
  ANSWERER,
  ASKED,
  begin,
  behave,
  chatOf,
  ended,
  makeTitleRoom,
  makeTitles,
  sayMore,
  titleRequests,
  titlesEnded,
} from './titles-people.ts';

const room = makeTitleRoom();

describe('a title that a person wrote stays', () => {
  it('given with the chat', async () => {
    const created = await room.ada.fetch('/api/v1/messages', {
      method: 'POST',
      json: { chat: { title: 'Mine' }, message: { content: ASKED, modelId: ANSWERER } },
    });
    const sent = (await created.json()) as { chat: { id: string }; generation: { id: string } };
    await ended(room.ada, sent);
    await room.allFollowed();
    expect(await chatOf(room.ada, sent.chat.id)).toMatchObject({ title: 'Mine' });
    expect(titleRequests(room.upstream)).toEqual([]);
  });

  it.each(['Mine', ASKED])('written before the reply has ended (%s)', async (title) => {
    await room.atEndpoint('pause');
    const sent = await begin(room.ada);
    expect((await room.patch(room.ada, sent.chat.id, { title })).status).toBe(200);
    await room.atEndpoint('resume');
    await ended(room.ada, sent);
    await room.allFollowed();
    expect(await chatOf(room.ada, sent.chat.id)).toMatchObject({ title });
    expect(titleRequests(room.upstream)).toEqual([]);
  });

  it.each(['Mine', ASKED])('written while the model makes one (%s)', async (title) => {
    behave(room.upstream, { ttft: 700 });
    const { chat } = await begin(room.ada);
    await room.askedForTitle();
    expect((await room.patch(room.ada, chat.id, { title })).status).toBe(200);
    await titlesEnded(room.ada);
    await room.allFollowed();
    expect(await chatOf(room.ada, chat.id)).toMatchObject({ title });
  });

  it('brought in', async () => {
    const record = { schema: 'parley.chat/1', id: randomUUID(), title: 'Theirs', messages: [] };
    const made = await room.ada.fetch('/api/v1/chats/import', { method: 'POST', json: record });
    expect(made.status).toBe(200);
    const { items } = (await made.json()) as { items: { chatId: string; result: string }[] };
    expect(items[0]!.result).toBe('added');
    await ended(room.ada, await sayMore(room.ada, items[0]!.chatId));
    await room.allFollowed();
    expect(await chatOf(room.ada, items[0]!.chatId)).toMatchObject({ title: 'Theirs' });
  });
});

describe('a chat keeps its first words', () => {
  it('where it is temporary', async () => {
    const created = await room.ada.fetch('/api/v1/messages', {
      method: 'POST',
      json: { chat: { temporary: true }, message: { content: ASKED, modelId: ANSWERER } },
    });
    const sent = (await created.json()) as { chat: { id: string }; generation: { id: string } };
    await ended(room.ada, sent);
    await room.allFollowed();
    expect(await chatOf(room.ada, sent.chat.id)).toMatchObject({ title: ASKED, temporary: true });
    expect(titleRequests(room.upstream)).toEqual([]);
  });

  it.each([
    ['fails', { status: 400 }],
    ['breaks off', { tokens: 40, rate: 0, cut: 'mid' }],
    ['says nothing of use', { pieces: ['<think>A title for', ' this'] }],
  ] as const)('for good where the model %s', async (_how, behaviour) => {
    behave(room.upstream, behaviour as object);
    const { chat } = await begin(room.ada);
    await titlesEnded(room.ada);
    await room.allFollowed();
    expect(await chatOf(room.ada, chat.id)).toMatchObject({ title: ASKED });
    const asked = titleRequests(room.upstream).length;
    behave(room.upstream);
    await ended(room.ada, await sayMore(room.ada, chat.id));
    await room.allFollowed();
    expect(await chatOf(room.ada, chat.id)).toMatchObject({ title: ASKED });
    expect(titleRequests(room.upstream)).toHaveLength(asked);
  });

  it('where the setting is taken back meanwhile, the room.endpoint takes nothing new, or its person has no tokens left', async () => {
    const waiting = async (change: () => Promise<unknown>, back: () => Promise<unknown>) => {
      await room.atEndpoint('pause');
      const sent = await begin(room.ada);
      await change();
      await room.parley.services.db.$client.query('UPDATE endpoints SET paused_at = NULL WHERE id = $1', [
        room.endpoint,
      ]);
      room.parley.parley.services.bus.publish('queue', { type: 'enqueued', endpointId: room.endpoint });
      await ended(room.ada, sent);
      await room.allFollowed();
      await back();
      expect(await chatOf(room.ada, sent.chat.id)).toMatchObject({ title: ASKED });
    };
    const limit = (tokensPerDay: number | null) =>
      room.boss.fetch(`/api/v1/admin/users/${room.ada.userId}`, { method: 'PATCH', json: { tokensPerDay } });
    await waiting(
      () => makeTitles(room.boss, 'off'),
      () => makeTitles(room.boss),
    );
    await waiting(
      () => room.atEndpoint('drain'),
      () => room.atEndpoint('resume'),
    );
    await waiting(
      () => limit(1),
      () => limit(null),
    );
    expect(titleRequests(room.upstream)).toEqual([]);
  });

  it('where it is deleted while a title waits for it, which is stopped', async () => {
    behave(room.upstream, { hang: 'first' });
    const { chat } = await begin(room.ada);
    await room.askedForTitle();
    expect((await room.ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await titlesEnded(room.ada)).toMatchObject([{ state: 'cancelled' }]);
    await eventually(
      async () => titleRequests(room.upstream)[0]!.closedAt,
      (at) => at !== null,
    );
    await room.allFollowed();
    await room.ada.fetch(`/api/v1/chats/${chat.id}/restore`, { method: 'POST' });
    expect(await chatOf(room.ada, chat.id)).toMatchObject({ title: ASKED });
  });
});
