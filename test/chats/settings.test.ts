/** Layered settings: of message, chat, agent, project, person and instance the most specific that says something wins. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '#features/agents/agents.ts';
import type { ChatSettings } from '#features/chats/chat-settings.ts';
import type { Chat } from '#features/chats/chats.ts';
import type { Project } from '#features/projects/projects.ts';
import type { ModelSettings } from '#features/settings/settings.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, type SentMessage } from '#test/harness/streams.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';

let parley: TestParley;
let upstream: Upstream;
let boss: Person;
let ada: Person;
let ben: Person;
let endpointId: string;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  boss = await admin(parley.url);
  endpointId = await addUpstream(boss, upstream);
  ada = await signUp(parley.url);
  ben = await signUp(parley.url);
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

type Sent = {
  model: string;
  temperature?: number;
  max_tokens?: number;
  stop?: string[];
  reasoning_effort?: string;
};
/** Sends, waits for the end, and answers with what the model server was asked. */
async function sendAndSee(person: Person, chat: { id: string }, more: object = {}): Promise<Sent> {
  const { status, body } = await ask<SentMessage>(person, 'POST', `/chats/${chat.id}/messages`, {
    content: 'Hello',
    ...more,
  });
  expect(status).toBe(202);
  await eventually(
    async () =>
      (await ask<{ state: string }>(person, 'GET', `/generations/${body.generation.id}`)).body.state,
    (state) => state === 'completed',
  );
  return upstream.requests.at(-1)!.body as Sent;
}
const settingsOf = async (person: Person, chat: { id: string }): Promise<ChatSettings> =>
  (await ask<ChatSettings>(person, 'GET', `/chats/${chat.id}/settings`)).body;

const LAYERS: Record<string, (settings: ModelSettings) => Promise<unknown>> = {
  instance: (settings) => ask(boss, 'PATCH', '/admin/settings', { settings }),
  personal: (settings) => ask(ada, 'PATCH', '/me', { settings }),
  project: (settings) => ask(ada, 'PATCH', `/projects/${project.id}`, { settings }),
  agent: ({ modelId = null as never, parameters = {} }) =>
    ask(ada, 'PATCH', `/agents/${agent.id}`, { modelId, parameters }),
  chat: (settings) => ask(ada, 'PATCH', `/chats/${chat.id}`, { settings }),
};
let project: Project;
let agent: Agent;
let chat: Chat;
beforeAll(async () => {
  project = await make(ada);
  agent = (await ask<Agent>(ada, 'POST', '/agents', { name: 'Poet' })).body;
  chat = await makeChat(ada, { projectId: project.id, visibility: 'private', agentId: agent.id });
});

describe('the most specific layer wins', () => {
  test('each in its turn, for the model and for each parameter by itself; and says where it comes from', async () => {
    const names = Object.keys(LAYERS);
    for (const [index, layer] of names.entries()) {
      await LAYERS[layer]!({ modelId: 'upstream/fast', parameters: { temperature: index / 10 } });
      const settings = await settingsOf(ada, chat);
      expect(settings.modelId).toEqual({ value: 'upstream/fast', from: layer });
      expect(settings.parameters.temperature).toEqual({ value: index / 10, from: layer });
      expect(settings.parameters.topP).toEqual({ value: null, from: 'default' });
      expect(await sendAndSee(ada, chat)).toMatchObject({ model: 'fast', temperature: index / 10 });
    }
    const sent = await sendAndSee(ada, chat, {
      modelId: 'upstream/normal',
      parameters: { temperature: 0.9 },
    });
    expect(sent).toMatchObject({ model: 'normal', temperature: 0.9 });
    // Cleared again one by one, the next one below shows.
    for (const [index, layer] of names.toReversed().entries()) {
      await LAYERS[layer]!({});
      const below = names.at(-index - 2) ?? 'default';
      const { modelId, parameters } = await settingsOf(ada, chat);
      expect(parameters.temperature.from).toBe(index === names.length - 1 ? 'default' : below);
      expect(modelId.from).toBe(index === names.length - 1 ? 'model' : below);
    }
    expect((await settingsOf(ada, chat)).modelId).toEqual({ value: 'upstream/normal', from: 'model' });
  });

  test('layers are put together value by value', async () => {
    await LAYERS.personal!({ parameters: { temperature: 0.2, maxTokens: 100 } });
    await LAYERS.project!({ parameters: { stop: ['END'] }, tools: ['calculate'] });
    await LAYERS.chat!({ parameters: { maxTokens: 40, reasoningEffort: 'low' } });
    const { parameters, tools, agentId } = await settingsOf(ada, chat);
    expect(parameters).toEqual({
      temperature: { value: 0.2, from: 'personal' },
      maxTokens: { value: 40, from: 'chat' },
      topP: { value: null, from: 'default' },
      seed: { value: null, from: 'default' },
      stop: { value: ['END'], from: 'project' },
      reasoningEffort: { value: 'low', from: 'chat' },
    });
    expect(tools).toEqual({ value: ['calculate'], from: 'project' });
    expect(agentId).toEqual({ value: agent.id, from: 'chat' });
    const sent = await sendAndSee(ada, chat, { parameters: { temperature: 0 } });
    expect(sent).toMatchObject({ temperature: 0, max_tokens: 40, stop: ['END'], reasoning_effort: 'low' });
    for (const layer of ['personal', 'project', 'chat']) await LAYERS[layer]!({});
  });

  test('in a shared chat each asks with their own', async () => {
    await put(ada, project, ben, 'editor');
    const shared = await makeChat(ada, { projectId: project.id });
    await LAYERS.personal!({ parameters: { temperature: 0.1 } });
    await ask(ben, 'PATCH', '/me', { settings: { parameters: { temperature: 0.8 } } });
    expect((await sendAndSee(ada, shared)).temperature).toBe(0.1);
    expect((await sendAndSee(ben, shared)).temperature).toBe(0.8);
    expect((await settingsOf(ben, shared)).parameters.temperature).toEqual({ value: 0.8, from: 'personal' });
    await LAYERS.personal!({});
  });

  test('a model that a layer names and that is gone is passed over', async () => {
    const { $client } = parley.services.db;
    await $client.query(`INSERT INTO models (endpoint_id, name) VALUES ($1, 'passing')`, [endpointId]);
    await LAYERS.chat!({ modelId: 'upstream/passing' });
    expect((await settingsOf(ada, chat)).modelId).toEqual({ value: 'upstream/passing', from: 'chat' });
    await $client.query(`DELETE FROM models WHERE name = 'passing'`);
    expect((await settingsOf(ada, chat)).modelId.from).toBe('model');
    await sendAndSee(ada, chat);
    await LAYERS.chat!({});
  });
});

