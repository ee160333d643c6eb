/** What a reply was made with stays proved wherever its chat goes, and shows nobody what is not theirs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ToldContext } from '#features/generations/told-context.ts';
import type { Message } from '#features/messages/messages.ts';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, type SentMessage } from '#test/harness/streams.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';

let parley: TestParley;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  ada = await signUp(parley.url);
  ben = await signUp(parley.url);
});
afterAll(() => parley.close());

async function say(person: Person, chatId: string): Promise<string> {
  const content = '/script text="Yes." rate=0';
  const { body } = await ask<SentMessage>(person, 'POST', `/chats/${chatId}/messages`, { content });
  await eventually(
    async () => (await ask<Message>(person, 'GET', `/messages/${body.reply.id}`)).body.ending,
    (ending) => ending !== null,
  );
  return body.reply.id;
}
const told = async (person: Person, replyId: string): Promise<ToldContext> =>
  (await ask<ToldContext>(person, 'GET', `/messages/${replyId}/context`)).body;
const layerOf = ({ messages }: ToldContext, name: string) => messages.find(({ layer }) => layer === name);

test('a chat that leaves its project, or goes into another one, proves what it was told in each', async () => {
  const [first, second] = [
    await make(ada, { instructions: 'Of the first.' }),
    await make(ada, { instructions: 'Of the second.' }),
  ];
  const chat = await makeChat(ada, { projectId: first.id });
  const replies = [await say(ada, chat.id)];
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { projectId: second.id });
  replies.push(await say(ada, chat.id));
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { projectId: null });
  replies.push(await say(ada, chat.id));
  const views = await Promise.all(replies.map((id) => told(ada, id)));
  expect(views.map(({ verified }) => verified)).toEqual([true, true, true]);
  expect(views.map((view) => layerOf(view, 'project')?.text)).toEqual([
    'Of the first.',
    'Of the second.',
    undefined,
  ]);
});

test('of a project that somebody is not in they read nothing, also in a chat that came from there', async () => {
  const [closed, shared] = [await make(ada, { instructions: 'For members alone.' }), await make(ada)];
  await put(ada, shared, ben, 'viewer');
  const chat = await makeChat(ada, { projectId: closed.id });
  const replyId = await say(ada, chat.id);
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { projectId: shared.id, visibility: 'shared' });
  const view = await told(ben, replyId);
  expect(view.verified).toBe(true);
  expect(layerOf(view, 'project')).toMatchObject({ text: '', hidden: true });
  expect(JSON.stringify(view)).not.toContain('For members alone.');
});

test('who has left a project is not shown its instructions any more, in their own chats there either', async () => {
  const project = await make(ada, { instructions: 'For members alone.' });
  await put(ada, project, ben, 'editor');
  const chat = await makeChat(ben, { projectId: project.id, visibility: 'private' });
  const replyId = await say(ben, chat.id);
  expect(layerOf(await told(ben, replyId), 'project')!.text).toBe('For members alone.');
  await ask(ada, 'DELETE', `/projects/${project.id}/members/${ben.userId}`);
  const view = await told(ben, replyId);
  expect(view.verified).toBe(true);
  expect(JSON.stringify(view)).not.toContain('For members alone.');
});

test('nor is anything of that project told to their models, or named as what holds', async () => {
  const settings = { parameters: { temperature: 0.7 } };
  const project = await make(ada, { instructions: 'For members alone.', settings });
  await put(ada, project, ben, 'editor');
  const chat = await makeChat(ben, { projectId: project.id, visibility: 'private' });
  await ask(ada, 'DELETE', `/projects/${project.id}/members/${ben.userId}`);
  const { body } = await ask(ben, 'GET', `/chats/${chat.id}/settings`);
  expect(body).toMatchObject({ parameters: { temperature: { value: null, from: 'default' } } });
  expect(JSON.stringify(body)).not.toContain('For members alone.');
  const view = await told(ben, await say(ben, chat.id));
  expect(view).toMatchObject({ verified: true, parameters: {} });
  expect(layerOf(view, 'project')).toBeUndefined();
});
