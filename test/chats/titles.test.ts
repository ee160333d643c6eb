/** Titles that a model makes: where they are asked for, for which chats, and that each is made once. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { messagesOf } from '../harness/stored.ts';
import { eventually, send } from '../harness/streams.ts';
import {
  ANSWERER,
  ASKED,
  begin,
  behave,
  chatOf,
  ended,
  MADE,
  makeTitleRoom,
  makeTitles,
  sayMore,
  TITLER,
  titled,
  titleRequests,
  titleRows,
  titlesEnded,
} from './titles-people.ts';

const room = makeTitleRoom();

describe('the setting', () => {
  it('is off until an admin picks a model, and nobody else sees or picks one', async () => {
    const settings = async () => (await (await room.boss.fetch('/api/v1/admin/settings')).json()) as object;
    await room.boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { titles: null } });
    expect(await settings()).toMatchObject({ titles: 'off' });
    const sent = await begin(room.ada);
    await ended(room.ada, sent);
    expect(await room.followUps()).toBe(0);
    expect(await titleRows(room.ada)).toEqual([]);
    await makeTitles(room.boss);
    expect(await settings()).toMatchObject({ titles: { modelId: TITLER } });
    for (const [method, json] of [['GET'], ['PATCH', { titles: 'off' }]] as const)
      expect((await room.ada.fetch('/api/v1/admin/settings', { method, ...(json && { json }) })).status).toBe(
        403,
      );
    // A chat that was begun before keeps the title it is known by.
    await ended(room.ada, await sayMore(room.ada, sent.chat.id));
    expect(await room.followUps()).toBe(0);
    expect(await chatOf(room.ada, sent.chat.id)).toMatchObject({ title: ASKED });
  });

  it('refuses a model that is not there, and what is no setting', async () => {
    for (const titles of [
      { modelId: 'upstream/none' },
      { modelId: '' },
      {},
      'on',
      { modelId: TITLER, more: 1 },
    ]) {
      const response = await room.boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { titles } });
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: { field: string } }).error.field).toMatch(/^titles/);
    }
  });
});

describe('a chat that nobody has named', () => {
  it('is named by the model after its first complete reply, once, and everybody is told', async () => {
    const socket = new WebSocket(`${room.parley.url.replace('http', 'ws')}/api/v1/live`, {
      headers: { cookie: room.ada.cookie, origin: room.parley.url },
    });
    const saved: string[] = [];
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      if (frame.type === 'chat_saved') saved.push(frame.payload.chat.title);
    });
    await once(socket, 'open');
    const sent = await begin(room.ada);
    expect(sent.chat.title).toBe(ASKED);
    const before = await chatOf(room.ada, sent.chat.id);
    const after = await titled(room.ada, sent.chat.id);
    await eventually(
      async () => saved,
      (titles) => titles.includes(MADE),
    );
    socket.close();
    // It does not move in the list, and says nothing that was not said.
    expect(after.activeAt).toBe(before.activeAt);
    expect(await messagesOf(room.ada, sent.chat.id)).toHaveLength(2);
    await ended(room.ada, await sayMore(room.ada, sent.chat.id));
    await room.allFollowed();
    expect(titleRequests(room.upstream)).toHaveLength(1);
    expect(await chatOf(room.ada, sent.chat.id)).toMatchObject({ title: MADE });
  });

  it('is on the account of who wrote there, in the ledger as what it is', async () => {
    await titled(room.ada, (await begin(room.ada)).chat.id);
    expect(await titlesEnded(room.ada)).toEqual([
      expect.objectContaining({
        client: 'titles',
        class: 'background',
        state: 'completed',
        model: TITLER,
        chatId: null,
        messageId: null,
      }),
    ]);
    const { rows } = await room.parley.services.db.$client.query(
      `SELECT input FROM generations WHERE client = 'titles' AND user_id = $1`,
      [room.ada.userId],
    );
    expect(rows).toEqual([{ input: null }]);
  });

  it('is told to the model by its first message and the answer, each line marked as somebody’s words', async () => {
    const { chat } = await send(room.ada, 'Почему небо голубое?\n/upstream {"tokens":2}', {
      modelId: ANSWERER,
    });
    expect(chat.title).toBe('Почему небо голубое?');
    await titled(room.ada, chat.id);
    const [request] = titleRequests(room.upstream);
    expect(request!.prompt).toContain('Message:\n| Почему небо голубое?\n| /upstream {"tokens":2}\n');
    expect(request!.prompt).toContain('Answer:\n| w0 w1 ');
    expect(request!.body).toMatchObject({ max_tokens: 512 });
  });

  it('is named by what it says in the next reply, where the first did not complete', async () => {
    room.upstream.behave(({ model }) => (model === 'titler' ? { pieces: [MADE] } : { status: 400 }));
    const sent = await begin(room.ada);
    expect((await ended(room.ada, sent)).state).toBe('failed');
    await room.allFollowed();
    expect(titleRequests(room.upstream)).toEqual([]);
    behave(room.upstream);
    await sayMore(room.ada, sent.chat.id);
    await titled(room.ada, sent.chat.id);
  });

  it('is named once where several models answer', async () => {
    const sent = (await (
      await room.ada.fetch('/api/v1/messages', {
        method: 'POST',
        json: { message: { content: ASKED, modelIds: [ANSWERER, TITLER] } },
      })
    ).json()) as { chat: { id: string } };
    await eventually(
      () => chatOf(room.ada, sent.chat.id),
      ({ title }) => title === MADE,
    );
    await room.allFollowed();
    expect(await titleRows(room.ada)).toHaveLength(1);
  });

  it('leaves no trace of it in an export', async () => {
    const { chat } = await begin(room.ada);
    await titled(room.ada, chat.id);
    const record = await (await room.ada.fetch(`/api/v1/chats/${chat.id}/export?format=json`)).text();
    expect(record).toContain(MADE);
    expect(record).not.toMatch(/titl(?:er|ing|eOf)|You name conversations/);
    expect((JSON.parse(record) as { messages: unknown[] }).messages).toHaveLength(2);
  });
});
