/** What is found: words in both languages, phrases, titles, misspelt ones; in which order, and page by page. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SearchHit } from '#features/search/search.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask } from '../projects/people.ts';
import { asks, chat, finds, found, say, settled } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());

/** A person of whom nobody has found anything yet. */
const newcomer = () => signUp(parley.url);

test('a message is found by its words, with the place and the words marked', async () => {
  ada = await newcomer();
  const { id } = await chat(ada, { title: 'Deployments' });
  const text = 'We moved the billing service to the new cluster on Friday evening.';
  const message = await say(parley.services, id, text);
  await settled(parley.services);
  const [hit, ...more] = await finds(ada, 'billing cluster');
  expect(more).toEqual([]);
  expect(hit).toMatchObject({
    chatId: id,
    messageId: message,
    title: 'Deployments',
    role: 'user',
    projectId: null,
  });
  expect(hit!.snippet.map((piece) => piece.text).join('')).toBe(text);
  expect(hit!.snippet.filter(({ match }) => match).map((piece) => piece.text)).toEqual([
    'billing',
    'cluster',
  ]);
  expect(new Date(hit!.createdAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect(await finds(ada, 'billing mainframe')).toEqual([]);
});

test.each([
  ['running', 'She runs every day', 'runs'],
  ['run', 'They were running late', 'running'],
  ['кошки', 'Для кошек купили новый корм', 'кошек'],
  ['кошек', 'Кошка спит на окне', 'Кошка'],
  ['деньги', 'Не хватило денег на билеты', 'денег'],
  ['окна', 'Без окон жить нельзя', 'окон'],
  ['настройка', 'Слишком много настроек', 'настроек'],
  ['елка', 'Ёлку нарядили вчера', 'Ёлку'],
  ['проектами', 'Проект закрыт в срок', 'Проект'],
  ['DEPLOY', 'deploying again', 'deploying'],
  ['ягуар', 'Это «Ягуар» — зверь', 'Ягуар'],
  ['café', 'the “café”…', 'café'],
])('“%s” finds “%s”, whatever form it is in', async (asked, text, marked) => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const message = await say(parley.services, id, text);
  await settled(parley.services);
  const hits = await finds(person, asked);
  expect(hits.map(({ messageId }) => messageId)).toEqual([message]);
  expect(hits[0]!.snippet.filter(({ match }) => match).map((piece) => piece.text)).toEqual([marked]);
});

test('a phrase is found in its order only, a word with a minus keeps a message out, “or” takes either', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const inOrder = await say(parley.services, id, 'the red fox sleeps');
  const other = await say(parley.services, id, 'a fox that is red');
  await settled(parley.services);
  expect(await found(person, '"red fox"')).toEqual([inOrder]);
  expect(await found(person, '«red fox»')).toEqual([inOrder]);
  expect((await found(person, 'red fox')).toSorted()).toEqual([inOrder, other].toSorted());
  expect(await found(person, 'fox -sleeps')).toEqual([other]);
  expect(await found(person, 'fox -"red fox"')).toEqual([other]);
  expect(await found(person, 'sleeps or badger')).toEqual([inOrder]);
});

test('words in code, tags and paths are found, and shown as they were written', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const code = 'Open src/server/boot.ts and look for <Panel onClose={leave}> or Map<String, Invoice> there';
  const message = await say(parley.services, id, code);
  await settled(parley.services);
  for (const asked of ['server boot', 'boot.ts', 'Panel', 'Invoice', 'src/server'])
    expect([asked, await found(person, asked)]).toEqual([asked, [message]]);
  const [hit] = await finds(person, 'invoice');
  expect(hit!.snippet.map(({ text }) => text).join('')).toContain('Map<String, Invoice>');
});