test('a model that is named for one message alone is not the chat’s last one', async () => {
  const plain = await makeChat(ada, {});
  await sendAndSee(ada, plain, { modelId: 'upstream/normal' });
  expect((await sendAndSee(ada, plain, { modelId: 'upstream/fast', once: true })).model).toBe('fast');
  expect((await settingsOf(ada, plain)).modelId).toEqual({ value: 'upstream/normal', from: 'model' });
  expect((await sendAndSee(ada, plain)).model).toBe('normal');
  await sendAndSee(ada, plain, { modelId: 'upstream/fast' });
  expect((await settingsOf(ada, plain)).modelId).toEqual({ value: 'upstream/fast', from: 'model' });
});

test('what instructions and window hold, and who says so', async () => {
  await ask(ada, 'PUT', '/me/context', { content: 'Mine.' });
  await ask(ada, 'PUT', `/projects/${project.id}/context`, { content: 'The project’s.' });
  await ask(ada, 'PATCH', `/agents/${agent.id}`, { instructions: 'The agent’s.' });
  await ask(ada, 'PUT', `/chats/${chat.id}/context`, { content: 'The chat’s.' });
  const { instructions, window } = await settingsOf(ada, chat);
  expect(instructions.map(({ from, text }) => [from, text])).toEqual([
    ['instance', expect.any(String)],
    ['personal', 'Mine.'],
    ['project', 'The project’s.'],
    ['agent', 'The agent’s.'],
    ['chat', 'The chat’s.'],
  ]);
  expect(instructions.map(({ version }) => version)).toEqual([0, 1, 1, expect.any(Number), 1]);
  expect(window).toEqual({ tokens: 32_768, from: 'model' });
  const { $client } = parley.services.db;
  await $client.query('UPDATE models SET context_window = NULL WHERE endpoint_id = $1', [endpointId]);
  expect((await settingsOf(ada, chat)).window).toEqual({ tokens: 8192, from: 'default' });
  await ask(boss, 'PATCH', `/admin/endpoints/${endpointId}`, { windows: { normal: 32_000 } });
  expect((await settingsOf(ada, chat)).window).toEqual({ tokens: 32_000, from: 'instance' });
});

describe('what is not good is refused where it stands', () => {
  const BAD: [string, object][] = [
    ['settings.modelId', { modelId: 'upstream/none' }],
    ['settings.parameters.temperature', { parameters: { temperature: 9 } }],
    ['settings.parameters.heat', { parameters: { heat: 1 } }],
    ['settings.model', { model: 'upstream/fast' }],
    ['settings.tools', { tools: 'all' }],
  ];
  test.each(BAD)('%s', async (field, settings) => {
    const places: [Person, string][] = [
      [ada, `/chats/${chat.id}`],
      [ada, `/projects/${project.id}`],
      [ada, '/me'],
      [boss, '/admin/settings'],
    ];
    for (const [person, path] of places) {
      const { status, body } = await ask<{ error: { field: string } }>(person, 'PATCH', path, { settings });
      expect([path, status, body.error.field]).toEqual([path, 400, field]);
    }
    expect((await ask(ada, 'POST', '/chats', { settings })).status).toBe(400);
  });
});

