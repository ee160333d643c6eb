/** All of somebody's data in one archive: nothing of it is missing, and nothing in it is another's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDING_TABLES, MOVED_TABLES } from '#features/accounts/server/merge-guest.ts';
import { canonicalJson } from '#platform/canonical-json.ts';
import { guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { makeKey } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { bringIn, chatsOf } from './people.ts';
import { makeRichChat } from './rich-chat.ts';
import { download, type Files, unzip } from './take-own-data.ts';

let here: TestParley;
let elsewhere: TestParley;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([startTestParley(), startTestParley()]);
});
afterAll(() => Promise.all([here.close(), elsewhere.close()]));

const filesOf = async (person: Person, query = '') => unzip(await download(person, query));
const accountIn = (files: Files) => JSON.parse(files.get('account.json')!);
/** The records in it, by the ids of their chats. */
const recordsIn = (files: Files): Map<string, string> =>
  new Map(
    [...files]
      .filter(([name]) => name.startsWith('chats/'))
      .map(([, text]) => [JSON.parse(text).id, canonicalJson(JSON.parse(text))]),
  );
/** The same person as a program, which asks with their key. */
const withKey = (person: Person, key: string): Person => ({
  ...person,
  fetch: (path) => fetch(here.url + path, { headers: { authorization: `Bearer ${key}` } }),
});
const db = () => here.database.db.$client;

test('nobody gets it without being somebody, nor by a key that may not read what is theirs', async () => {
  expect((await fetch(`${here.url}/api/v1/me/export`)).status).toBe(401);
  const ada = await signUp(here.url);
  const made = await ada.fetch('/api/v1/api-keys', {
    method: 'POST',
    json: { name: 'Models only', scopes: ['models'] },
  });
  const { key } = (await made.json()) as { key: string };
  expect((await withKey(ada, key).fetch('/api/v1/me/export')).status).toBe(403);
});