test('a snippet reads without the marks of Markdown, and its words are marked all the same', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const padding = 'Words that stand here only so that there are many of them. '.repeat(8);
  await say(
    parley.services,
    id,
    `# Setting up\n\n${padding}Read the **walnut** chapter of [the guide](https://example.org/a/b/hazelnut) first.\n\n\`\`\`sh\nx ** y\n\`\`\`\n${padding}`,
    { role: 'assistant' },
  );
  await settled(parley.services);
  const textOf = (hit: SearchHit) => hit.snippet.map(({ text }) => text).join('');
  const [byWord] = await finds(person, 'walnut');
  expect(textOf(byWord!)).toContain('Read the walnut chapter of the guide first. x ** y');
  expect(byWord!.snippet).toContainEqual({ text: 'walnut', match: true });
  // What was found in an address is shown with it.
  const [byAddress] = await finds(person, 'hazelnut');
  expect(textOf(byAddress!)).toContain('the guide https://example.org/a/b/hazelnut first.');
  expect(byAddress!.snippet).toContainEqual({ text: 'hazelnut', match: true });
  const [byFilter] = await finds(person, 'from:model');
  expect(textOf(byFilter!)).toMatch(/^Setting up Words that stand/);
});

test('nothing in a snippet is markup, whatever was written', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const text = '<b>walrus</b> \u0002not a mark\u0003 <script>alert(1)</script>';
  await say(parley.services, id, text);
  await settled(parley.services);
  const [hit] = await finds(person, 'walrus');
  expect(hit!.snippet).toEqual([
    { text: '<b>', match: false },
    { text: 'walrus', match: true },
    { text: '</b> not a mark <script>alert(1)</script>', match: false },
  ]);
});

test('a chat is found by its title, tags and description alone, without a message, and not beside its own messages', async () => {
  const person = await newcomer();
  const titled = await chat(person, {
    title: 'Quarterly harvest',
    tags: ['orchard'],
    description: 'About cider',
  });
  await say(parley.services, titled.id, 'nothing of that');
  const both = await chat(person, { title: 'Harvest again' });
  const message = await say(parley.services, both.id, 'the harvest was good');
  await settled(parley.services);
  expect(await found(person, 'harvest')).toEqual(['Quarterly harvest', message]);
  const [hit] = await finds(person, 'quarterly');
  expect(hit).toMatchObject({ chatId: titled.id, messageId: null, role: null });
  expect(hit!.snippet).toEqual([
    { text: 'Quarterly', match: true },
    { text: ' harvest', match: false },
  ]);
  const [byTag] = await finds(person, 'orchard');
  expect(byTag).toMatchObject({ chatId: titled.id, messageId: null });
  expect(byTag!.snippet).toContainEqual({ text: 'orchard', match: true });
  expect(await found(person, 'cider')).toEqual(['Quarterly harvest']);
  expect(await found(person, 'in:title harvest')).toEqual(['Harvest again', 'Quarterly harvest']);
  expect(await found(person, 'in:title cider')).toEqual([]);
});

test.each([
  ['migraton', 'Migration plan'],
  ['migartion', 'Migration plan'],
  ['pyhton', 'Python basics'],
  ['kubernetis cluster', 'Kubernetes clusters'],
  ['migr', 'Migration plan'],
  ['бюджт', 'Бюджета на 2026 год'],
  ['отчот', 'Отчёт за март'],
  ['собоание', 'Собрание команды'],
  ['recieve', 'How to receive mail'],
])('“%s” finds the title “%s”, which is written otherwise', async (asked, title) => {
  const person = await newcomer();
  await chat(person, { title });
  await chat(person, { title: 'Something else' });
  await chat(person, { title: 'Прочее' });
  await settled(parley.services);
  expect(await found(person, asked)).toEqual([title]);
  expect(await found(person, `"${asked}"`)).toEqual([]);
});

test('the best match comes first, and of equals the newest', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const best = await say(parley.services, id, 'tin tin tin tin', { at: '2026-01-01' });
  const older = await say(parley.services, id, 'one tin here', { at: '2026-01-02' });
  const newer = await say(parley.services, id, 'one tin here', { at: '2026-01-03' });
  await settled(parley.services);
  expect(await found(person, 'tin')).toEqual([best, newer, older]);
});

