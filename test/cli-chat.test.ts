/** `parley chat` as a person uses it: a real process, its input and output, its signals. */
import { expect, test, vi } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { signUp } from './harness/accounts.ts';
import { chat } from './harness/chat-process.ts';
import { type Ground, makeGround, makeKey } from './harness/make.ts';
import { startTestParley } from './harness/parley.ts';
import { startParleyProcess } from './harness/process.ts';

const chatsIn = async ({
  database,
}: Ground): Promise<{ title: string; tags: string[]; description: string }[]> =>
  (await database.db.$client.query('SELECT title, tags, description FROM chats ORDER BY id')).rows;

test.concurrent('a chat of several messages is kept with its title, tags and description, and taken up again by --last', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const flags = [
    '--model=scripted/echo',
    '--title=A study',
    '--tag=pilot',
    '--tag=week 1',
    '--description=First run',
  ];
  const first = chat(onTestFinished, place, [...flags, 'good morning']);
  await vi.waitUntil(() => first.out().includes('good morning'), 30_000);
  first.say('and good night');
  await vi.waitUntil(() => first.out().includes('good night'), 30_000);
  expect(await first.end()).toBe(0);
  expect(await chatsIn(place)).toEqual([
    { title: 'A study', tags: ['pilot', 'week 1'], description: 'First run' },
  ]);

  const again = chat(onTestFinished, place, ['--last', '--model=scripted/echo']);
  await vi.waitUntil(() => again.out().includes('and good night'), 30_000);
  again.say('third');
  await vi.waitUntil(() => /third/.test(again.out()), 30_000);
  expect(await again.end()).toBe(0);
  expect(await chatsIn(place)).toHaveLength(1);
  const { rows } = await place.database.db.$client.query(
    'SELECT count(*)::int AS replies, min(client) AS client FROM generations',
  );
  expect(rows).toEqual([{ replies: 3, client: 'cli' }]);
});

test.concurrent('a temporary chat is in no list, and goes on by its id alone', async ({ onTestFinished }) => {
  const place = await makeGround(onTestFinished);
  const first = chat(onTestFinished, place, ['--temporary', '--model=scripted/echo', 'between us']);
  await vi.waitUntil(() => first.out().includes('between us'), 30_000);
  expect(await first.end()).toBe(0);
  const { rows } = await place.database.db.$client.query('SELECT id, temporary FROM chats');
  expect(rows).toEqual([{ id: expect.any(String), temporary: true }]);
  const last = chat(onTestFinished, place, ['--last', '--model=scripted/echo', 'hello']);
  expect(await last.end()).toBe(1);
  expect(last.err()).toContain('There is no earlier chat.');
  const wrong = chat(onTestFinished, place, ['--temporary', '--last']);
  expect(await wrong.end()).toBe(1);
  expect(wrong.err()).toContain('--temporary is for a new chat');
  const again = chat(onTestFinished, place, [`--resume=${rows[0].id}`, '--model=scripted/echo', 'and on']);
  await vi.waitUntil(() => again.out().includes('and on'), 30_000);
  expect(await again.end()).toBe(0);
});

test.concurrent('Ctrl-C stops the reply, keeps what was written, and the chat goes on', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const talk = chat(onTestFinished, place, [
    '--model=scripted/echo',
    '/script repeat="word " tokens=100000 rate=40',
  ]);
  await vi.waitUntil(() => talk.out().includes('word word'), 30_000);
  talk.child.kill('SIGINT');
  await vi.waitUntil(() => talk.err().includes('(stopped'), 30_000);
  talk.say('still here');
  await vi.waitUntil(() => talk.out().includes('still here'), 30_000);
  expect(await talk.end()).toBe(0);
  const { rows } = await place.database.db.$client.query<{ content: Message['content']; state: string }>(
    `SELECT m.content, g.state FROM messages m JOIN generations g ON g.message_id = m.id ORDER BY m.id LIMIT 1`,
  );
  expect(rows[0]!.state).toBe('cancelled');
  expect(textOf(rows[0]!.content)).toContain('word word');
  // Byte for byte what the person saw before the second reply.
  expect(talk.out().startsWith(textOf(rows[0]!.content).trimEnd())).toBe(true);
});

test.concurrent('a Parley that serves the data folder does the work: killing the terminal does not end its reply', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const env = { DATABASE_URL: place.database.url.url };
  const serving = await startParleyProcess({ dataDir: place.dataDir, env });
  const talk = chat(onTestFinished, place, [
    '--model=scripted/echo',
    '/script repeat="word " tokens=60 rate=30',
  ]);
  await vi.waitUntil(() => talk.out().includes('word'), 30_000);
  talk.child.kill('SIGKILL');
  const look = 'SELECT state, epoch FROM generations';
  await vi.waitUntil(async () => {
    const { rows } = await place.database.db.$client.query<{ state: string }>(look);
    return rows[0]!.state !== 'running';
  }, 30_000);
  const { rows } = await place.database.db.$client.query(look);
  expect(rows).toEqual([{ state: 'completed', epoch: 1 }]);
  expect(await serving.stop()).toEqual({ code: 0, signal: null });
});

