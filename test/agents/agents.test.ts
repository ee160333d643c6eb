/** Agents: who may read and change which, and their versions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import type { Agent, AgentVersion } from '#features/agents/agents.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';
import { makeAgent, type Refusal, refused } from './people.ts';

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

const listed = async (person: Person, query = ''): Promise<string[]> =>
  (await ask<{ items: Agent[] }>(person, 'GET', `/agents?${query}`)).body.items.map(({ id }) => id);
const statusOf = async (person: Person, method: string, path: string, json?: unknown): Promise<number> =>
  (await ask(person, method, path, json)).status;

describe('somebody else’s', () => {
  test('own agent is nowhere to be seen, for admins neither', async () => {
    const agent = await makeAgent(ada);
    for (const person of [ben, boss, await guest(parley.url)]) {
      const path = `/agents/${agent.id}`;
      expect(await statusOf(person, 'GET', path)).toBe(404);
      expect(await statusOf(person, 'PATCH', path, { name: 'X' })).toBe(404);
      expect(await statusOf(person, 'DELETE', path)).toBe(404);
      expect(await statusOf(person, 'GET', `${path}/versions`)).toBe(404);
      expect(await statusOf(person, 'GET', `${path}/versions/1`)).toBe(404);
      expect(await statusOf(person, 'POST', `${path}/versions/1/restore`)).toBe(404);
      expect(await listed(person)).not.toContain(agent.id);
      const chat = await makeChat(person, {});
      expect(await refused(person, 'PATCH', `/chats/${chat.id}`, { agentId: agent.id })).toEqual([
        400,
        'invalid_input',
        'agentId',
      ]);
      expect(
        await refused(person, 'POST', `/chats/${chat.id}/messages`, { content: 'Hi', agentId: agent.id }),
      ).toEqual([400, 'invalid_input', 'agentId']);
    }
  });

  test('project’s agents are its members’: editors change them, viewers use them, who has left does neither', async () => {
    const project = await make(ada);
    const agent = await makeAgent(ada, { scope: 'project', projectId: project.id });
    const path = `/agents/${agent.id}`;
    expect(await statusOf(ben, 'GET', path)).toBe(404);
    await put(ada, project, ben, 'viewer');
    expect(await listed(ben, `projectId=${project.id}`)).toEqual([agent.id]);
    expect((await ask<Agent>(ben, 'GET', path)).body.mayWrite).toBe(false);
    expect(await statusOf(ben, 'PATCH', path, { name: 'X' })).toBe(403);
    expect(await statusOf(ben, 'POST', `${path}/versions/1/restore`)).toBe(403);
    expect(
      await statusOf(ben, 'POST', '/agents', { name: 'X', scope: 'project', projectId: project.id }),
    ).toBe(403);
    await put(ada, project, ben, 'editor');
    expect(await statusOf(ben, 'PATCH', path, { name: 'X' })).toBe(200);
    await ask(ada, 'DELETE', `/projects/${project.id}/members/${ben.userId}`);
    expect(await statusOf(ben, 'GET', path)).toBe(404);
    expect(await listed(ben)).not.toContain(agent.id);
    expect(
      await refused(ben, 'POST', '/agents', { name: 'X', scope: 'project', projectId: project.id }),
    ).toEqual([400, 'invalid_input', 'projectId']);
    await ask(ada, 'DELETE', `/projects/${project.id}`);
    expect(await statusOf(ada, 'GET', path)).toBe(404);
    await ask(ada, 'POST', `/projects/${project.id}/restore`);
    expect(await statusOf(ada, 'GET', path)).toBe(200);
  });

  test('everybody’s are the admins’ to change, by a key only with the scope for it', async () => {
    expect(await statusOf(ada, 'POST', '/agents', { name: 'All', scope: 'instance' })).toBe(403);
    const key = await ask<{ key: string }>(boss, 'POST', '/api-keys', { name: 'K' });
    const asked = await fetch(`${parley.url}/api/v1/agents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.body.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'All', scope: 'instance' }),
    });
    expect(asked.status).toBe(403);
    const agent = await makeAgent(boss, { scope: 'instance' });
    const visitor = await guest(parley.url);
    for (const person of [ada, visitor]) {
      expect(await listed(person, 'scope=instance')).toContain(agent.id);
      expect(await statusOf(person, 'PATCH', `/agents/${agent.id}`, { name: 'X' })).toBe(403);
    }
    expect(await statusOf(boss, 'DELETE', `/agents/${agent.id}`)).toBe(204);
    expect(await listed(ada, 'scope=instance')).not.toContain(agent.id);
    expect((await ask<Agent>(ada, 'GET', `/agents/${agent.id}`)).body.archived).toBe(true);
  });
});

describe('versions', () => {
  test('each change makes one, the same text none; an old one is read and brought back', async () => {
    const agent = await makeAgent(ada, { instructions: 'Rhyme.', starters: ['Write a poem'] });
    expect(agent).toMatchObject({
      version: 1,
      scope: 'personal',
      projectId: null,
      description: '',
      icon: '',
      modelId: null,
      parameters: {},
      tools: [],
      starters: ['Write a poem'],
      archived: false,
    });
    const path = `/agents/${agent.id}`;
    const second = await ask<Agent>(ada, 'PATCH', path, {
      instructions: 'Do not rhyme.',
      parameters: { topP: 0.5 },
    });
    expect(second.body).toMatchObject({ version: 2, instructions: 'Do not rhyme.', name: 'Poet' });
    expect((await ask<Agent>(ada, 'PATCH', path, { name: 'Poet' })).body.version).toBe(2);
    const { body } = await ask<{ items: AgentVersion[] }>(ada, 'GET', `${path}/versions`);
    expect(body.items.map(({ version, instructions }) => [version, instructions])).toEqual([
      [2, 'Do not rhyme.'],
      [1, 'Rhyme.'],
    ]);
    expect(body.items[0]!.createdBy!.id).toBe(ada.userId);
    const restored = await ask<Agent>(ada, 'POST', `${path}/versions/1/restore`);
    expect(restored.body).toMatchObject({ version: 3, instructions: 'Rhyme.', parameters: {} });
    expect((await ask<AgentVersion>(ada, 'GET', `${path}/versions/3`)).body.restoredFrom).toBe(1);
    expect((await ask<AgentVersion>(ada, 'GET', `${path}/versions/2`)).body.instructions).toBe(
      'Do not rhyme.',
    );
    expect(await statusOf(ada, 'GET', `${path}/versions/9`)).toBe(404);
  });

  test('of two who save on the same version one is told what the other saved', async () => {
    const agent = await makeAgent(ada);
    const answers = await Promise.all(
      ['A', 'B'].map((name) =>
        ask<Agent & Refusal>(ada, 'PATCH', `/agents/${agent.id}`, { name, baseVersion: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)!.body;
    const lost = answers.find(({ status }) => status === 409)!.body;
    expect(lost.error).toMatchObject({
      code: 'conflict',
      field: 'baseVersion',
      current: { version: 2, name: won.name },
    });
  });

  test('many changes at once are numbered without gaps', async () => {
    const agent = await makeAgent(ada);
    const names = Array.from({ length: 12 }, (_, index) => `Name ${index}`);
    await Promise.all(names.map((name) => ask(ada, 'PATCH', `/agents/${agent.id}`, { name })));
    const { body } = await ask<{ items: AgentVersion[] }>(ada, 'GET', `/agents/${agent.id}/versions`);
    expect(body.items.map(({ version }) => version)).toEqual(
      Array.from({ length: 13 }, (_, index) => 13 - index),
    );
  });
});

describe('bad input', () => {
  test.each([
    ['name', { name: '  ' }],
    ['modelId', { name: 'A', modelId: 'upstream/none' }],
    ['parameters.temperature', { name: 'A', parameters: { temperature: 3 } }],
    ['parameters.heat', { name: 'A', parameters: { heat: 1 } }],
    ['parameters.reasoningEffort', { name: 'A', parameters: { reasoningEffort: 'huge' } }],
    ['starters', { name: 'A', starters: ['1', '2', '3', '4', '5', '6', '7'] }],
    ['projectId', { name: 'A', scope: 'project' }],
    ['projectId', { name: 'A', scope: 'project', projectId: '01890000-0000-7000-8000-000000000000' }],
    ['projectId', { name: 'A', projectId: '01890000-0000-7000-8000-000000000000' }],
    ['scope', { name: 'A', scope: 'world' }],
  ])('%s is named', async (field, json) => {
    expect(await refused(ada, 'POST', '/agents', json)).toEqual([400, 'invalid_input', field]);
  });

  test('a temperature beyond the scale of the model’s server is refused, what it ignores is not', async () => {
    const made = await ask(boss, 'POST', '/admin/endpoints', {
      name: 'claude',
      kind: 'anthropic',
      baseUrl: upstream.url.replace('/v1', '/anthropic/v1'),
    });
    expect(made.status).toBe(201);
    await parley.services.db.$client.query(
      `INSERT INTO models (endpoint_id, name) SELECT id, 'opus' FROM endpoints WHERE name = 'claude' ON CONFLICT DO NOTHING`,
    );
    const model = { name: 'A', modelId: 'claude/opus' };
    expect(await refused(ada, 'POST', '/agents', { ...model, parameters: { temperature: 1.5 } })).toEqual([
      400,
      'invalid_input',
      'parameters.temperature',
    ]);
    await makeAgent(ada, { ...model, parameters: { temperature: 1, seed: 4 } });
  });

  test('instructions have a bound, and so has what is kept of them', async () => {
    expect(
      await refused(ada, 'POST', '/agents', { name: 'A', instructions: 'x'.repeat(256 * 1024 + 1) }),
    ).toEqual([413, 'too_large', 'instructions']);
    await recountStorage(parley.services);
    const before = await storedBytes(ada);
    const agent = await makeAgent(ada, { instructions: 'я'.repeat(1000), starters: ['a', 'б'] });
    await ask(ada, 'PATCH', `/agents/${agent.id}`, { description: 'Long' });
    expect(await storedBytes(ada)).toBe(before + 2 * (256 + 4 + 2000 + 3) + 4);
    await recountStorage(parley.services);
    expect(await storedBytes(ada)).toBe(before + 2 * (256 + 4 + 2000 + 3) + 4);
  });
});

const storedBytes = async (person: Person): Promise<number> =>
  (await parley.services.db.$client.query('SELECT bytes FROM storage WHERE owner_id = $1', [person.userId]))
    .rows[0].bytes as number;

test('what a guest made goes along when they sign in', async () => {
  const visitor = await guest(parley.url);
  const agent = await makeAgent(visitor, { instructions: 'Stay with me.' });
  const cleo = await signUp(parley.url);
  const merged = await signIn(parley.url, cleo, visitor);
  expect(await listed(merged)).toContain(agent.id);
  const counted = await storedBytes(cleo);
  await recountStorage(parley.services);
  expect(await storedBytes(cleo)).toBe(counted);
});