test('archived chats are found, deleted ones and deleted messages are not, and are again when they are back', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const message = await say(parley.services, id, 'an ocelot');
  await ask(person, 'PATCH', `/chats/${id}`, { archived: true });
  await settled(parley.services);
  expect(await found(person, 'ocelot')).toEqual([message]);
  await ask(person, 'DELETE', `/messages/${message}`);
  expect(await found(person, 'ocelot')).toEqual([]);
  await ask(person, 'POST', `/messages/${message}/restore`);
  expect(await found(person, 'ocelot')).toEqual([message]);
  await ask(person, 'DELETE', `/chats/${id}`);
  expect(await found(person, 'ocelot')).toEqual([]);
  await ask(person, 'POST', `/chats/${id}/restore`);
  expect(await found(person, 'ocelot')).toEqual([message]);
});

test('what is thought, called or answered by tools is not what was said', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  const message = await say(parley.services, id, '', {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'platypus' },
      { type: 'text', text: 'wombat' },
      { type: 'text', text: 'quokka' },
    ],
  });
  await settled(parley.services);
  expect(await found(person, 'wombat quokka')).toEqual([message]);
  expect(await found(person, 'platypus')).toEqual([]);
});

test('pages show every find once, in one order, also while more is said and something is deleted', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Beryl' });
  await chat(person, { title: 'About beryl' });
  await chat(person, { title: 'About beryk' });
  const ids: string[] = [];
  await parley.services.db.$client.query(
    `INSERT INTO messages (id, chat_id, role, content, created_at)
     SELECT gen_random_uuid(), $1, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text',
       repeat('beryl ', 1 + n % 3) || n)), '2026-01-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 650) n`,
    [id],
  );
  await settled(parley.services);
  const whole = (await asks(person, 'beryl', '&limit=200')).body.items;
  expect(whole[0]).toMatchObject({ title: 'About beryl', messageId: null });
  let cursor: string | null = null;
  let pages = 0;
  do {
    const { body } = await asks(person, 'beryl', `&limit=70${cursor ? `&cursor=${cursor}` : ''}`);
    ids.push(...body.items.map(({ messageId, title }) => messageId ?? title));
    cursor = body.nextCursor;
    pages++;
    if (pages === 2) {
      await say(parley.services, id, 'beryl beryl beryl, said meanwhile');
      await ask(person, 'DELETE', `/messages/${ids[20]}`);
      await settled(parley.services);
    }
  } while (cursor);
  expect(pages).toBe(Math.ceil(652 / 70));
  expect(ids).toHaveLength(652);
  expect(new Set(ids).size).toBe(652);
  expect(ids.slice(0, 70)).toEqual(whole.slice(0, 70).map(({ messageId, title }) => messageId ?? title));
  expect(ids.at(-1)).toBe('About beryk');
});

test('a page that holds all there is says that there is no more', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Chat' });
  for (const n of [1, 2]) await say(parley.services, id, `a lynx ${n}`);
  await settled(parley.services);
  expect((await asks(person, 'lynx', '&limit=2')).body.nextCursor).toBeNull();
  expect((await asks(person, 'lynx', '&limit=1')).body.nextCursor).not.toBeNull();
});

test('a cursor that is none, a limit out of bounds and a question that is too long are refused by name', async () => {
  const person = await newcomer();
  for (const [more, field] of [
    ['&cursor=zzz', 'cursor'],
    [`&cursor=${Buffer.from('{"pass":9}').toString('base64url')}`, 'cursor'],
    ['&limit=201', 'limit'],
    ['&limit=0', 'limit'],
  ] as const)
    expect((await asks(person, 'x', more)).body).toMatchObject({ error: { code: 'invalid_input', field } });
  expect((await asks(person, 'x'.repeat(1001))).body).toMatchObject({ error: { field: 'q' } });
});