test.concurrent('at another Parley it speaks for the owner of the key, and without a valid one says so', async ({
  onTestFinished,
}) => {
  const parley = await startTestParley();
  onTestFinished(() => parley.close());
  const person = await signUp(parley.url);
  const key = await makeKey(person);
  const place = await makeGround(onTestFinished);
  const talk = chat(onTestFinished, place, [`--server=${parley.url}`, '--model=scripted/echo', 'from afar'], {
    PARLEY_API_KEY: key,
  });
  await vi.waitUntil(() => talk.out().includes('from afar'), 30_000);
  expect(await talk.end()).toBe(0);
  const { items } = (await (await person.fetch('/api/v1/chats')).json()) as { items: Chat[] };
  expect(items.map((one) => one.title)).toEqual(['from afar']);

  const wrong = chat(onTestFinished, place, [`--server=${parley.url}`, '--last'], {
    PARLEY_API_KEY: 'pk_wrong',
  });
  expect(await wrong.end()).toBe(1);
  expect(wrong.err()).toMatch(/[Kk]ey/);
  expect(wrong.err()).not.toContain('    at ');
  const none = chat(onTestFinished, place, [`--server=${parley.url}`]);
  expect(await none.end()).toBe(1);
  expect(none.err()).toMatch(/you need an API key/);
});

test.concurrent('the terminal does not become the first admin, and hands its chats to whoever does', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const before = chat(onTestFinished, place, ['--model=scripted/echo', 'before anybody signed up']);
  await vi.waitUntil(() => before.out().includes('before anybody'), 30_000);
  expect(await before.end()).toBe(0);

  const parley = await startTestParley({}, { database: place.database, dataDir: place.dataDir });
  const person = await signUp(parley.url);
  expect(await (await person.fetch('/api/v1/me')).json()).toMatchObject({ role: 'admin' });
  const after = chat(onTestFinished, place, ['--last', '--model=scripted/echo', 'now as the admin']);
  await vi.waitUntil(() => after.out().includes('now as the admin'), 30_000);
  expect(await after.end()).toBe(0);
  const { items } = (await (await person.fetch('/api/v1/chats')).json()) as { items: Chat[] };
  expect(items.map((one) => one.title)).toEqual(['before anybody signed up']);
  await parley.close();
});

test.concurrent('a failed reply is told in words, and ends a script with exit code 1', async ({
  onTestFinished,
}) => {
  const talk = chat(onTestFinished, await makeGround(onTestFinished), [
    '--model=scripted/echo',
    '/script fail=mid tokens=20 repeat="a "',
  ]);
  expect(await talk.end()).toBe(1);
  expect(talk.err()).toMatch(/\(failed: .+\)/);
});

test.concurrent('a Russian chat is Russian throughout: its failures, what helps then, and the refusals of the server', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const env = { LANG: 'ru_RU.UTF-8' };
  const talk = chat(
    onTestFinished,
    place,
    ['--model=scripted/echo', '/script fail=mid tokens=3 repeat="а "'],
    env,
  );
  await vi.waitUntil(() => talk.err().includes('/retry'), 30_000);
  talk.say('/help');
  talk.say('/new');
  talk.say('/retry');
  expect(await talk.end()).toBe(1);
  const wrong = chat(onTestFinished, place, ['--lang=ru', '--model=scripted/none', 'а'], {});
  const missing = chat(onTestFinished, place, ['--resume=00000000-0000-7000-8000-00000000abcd'], env);
  expect([await wrong.end(), await missing.end()]).toEqual([1, 1]);
  const said = [talk, wrong, missing].map((one) => one.out() + one.err()).join('\n');
  expect(said).toMatch(/\(не получилось: .+\).*Попробовать ещё раз: parley chat --resume/s);
  expect(said).toContain('Повторять пока нечего');
  expect(said).toContain('Модели «scripted/none» нет');
  expect(said).toContain('Такого чата нет');
  // Two English words in a row are a sentence; what is typed as it stands is not one.
  const typed = /parley chat|--\w+|\/\w+|Ctrl-\w|scripted\/\w+/g;
  expect(said.replace(typed, '').match(/[A-Za-z]{2,} [A-Za-z]{2,}/g)).toBeNull();
});

test.concurrent('a title cannot reach the terminal, nor what a model says of one', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const parley = await startTestParley({}, { database: place.database, dataDir: place.dataDir });
  onTestFinished(() => parley.close());
  const person = await signUp(parley.url);
  const title = 'a\u001b]52;c;aGk=\u0007b\u202ec';
  const chatId = crypto.randomUUID();
  await person.fetch('/api/v1/chats', { method: 'POST', json: { id: chatId, title: 'to come' } });
  // As it may have been written by an older version.
  await place.database.db.$client.query('UPDATE chats SET title = $2 WHERE id = $1', [chatId, title]);
  const key = await makeKey(person);
  const talk = chat(
    onTestFinished,
    place,
    [`--server=${parley.url}`, '--last', '--model=scripted/echo', 'x\u001b[2Jy\u009b3m\u009dz'],
    { PARLEY_API_KEY: key },
  );
  await vi.waitUntil(() => talk.out().includes('z'), 30_000);
  expect(await talk.end()).toBe(0);
  expect(talk.err()).toContain('a]52;c;aGk=bc');
  expect(talk.out()).toContain('x[2Jy3mz');
  expect(talk.out() + talk.err()).not.toMatch(/(?![\n\t])\p{Cc}|\u202e/u);
});
