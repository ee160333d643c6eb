/** What agents answer with, where they may, and what shows it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import type { ToldContext } from '#features/generations/told-context.ts';
import type { Message } from '#features/messages/messages.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, type SentMessage } from '#test/harness/streams.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';
import { makeAgent, refused } from './people.ts';

let parley: TestParley;
let upstream: Upstream;
let boss: Person;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  boss = await admin(parley.url);
  await addUpstream(boss, upstream);
  ada = await signUp(parley.url);
  ben = await signUp(parley.url);
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

/** Sends and waits for the reply to end. */
async function say(
  person: Person,
  chat: { id: string },
  content: string,
  more: object = {},
): Promise<Message> {
  const { status, body } = await ask<SentMessage>(person, 'POST', `/chats/${chat.id}/messages`, {
    content,
    ...more,
  });
  expect(status).toBe(202);
  return ended(person, body.reply.id);
}
const ended = (person: Person, id: string): Promise<Message> =>
  eventually(
    async () => (await ask<Message>(person, 'GET', `/messages/${id}`)).body,
    ({ ending }) => ending !== null,
  );
type Sent = {
  model: string;
  temperature?: number;
  max_tokens?: number;
  messages: { role: string; content: string }[];
};
const lastSent = () => upstream.requests.at(-1)!.body as Sent;

test('an agent gives its model, parameters and instructions, and the reply is stamped with it', async () => {
  const agent = await makeAgent(ada, {
    modelId: 'upstream/fast',
    parameters: { temperature: 0.3, maxTokens: 50 },
    instructions: 'Answer in verse.',
  });
  const chat = await makeChat(ada, { agentId: agent.id });
  expect(chat.agentId).toBe(agent.id);
  const reply = await say(ada, chat, 'Hello');
  expect(lastSent()).toMatchObject({ model: 'fast', temperature: 0.3, max_tokens: 50 });
  expect(lastSent().messages[0]!.content).toMatch(/\n\nAnswer in verse\.$/);
  expect(reply.agentId).toBe(agent.id);
  expect(reply.ending!.context).toMatchObject({ agentId: agent.id, agent: 1 });
  await ask(ada, 'PATCH', `/agents/${agent.id}`, { instructions: 'Answer in prose.' });
  const told = await ask<ToldContext>(ada, 'GET', `/messages/${reply.id}/context`);
  expect(told.body).toMatchObject({ verified: true });
  expect(told.body.messages.find(({ layer }) => layer === 'agent')).toMatchObject({
    version: 1,
    text: 'Answer in verse.',
  });
  const next = await say(ada, chat, 'Again');
  expect(next.ending!.context).toMatchObject({ agentId: agent.id, agent: 2 });
});

test('one named with a message answers that one alone; the chat’s own is changed in mid-chat', async () => {
  const first = await makeAgent(ada, { name: 'First', instructions: 'Be first.' });
  const second = await makeAgent(ada, { name: 'Second', instructions: 'Be second.' });
  const chat = await makeChat(ada, {});
  const replies = [
    await say(ada, chat, 'One'),
    await say(ada, chat, 'Two', { agentId: first.id }),
    await say(ada, chat, 'Three'),
  ];
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { agentId: second.id });
  replies.push(await say(ada, chat, 'Four'));
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { agentId: null });
  replies.push(await say(ada, chat, 'Five'));
  expect(replies.map(({ agentId }) => agentId)).toEqual([null, first.id, null, second.id, null]);
  expect(lastSent().messages[0]!.content).not.toContain('Be second.');
});

test('a reply is had anew from another agent, and tried again from the same as it was', async () => {
  const agent = await makeAgent(ada, { instructions: 'Be exact.' });
  const chat = await makeChat(ada, {});
  const { body } = await ask<SentMessage>(ada, 'POST', `/chats/${chat.id}/messages`, { content: 'Hi' });
  await ended(ada, body.reply.id);
  const anew = await ask<SentMessage>(ada, 'POST', `/messages/${body.message.id}/replies`, {
    agentId: agent.id,
  });
  expect((await ended(ada, anew.body.reply.id)).ending!.context).toMatchObject({
    agentId: agent.id,
    agent: 1,
  });
  await parley.services.db.$client.query(`UPDATE generations SET state = 'failed' WHERE id = $1`, [
    anew.body.generation.id,
  ]);
  await ask(ada, 'PATCH', `/agents/${agent.id}`, { instructions: 'Be vague.' });
  const again = await ask<SentMessage>(ada, 'POST', `/generations/${anew.body.generation.id}/retry`);
  expect((await ended(ada, again.body.reply.id)).ending!.context).toMatchObject({
    agentId: agent.id,
    agent: 1,
  });
});

