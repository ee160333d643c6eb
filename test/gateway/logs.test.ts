/** One generation can be followed through the logs, from the request that asked for it to its end. */
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin } from '#test/harness/accounts.ts';
import { makeKey, makeProcess } from '#test/harness/make.ts';
import { eventually, send } from '#test/harness/streams.ts';

type Line = Record<string, unknown>;

test('a send leaves its request, chat and generation in the log, over every channel, and none of its words', async () => {
  const { parley } = await makeProcess(onTestFinished, { LOG_LEVEL: 'info' });
  const ada = await admin(parley.url);
  const key = await makeKey(ada);
  await ada.fetch('/api/v1/admin/endpoints', {
    method: 'POST',
    json: { name: 'test', kind: 'scripted', apiKey: 'endpoint-key-canary' },
  });

  const overHttp = await send(ada, 'words-canary', { modelId: 'test/echo' });
  const socket = new WebSocket(
    `${parley.url.replace('http', 'ws')}/api/v1/chats/${overHttp.chat.id}/stream`,
    {
      headers: { cookie: ada.cookie },
    },
  );
  onTestFinished(() => socket.terminate());
  await new Promise((resolve) => socket.once('open', resolve));
  const saved = new Promise<{ generation: { id: string } }>((resolve) => {
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'user_message_saved' && payload.ref === 'mine') resolve(payload);
    });
  });
  socket.send(
    JSON.stringify({
      type: 'message',
      payload: { content: 'words-canary', modelId: 'test/echo', ref: 'mine' },
    }),
  );
  const overSocket = await saved;
  const asked = await fetch(`${parley.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'test/echo', messages: [{ role: 'user', content: 'words-canary' }] }),
  });
  expect(await asked.text()).toContain('words-canary');

  const lines = (): Line[] =>
    parley
      .output()
      .stderr.split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  const find = (fields: Line) =>
    lines().find((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
  for (const [generationId, chatId] of [
    [overHttp.generation.id, overHttp.chat.id],
    [overSocket.generation.id, overHttp.chat.id],
    [asked.headers.get('x-parley-generation-id')!, null],
  ]) {
    const queued = find({ msg: 'a generation was queued', generationId, chatId });
    expect(queued).toMatchObject({ reqId: expect.any(String), model: 'test/echo' });
    const ended = await eventually(
      async () => find({ msg: 'a generation ended', generationId, chatId }),
      Boolean,
    );
    expect(ended).toMatchObject({ state: 'completed', durationMs: expect.any(Number) });
    // A socket's request ends with the socket.
    if (generationId === overSocket.generation.id) continue;
    const request = await eventually(async () => find({ msg: 'request', reqId: queued!.reqId }), Boolean);
    expect(request).toMatchObject({ userId: ada.userId, ms: expect.any(Number) });
  }
  expect(asked.headers.get('x-request-id')).toBe(find({ route: '/v1/chat/completions' })!.reqId);
  for (const secret of ['words-canary', 'endpoint-key-canary', key])
    expect(parley.output().stderr).not.toContain(secret);
});
