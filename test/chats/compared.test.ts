/** What the messages of a chat say of replies that several models wrote to be compared. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Chat } from '#features/chats/chats.ts';
import type { Generation } from '#features/generations/generations.ts';
import type { Message } from '#features/messages/messages.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { generationWhen, messagesOf } from '#test/harness/stored.ts';
import { eventually } from '#test/harness/streams.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services, { name: 'test', slots: 8, models: ['demo', 'echo', 'fast'] });
  ada = await admin(parley.url);
});
afterAll(() => parley.close());
afterEach(() => makeQuiet(parley));

const modelIds = ['test/demo', 'test/echo', 'test/fast'];
type Several = { chat: Chat; message: Message; replies: { reply: Message; generation: Generation }[] };

const ask = async (method: string, path: string, json?: object, person = ada) => {
  const answer = await person.fetch(`/api/v1${path}`, { method, ...(json && { json }) });
  const text = await answer.text();
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as any };
};

/** A first message that three models have answered; the ids of the replies, in the order of the models. */
async function compare(chat = {}) {
  const message = { content: '/script tokens=3 rate=0', modelIds };
  const {
    chat: made,
    message: question,
    replies,
  } = (await ask('POST', '/messages', { chat, message })).body as Several;
  for (const { generation } of replies) await generationWhen(ada, generation.id);
  return { chatId: made.id, question: question.id, ids: replies.map(({ reply }) => reply.id), replies };
}

const prefer = (question: string, json: object, person = ada) =>
  ask('POST', `/messages/${question}/prefer`, json, person);
const comparedOf = async (id: string, person = ada) =>
  (await ask('GET', `/messages/${id}`, undefined, person)).body.compared;

test('each of them names all in the order of the models, in the answer, on the branch and by itself', async () => {
  const { chatId, question, ids, replies } = await compare();
  const compared = { ids, preference: null };
  expect(replies.map(({ reply }) => reply.compared)).toEqual([compared, compared, compared]);
  const branch = await messagesOf(ada, chatId);
  expect(branch.map((message) => [message.id, message.compared])).toEqual([
    [question, undefined],
    [ids[0], compared],
  ]);
  for (const id of ids) expect(await comparedOf(id)).toEqual(compared);
});

test('what is made otherwise is in no comparison: another answer, a rewritten one, a fork, a lone survivor', async () => {
  const { chatId, question, ids } = await compare();
  const again = await ask('POST', `/messages/${question}/replies`);
  await generationWhen(ada, again.body.generation.id);
  expect(again.body.reply.siblings.count).toBe(4);
  expect(again.body.reply.compared).toBeUndefined();
  const edited = await ask('POST', `/messages/${ids[1]}/edit`, { content: 'Better so.' });
  expect(edited.body.compared).toBeUndefined();
  // Those that were compared still are, and only they.
  expect((await comparedOf(ids[1]!)).ids).toEqual(ids);
  await ask('PATCH', `/chats/${chatId}`, { leafMessageId: ids[0] });
  const fork = await ask('POST', `/messages/${ids[0]}/fork`);
  expect((await messagesOf(ada, fork.body.id)).map(({ compared }) => compared)).toEqual([
    undefined,
    undefined,
  ]);
  await ask('DELETE', `/messages/${ids[0]}`);
  expect((await comparedOf(ids[2]!)).ids).toEqual(ids.slice(1));
  await ask('DELETE', `/messages/${ids[1]}`);
  expect(await comparedOf(ids[2]!)).toBeUndefined();
  await ask('POST', `/messages/${ids[0]}/restore`);
  expect((await comparedOf(ids[2]!)).ids).toEqual([ids[0], ids[2]]);
});

test('says what the asker said last, and saying it again with a reason is one record', async () => {
  const { chatId, question, ids } = await compare();
  const over = [ids[0], ids[2]];
  const first = await prefer(question, { chosen: ids[1], over, verdict: 'better' });
  const why = { chosen: ids[1], over: over.toReversed(), verdict: 'better', reason: 'Shorter.' };
  const second = await prefer(question, why);
  expect([second.status, second.body.id]).toEqual([201, first.body.id]);
  const preference = { chosen: ids[1], verdict: 'better', reason: 'Shorter.' };
  expect((await messagesOf(ada, chatId)).at(-1)).toMatchObject({ id: ids[1], compared: { ids, preference } });
  const tie = await prefer(question, { over: ids, verdict: 'tie' });
  expect(tie.body.id).not.toBe(first.body.id);
  expect((await comparedOf(ids[0]!)).preference).toEqual({ chosen: null, verdict: 'tie', reason: '' });
  const { rows } = await parley.services.db.$client.query(
    'SELECT verdict, reason, cardinality(over) AS over FROM preferences WHERE chat_id = $1 ORDER BY created_at',
    [chatId],
  );
  expect(rows).toEqual([
    { verdict: 'better', reason: 'Shorter.', over: 2 },
    { verdict: 'tie', reason: '', over: 3 },
  ]);
});

test('in a shared chat everybody sees the comparison and their own judgement, and who only reads may not judge', async () => {
  const [editor, viewer] = await Promise.all([signUp(parley.url), signUp(parley.url)]);
  const project = (await ask('POST', '/projects', { name: 'Together' })).body;
  for (const [person, role] of [
    [editor, 'editor'],
    [viewer, 'viewer'],
  ] as const)
    expect((await ask('PUT', `/projects/${project.id}/members/${person.userId}`, { role })).status).toBe(200);
  const { question, ids } = await compare({ projectId: project.id, visibility: 'shared' });
  const choice = { chosen: ids[1], over: [ids[0], ids[2]], verdict: 'better' };
  expect((await prefer(question, choice, viewer)).status).toBe(403);
  expect((await prefer(question, choice)).status).toBe(201);
  expect((await comparedOf(ids[1]!)).preference).toMatchObject({ chosen: ids[1] });
  for (const person of [editor, viewer])
    expect(await comparedOf(ids[1]!, person)).toEqual({ ids, preference: null });
  expect((await prefer(question, { over: ids, verdict: 'both_bad' }, editor)).status).toBe(201);
  expect((await comparedOf(ids[1]!)).preference).toMatchObject({ verdict: 'better' });
});

test('other pages of the asker hear of the replies as of one comparison, and of what was said of them', async () => {
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: ada.cookie },
  });
  // biome-ignore lint/suspicious/noExplicitAny: frames are looked into by the test
  const frames: { type: string; payload: any }[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await eventually(
    async () => frames,
    () => frames.some(({ type }) => type === 'ready'),
  );
  const { question, ids } = await compare();
  const heard = (type: string, count: number) =>
    eventually(
      async () => frames.filter((frame) => frame.type === type),
      (found) => found.length >= count,
    );
  const saved = await heard('user_message_saved', 3);
  expect(saved.map(({ payload }) => payload.reply.compared)).toEqual(
    ids.map(() => ({ ids, preference: null })),
  );
  await prefer(question, { over: ids, verdict: 'tie', reason: 'Both are right.' });
  const [told] = await heard('message_saved', 1);
  expect(told!.payload.message).toMatchObject({ id: ids[0], compared: { preference: { verdict: 'tie' } } });
  socket.close();
});
