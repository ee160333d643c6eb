/** Filters inside what is asked for: what each leaves, values in quotes, several at once, and how wrong ones are refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAgent } from '../agents/people.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask, make, put } from '../projects/people.ts';
import { chat, found, refusal, say, settled } from './people.ts';

let parley: TestParley;
let ada: Person;
let bob: Person;
const ids: Record<string, string> = {};

beforeAll(async () => {
  parley = await startTestParley();
  [ada, bob] = [await signUp(parley.url), await signUp(parley.url)];
  const project = await make(ada, { name: 'My project' });
  await put(ada, project, bob, 'editor');
  const agent = await makeAgent(ada, { name: 'Night owl' });
  const plain = await chat(ada, { title: 'Plain', tags: ['work', 'two words'] });
  const archived = await chat(ada, { title: 'Old' });
  const shared = await chat(ada, { title: 'Room', projectId: project.id });
  const mine = await chat(ada, { title: 'Corner', projectId: project.id, visibility: 'private' });
  const owls = await chat(ada, { title: 'Owls', agentId: agent.id });
  Object.assign(ids, { project: project.id, agent: agent.id, plainChat: plain.id });
  const keep = async (name: string, ...said: Parameters<typeof say>) => {
    ids[name] = await say(...said);
  };
  const { services } = parley;
  await keep('plain', services, plain.id, 'a heron by the lake', { at: '2026-01-30T12:00:00Z' });
  await keep('reply', services, plain.id, 'the heron answers', {
    role: 'assistant',
    model: 'lake/Heron-7B',
    at: '2026-01-31T12:00:00Z',
  });
  await keep('code', services, plain.id, 'heron code:\n```js\nfly()\n```', { at: '2026-02-01T00:00:00Z' });
  await keep('inline', services, plain.id, 'heron in `code`', { at: '2026-02-02T00:00:00Z' });
  await keep('file', services, plain.id, '', {
    content: [
      { type: 'text', text: 'heron photo' },
      { type: 'file', fileId: ids.plainChat },
    ],
    at: '2026-02-03T00:00:00Z',
  });
  await keep('archived', services, archived.id, 'heron of old', { at: '2026-02-04T00:00:00Z' });
  await keep('shared', services, shared.id, 'heron for all', { at: '2026-02-05T00:00:00Z' });
  await keep('bobs', services, shared.id, 'heron of bob', {
    authorId: bob.userId,
    at: '2026-02-06T00:00:00Z',
  });
  await keep('private', services, mine.id, 'heron alone', { at: '2026-02-07T00:00:00Z' });
  await keep('owl', services, owls.id, 'heron and owl', { at: '2026-02-08T00:00:00Z' });
  await keep('byAgent', services, plain.id, 'heron by an agent', {
    role: 'assistant',
    agentId: agent.id,
    model: 'lake/owl',
    at: '2026-02-09T00:00:00Z',
  });
  await ask(ada, 'PATCH', `/chats/${archived.id}`, { archived: true });
  await services.db.$client.query('UPDATE chats SET pinned = true WHERE id = $1', [owls.id]);
  await settled(services);
});
afterAll(() => parley.close());

const PLAIN = ['byAgent', 'file', 'inline', 'code', 'reply', 'plain'];
const ALL = [...PLAIN, 'owl', 'private', 'bobs', 'shared', 'archived'];

test.each<[string, string[]]>([
  ['heron', ALL],
  ['heron tag:work', PLAIN],
  ['heron tag:WORK', PLAIN],
  ['heron tag:"two words"', PLAIN],
  ['heron tag:“two words”', PLAIN],
  ['heron tag:work tag:"two words"', PLAIN],
  ['heron tag:nothing', []],
  ['heron -tag:work', ['owl', 'private', 'bobs', 'shared', 'archived']],
  ['heron project:"My project"', ['private', 'bobs', 'shared']],
  ['project:"my PROJECT" heron', ['private', 'bobs', 'shared']],
  ['heron project:<project>', ['private', 'bobs', 'shared']],
  ['heron project:none', []],
  ['heron agent:"night owl"', [...PLAIN, 'owl']],
  ['heron agent:<agent>', [...PLAIN, 'owl']],
  ['heron model:lake/heron-7b', PLAIN],
  ['heron model:Heron-7B', PLAIN],
  ['heron model:heron', []],
  ['heron from:me', ['file', 'inline', 'code', 'plain', 'owl', 'private', 'shared', 'archived']],
  ['heron from:model', ['byAgent', 'reply']],
  ['heron archived:yes', ['archived']],
  ['heron archived:no', ALL.filter((name) => name !== 'archived')],
  ['heron before:2026-01-31', ['plain']],
  ['heron after:2026-02-08', ['byAgent', 'owl']],
  ['heron after:2026-01-31 before:2026-02-01', ['reply']],
  ['heron has:code', ['code']],
  ['heron has:file', ['file']],
  ['heron is:shared', ['bobs', 'shared']],
  ['heron is:pinned', ['owl']],
  ['heron from:me tag:work has:code -has:file', ['code']],
  // Without words: messages where it is asked about them, newest first.
  ['from:model', ['byAgent', 'reply']],
  ['tag:work before:2026-02-01', ['reply', 'plain']],
])('%s', async (asked, names) => {
  const q = asked.replace(/<(\w+)>/, (_all, name: string) => ids[name]!);
  expect((await found(ada, q)).toSorted()).toEqual(names.map((name) => ids[name]!).toSorted());
});

test('filters alone list chats, the latest activity first, and messages, the newest first', async () => {
  expect(await found(ada, 'tag:work')).toEqual(['Plain']);
  expect((await found(ada, 'in:title')).toSorted()).toEqual(['Corner', 'Old', 'Owls', 'Plain', 'Room']);
  expect(await found(ada, 'archived:no after:2026-02-08')).toEqual([ids.byAgent, ids.owl]);
  expect((await found(ada, '')).toSorted()).toEqual(['Corner', 'Old', 'Owls', 'Plain', 'Room']);
  expect(await found(ada, 'in:title from:me')).toEqual([]);
});

test('what another person says and asks for is theirs: from:me, project and agent names', async () => {
  expect(await found(bob, 'heron from:me')).toEqual([ids.bobs]);
  expect((await found(bob, 'heron project:"My project"')).toSorted()).toEqual(
    [ids.bobs, ids.shared].toSorted(),
  );
  expect(await found(bob, 'heron agent:"Night owl"')).toEqual([]);
});

test('a model whose only reply was deleted is not one that answered there', async () => {
  const { id } = await chat(ada, { title: 'Gone' });
  const message = await say(parley.services, id, 'stork', { role: 'assistant', model: 'lake/stork' });
  await say(parley.services, id, 'stork too');
  await settled(parley.services);
  expect(await found(ada, 'stork model:stork')).toHaveLength(2);
  await ask(ada, 'DELETE', `/messages/${message}`);
  expect(await found(ada, 'stork model:stork')).toEqual([]);
});

test.each([
  ['colour:red', 'unknown_filter', { name: 'colour' }],
  ['цвет:красный', 'unknown_filter', { name: 'цвет' }],
  ['tag:', 'filter_without_value', { name: 'tag' }],
  ['tag:""', 'filter_without_value', { name: 'tag' }],
  ['archived:perhaps', 'filter_wrong_value', { name: 'archived', value: 'perhaps', allowed: 'yes, no' }],
  ['from:them', 'filter_wrong_value', { name: 'from', value: 'them', allowed: 'me, model' }],
  ['in:body', 'filter_wrong_value', { name: 'in', value: 'body', allowed: 'title' }],
  ['has:cheese', 'filter_wrong_value', { name: 'has', value: 'cheese', allowed: 'file, code' }],
  ['is:odd', 'filter_wrong_value', { name: 'is', value: 'odd', allowed: 'shared, pinned' }],
  ['before:yesterday', 'filter_wrong_date', { name: 'before', value: 'yesterday' }],
  ['after:2026-02-30', 'filter_wrong_date', { name: 'after', value: '2026-02-30' }],
  ['after:2026-1-1', 'filter_wrong_date', { name: 'after', value: '2026-1-1' }],
  ['after:0000-01-01', 'filter_wrong_date', { name: 'after', value: '0000-01-01' }],
  ['-in:title x', 'filter_not_negated', { name: 'in' }],
  ['tag:a '.repeat(21), 'too_many_filters', { most: 20 }],
])('%s is refused by its name', async (q, reason, params) => {
  expect(await refusal(ada, q)).toEqual([400, 'q', reason, params]);
});

test.each([
  '"colour:red"',
  'https://example.org/heron',
  'std::vector',
  '12:30',
  'C:\\heron',
  '-"tag:work" heron',
])('%s is no filter', async (q) => {
  expect(await found(ada, q)).toBeInstanceOf(Array);
});