test('what an agent has begun it goes on with, for as long as it may answer', async () => {
  const agent = await makeAgent(ada, { instructions: 'Go on.' });
  const chat = await makeChat(ada, {});
  const { body } = await ask<SentMessage>(ada, 'POST', `/chats/${chat.id}/messages`, {
    content: 'Hi',
    agentId: agent.id,
  });
  await ended(ada, body.reply.id);
  const goOn = async (how: object = {}) => {
    const { body: more } = await ask<SentMessage>(ada, 'POST', `/messages/${body.message.id}/replies`, {
      continueFrom: body.reply.id,
      ...how,
    });
    return (await ended(ada, more.reply.id)).agentId;
  };
  expect(await goOn()).toBe(agent.id);
  const other = await makeAgent(ada, { name: 'Other' });
  expect(await goOn({ agentId: other.id })).toBe(other.id);
  await ask(ada, 'DELETE', `/agents/${agent.id}`);
  expect(await goOn()).toBeNull();
});

test('an archived one answers nothing any more, and is not chosen again', async () => {
  const agent = await makeAgent(ada, { instructions: 'Be there.' });
  const chat = await makeChat(ada, { agentId: agent.id });
  await ask(ada, 'DELETE', `/agents/${agent.id}`);
  expect((await say(ada, chat, 'Hi')).agentId).toBeNull();
  expect(
    await refused(ada, 'POST', `/chats/${chat.id}/messages`, { content: 'x', agentId: agent.id }),
  ).toEqual([400, 'invalid_input', 'agentId']);
  await ask(ada, 'PATCH', `/agents/${agent.id}`, { archived: false });
  expect((await say(ada, chat, 'Hi again')).agentId).toBe(agent.id);
});

test('in a shared chat everybody’s and the project’s answer, whoever asks, and nobody’s own', async () => {
  const [project, other] = [await make(ada), await make(ada)];
  await put(ada, project, ben, 'editor');
  const own = await makeAgent(ada, { instructions: 'Secret of Ada.' });
  const elsewhere = await makeAgent(ada, { scope: 'project', projectId: other.id });
  const ours = await makeAgent(ada, { scope: 'project', projectId: project.id, instructions: 'Ours.' });
  const chat = await makeChat(ada, { projectId: project.id });
  for (const agent of [own, elsewhere])
    expect(await refused(ada, 'PATCH', `/chats/${chat.id}`, { agentId: agent.id })).toEqual([
      400,
      'invalid_input',
      'agentId',
    ]);
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { agentId: ours.id });
  expect((await say(ben, chat, 'Hi')).ending!.context).toMatchObject({ agentId: ours.id });
  const secret = await makeChat(ada, { projectId: project.id, visibility: 'private', agentId: own.id });
  await ask(ada, 'PATCH', `/chats/${secret.id}`, { visibility: 'shared' });
  expect((await ask<Chat>(ada, 'GET', `/chats/${secret.id}`)).body.agentId).toBeNull();
});

test('what one’s own agent was told is shown to nobody else, and counts in the proof', async () => {
  const project = await make(ada);
  await put(ada, project, ben, 'editor');
  const own = await makeAgent(ada, { instructions: 'Secret of Ada.' });
  const chat = await makeChat(ada, { projectId: project.id, visibility: 'private', agentId: own.id });
  const reply = await say(ada, chat, 'Hi');
  await ask(ada, 'PATCH', `/chats/${chat.id}`, { visibility: 'shared' });
  const { body } = await ask<ToldContext>(ben, 'GET', `/messages/${reply.id}/context`);
  expect(body.verified).toBe(true);
  expect(body.messages.find(({ layer }) => layer === 'agent')).toMatchObject({ text: '', hidden: true });
  expect(JSON.stringify(body)).not.toContain('Secret of Ada.');
});