test('it comes in to an empty Parley, and goes out there the same, byte for byte in canonical form', async () => {
  const ada = await signUp(here.url);
  const rich = await makeRichChat(here, ada);
  const plain = await makeChat(ada, { title: 'Plain' });
  const old = await makeChat(ada, { title: '../../Äpfel: "old"?' });
  await ask(ada, 'PATCH', `/chats/${old.id}`, { archived: true });
  const temporary = await makeChat(ada, { title: 'Gone soon', temporary: true });
  const deleted = await makeChat(ada, { title: 'Deleted' });
  await ask(ada, 'DELETE', `/chats/${deleted.id}`);
  const bytes = await download(ada);
  const files = await unzip(bytes);
  const records = recordsIn(files);
  expect([...records.keys()].sort()).toEqual([rich, plain.id, old.id].sort());
  expect([...records.keys()]).not.toContain(temporary.id);
  for (const name of files.keys()) expect(name).toMatch(/^(?:[\w.]+|chats\/[^/\\:*?"<>|]+ [\w-]{36}\.json)$/);

  const eve = await signUp(elsewhere.url);
  expect((await bringIn(eve, bytes)).body).toMatchObject({
    format: 'parley',
    added: 3,
    copied: 0,
    failed: 0,
    skipped: 0,
  });
  expect(await chatsOf(eve)).toHaveLength(3);
  const again = await download(eve);
  expect(recordsIn(await unzip(again))).toEqual(records);
  expect((await bringIn(eve, again)).body).toMatchObject({ added: 0, skipped: 3, failed: 0 });
});

test('beside the chats it has what else is theirs: profile, versions of instructions and agents, keys, sign-ins, projects, links, ledger', async () => {
  const ada = await signUp(here.url, { name: 'Ada "the first" Ünï' });
  await signIn(here.url, ada);
  const chatId = await makeRichChat(here, ada);
  await ask(ada, 'PATCH', '/me', { settings: { parameters: { temperature: 0.25 } } });
  for (const content of ['Be kind.', 'Be brief and kind.']) await ask(ada, 'PUT', '/me/context', { content });
  for (const content of ['Only here.', 'Only here, twice.'])
    await ask(ada, 'PUT', `/chats/${chatId}/context`, { content });
  const { body: tutor } = await ask<{ id: string }>(ada, 'POST', '/agents', {
    name: 'Tutor',
    instructions: 'One',
  });
  await ask(ada, 'PATCH', `/agents/${tutor.id}`, { instructions: 'Two' });
  const { body: second } = await ask<{ id: string }>(ada, 'POST', '/agents', { name: 'Critic' });
  const key = await makeKey(ada, 'Script');
  await ask(ada, 'POST', `/chats/${chatId}/shares`, {});
  const account = accountIn(await filesOf(ada));
  expect(account).toMatchObject({
    schema: 'parley.account/1',
    exportedAt: expect.any(String),
    profile: {
      id: ada.userId,
      name: 'Ada "the first" Ünï',
      email: ada.email,
      twoFactor: false,
      settings: { parameters: { temperature: 0.25 } },
    },
    waysIn: [{ provider: 'credential', accountId: null }],
    apiKeys: [{ name: 'Script', prefix: key.slice(0, 10), scopes: ['chat', 'models'] }],
    instructions: [
      { version: 1, content: 'Be kind.' },
      { version: 2, content: 'Be brief and kind.' },
    ],
    projects: [{ name: 'Study', role: 'owner' }],
    sharedLinks: [{ chatId }],
  });
  expect(account.signIns).toHaveLength(2);
  expect(account.signIns[0]).toMatchObject({ ipAddress: expect.any(String), lastUsedAt: expect.any(String) });
  expect(account.chatInstructions.map(({ content }: { content: string }) => content)).toEqual([
    'Be brief.',
    'Only here.',
    'Only here, twice.',
  ]);
  const [first, last] = [tutor, second].map(({ id }) =>
    account.agents.find((agent: { id: string }) => agent.id === id),
  );
  expect(first).toMatchObject({
    current: 2,
    versions: [
      { version: 1, name: 'Tutor', instructions: 'One' },
      { version: 2, name: 'Tutor', instructions: 'Two' },
    ],
  });
  expect(last).toMatchObject({ versions: [{ version: 1, name: 'Critic' }] });
  const usage = (await filesOf(ada)).get('usage.csv')!.trim().split('\r\n');
  expect(usage[0]).toContain('queuedAt');
  expect(usage).toHaveLength(3);
});

describe('nothing in it is a secret', () => {
  test('no token, hash or key, whoever asks', async () => {
    const ada = await signUp(here.url);
    const key = await makeKey(ada);
    const chat = await makeChat(ada, { title: 'Shared' });
    const { body: link } = await ask<{ url: string }>(ada, 'POST', `/chats/${chat.id}/shares`, {});
    const text = [...(await filesOf(ada)).values()].join('\n');
    const { rows } = await db().query<{ secret: string }>(
      `SELECT token AS secret FROM sessions WHERE user_id = $1 UNION ALL SELECT hash FROM api_keys WHERE user_id = $1
       UNION ALL SELECT hash FROM shares WHERE user_id = $1 UNION ALL SELECT password FROM accounts WHERE user_id = $1`,
      [ada.userId],
    );
    expect(rows).toHaveLength(4);
    for (const secret of [key, link.url?.split('/').at(-1), ...rows.map((row) => row.secret)])
      expect(text).not.toContain(String(secret));
  });

  test('a key gets all but where its owner is signed in, and the file says so', async () => {
    const ada = await signUp(here.url);
    const program = withKey(ada, await makeKey(ada));
    const files = await filesOf(program);
    expect(accountIn(files)).not.toHaveProperty('signIns');
    expect(accountIn(files).apiKeys).toHaveLength(1);
    expect(files.get('README.txt')).toContain('API key');
    expect((await filesOf(ada)).get('README.txt')).not.toContain('with an API key');
  });
});

describe('nothing in it is another’s', () => {
  test('of chats of others it has what one wrote and thought there oneself, as long as one may read them', async () => {
    const [ada, bob] = [await signUp(here.url, { name: 'Ada' }), await signUp(here.url, { name: 'Bob' })];
    const study = await make(bob);
    await put(bob, study, ada, 'editor');
    const shared = await makeChat(bob, { title: 'Bob shares', projectId: study.id, visibility: 'shared' });
    const hidden = await makeChat(bob, { title: 'Bob hides', projectId: study.id, visibility: 'private' });
    await makeChat(ada, { title: 'Ada hides', projectId: study.id, visibility: 'private' });
    const say = async (chatId: string, text: string, author: string | null, role = 'user') => {
      const { rows } = await db().query<{ id: string }>(
        `INSERT INTO messages (id, chat_id, role, content, author_id) VALUES (gen_random_uuid(), $1, $2, $3, $4) RETURNING id`,
        [chatId, role, JSON.stringify([{ type: 'text', text }]), author],
      );
      return rows[0]!.id;
    };
    await say(shared.id, 'Bob’s own words', null);
    await say(shared.id, 'Ada’s words at Bob’s', ada.userId);
    const reply = await say(shared.id, 'What Bob was told', null, 'assistant');
    await say(hidden.id, 'Bob’s private words', null);
    await ask(ada, 'PUT', `/messages/${reply}/rating`, { value: -1, comment: 'Ada disagrees' });
    await ask(bob, 'PUT', `/messages/${reply}/rating`, { value: 1, comment: 'Bob agrees' });

    const files = await filesOf(ada);
    const text = [...files].flat().join('\n');
    expect([...recordsIn(files).values()].join()).toContain('Ada hides');
    expect(accountIn(files)).toMatchObject({
      messagesElsewhere: [
        { chatId: shared.id, project: 'Study', content: [{ type: 'text', text: 'Ada’s words at Bob’s' }] },
      ],
      ratingsElsewhere: [{ messageId: reply, value: -1, comment: 'Ada disagrees' }],
      projects: [{ name: 'Study', role: 'editor' }],
    });
    for (const foreign of [
      'Bob’s own words',
      'What Bob was told',
      'Bob’s private words',
      'Bob hides',
      'Bob shares',
      'Bob agrees',
      bob.email,
      bob.userId,
    ])
      expect(text).not.toContain(foreign);
    // Bob's has what Ada wrote in his chat, under a pseudonym, and none of what is hers alone.
    const his = [...(await filesOf(bob))].flat().join('\n');
    expect(his).toContain('Ada’s words at Bob’s');
    for (const foreign of ['Ada hides', 'Ada disagrees', ada.email, ada.userId])
      expect(his).not.toContain(foreign);

    await ask(bob, 'DELETE', `/projects/${study.id}/members/${ada.userId}`);
    const after = accountIn(await filesOf(ada));
    expect(after).toMatchObject({ messagesElsewhere: [], ratingsElsewhere: [], projects: [] });
  });

  test('a guest gets theirs, without an address that stands for them', async () => {
    const visitor = await guest(here.url);
    await makeChat(visitor, { title: 'As a guest' });
    const files = await filesOf(visitor, '?language=ru');
    expect(recordsIn(files).size).toBe(1);
    expect(accountIn(files)).toMatchObject({ profile: { role: 'guest', email: null } });
    expect(files.get('README.txt')).toContain('Ваши данные из Parley');
    expect(files.get('account.json')).not.toContain('guestAddress');
  });
});

test('every table that belongs to users is in it, or is not for a reason', async () => {
  const where: Record<string, string> = {
    chats: 'chats/',
    generations: 'usage.csv',
    files: 'files',
    outbox: 'notSentYet',
    project_members: 'projects',
    api_keys: 'apiKeys',
    ratings: 'chats/, ratingsElsewhere',
    preferences: 'chats/, preferencesElsewhere',
    context_versions: 'instructions, chatInstructions',
    shares: 'sharedLinks',
    agents: 'agents',
    agent_versions: 'agents',
    sessions: 'signIns',
    accounts: 'waysIn',
    two_factors: 'a secret; that there is one: profile.twoFactor',
    sign_in_challenges: 'a sign-in that is under way',
    undos: 'what chats were before, for a day',
    usage_quarters: 'sums of what usage.csv has',
    fair_share: 'a place in line',
    storage: 'a sum of sizes',
  };
  expect(Object.keys(where).sort()).toEqual([...Object.keys(MOVED_TABLES), ...ENDING_TABLES].sort());
});