test('they are answered where they are set, and replaced as a whole', async () => {
  const settings = { modelId: 'upstream/fast', parameters: { seed: 7 }, tools: ['calculate'] };
  const made = await makeChat(ada, { settings });
  expect(made.settings).toEqual(settings);
  const again = await ask<Chat>(ada, 'PATCH', `/chats/${made.id}`, { settings: { parameters: { topP: 1 } } });
  expect(again.body.settings).toEqual({ parameters: { topP: 1 } });
  expect((await ask<Chat>(ada, 'PATCH', `/chats/${made.id}`, { title: 'T' })).body.settings).toEqual({
    parameters: { topP: 1 },
  });
  expect((await ask<Chat>(ada, 'PUT', `/chats/${made.id}`, { title: 'T' })).body.settings).toEqual({});
  await ask(ada, 'PATCH', '/me', { settings });
  expect((await ask<{ settings: object }>(ada, 'GET', '/me')).body.settings).toEqual(settings);
  await ask(ada, 'PATCH', '/me', { settings: {} });
  await ask(boss, 'PATCH', '/admin/settings', { settings, maxChats: 77 });
  const instance = await ask<{ settings: object; maxChats: number }>(boss, 'GET', '/admin/settings');
  expect(instance.body).toMatchObject({ settings, maxChats: 77 });
  await ask(boss, 'PATCH', '/admin/settings', { settings: {}, maxChats: null });
  const project = await make(ada, { settings });
  expect(project.settings).toEqual(settings);
});

test('a first message makes its chat with settings and agent, and counts what they take', async () => {
  const { body } = await ask<SentMessage & { chat: Chat }>(ada, 'POST', '/messages', {
    chat: { agentId: agent.id, settings: { parameters: { temperature: 0.4 } } },
    message: { content: 'Hi' },
  });
  expect(body.chat).toMatchObject({ agentId: agent.id, settings: { parameters: { temperature: 0.4 } } });
  expect(body.reply).toMatchObject({ agentId: agent.id });
});

describe('a chat that begins now', () => {
  const ofNew = (person: Person, query = '') =>
    ask<ChatSettings & { error: { field: string } }>(person, 'GET', `/settings${query}`);

  test('is answered as the layers below a chat say, where it is to be and with the agent it is to have', async () => {
    await LAYERS.agent!({ parameters: { topP: 0.5 } });
    await LAYERS.project!({ modelId: 'upstream/fast', parameters: { temperature: 0.2 } });
    await LAYERS.personal!({ parameters: { temperature: 0.6 } });
    const { body: alone } = await ofNew(ada);
    expect(alone.parameters.temperature).toEqual({ value: 0.6, from: 'personal' });
    expect(alone.modelId.from).toBe('default');
    const query = `?projectId=${project.id}&visibility=private&agentId=${agent.id}`;
    const { body: placed } = await ofNew(ada, query);
    expect(placed).toMatchObject({
      modelId: { value: 'upstream/fast', from: 'project' },
      parameters: { temperature: { value: 0.2, from: 'project' }, topP: { value: 0.5, from: 'agent' } },
      agentId: { value: agent.id, from: 'chat' },
    });
    expect(placed.instructions.map(({ from }) => from)).toEqual(['instance', 'personal', 'project', 'agent']);
    expect(alone.instructions.map(({ from }) => from)).toEqual(['instance', 'personal']);
    // What is said is what the chat is answered with once it is made.
    const made = await makeChat(ada, { projectId: project.id, visibility: 'private', agentId: agent.id });
    expect(await settingsOf(ada, made)).toEqual(placed);
    for (const layer of ['agent', 'project', 'personal']) await LAYERS[layer]!({});
  });

  test('where it could not be made, nothing is told', async () => {
    const stranger = await signUp(parley.url);
    const refused = async (person: Person, query: string) => {
      const { status, body } = await ofNew(person, query);
      return [status, body.error.field];
    };
    expect(await refused(stranger, `?projectId=${project.id}`)).toEqual([400, 'projectId']);
    expect(await refused(stranger, `?agentId=${agent.id}`)).toEqual([400, 'agentId']);
    // A personal agent answers in no shared chat.
    const shared = `?projectId=${project.id}&visibility=shared&agentId=${agent.id}`;
    expect(await refused(ada, shared)).toEqual([400, 'agentId']);
    expect(await refused(ada, '?visibility=shared')).toEqual([400, 'visibility']);
    await put(ada, project, stranger, 'viewer');
    expect(await refused(stranger, `?projectId=${project.id}`)).toEqual([403, undefined]);
  });
});

test('a person’s tabs are told of their settings, and everybody of the instance’s, without what they say', async () => {
  const told: unknown[] = [];
  const topics = [`user:${ada.userId}`, `user:${ben.userId}`, 'everybody'];
  const offs = topics.map((topic) =>
    parley.services.bus.subscribe(topic, ({ type, data }) => {
      if (type === 'settings_saved') told.push([topic, data]);
    }),
  );
  await LAYERS.personal!({ parameters: { temperature: 0.3 } });
  await ask(ada, 'PATCH', '/me', { name: 'Ada L.' });
  await LAYERS.instance!({});
  await ask(boss, 'PATCH', '/admin/settings', { maxChats: 900 });
  for (const off of offs) off();
  expect(told).toEqual([
    [topics[0], { layer: 'personal' }],
    ['everybody', { layer: 'instance' }],
  ]);
  await LAYERS.personal!({});
});
