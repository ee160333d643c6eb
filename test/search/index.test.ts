/** The index keeps up with every change, whoever makes it and whatever becomes of the process that enters it. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { indexBatch } from '#features/search/server/indexer/index-batch.ts';
import { guest, signIn, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { eventually, send } from '../harness/streams.ts';
import { ask, make, put } from '../projects/people.ts';
import { chat, finds, found, say, settled } from './people.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
});
afterAll(() => parley.close());
const newcomer = () => signUp(parley.url);

test('what is sent, and what is answered, is found within a second', async () => {
  const person = await newcomer();
  const sent = await send(person, '/script text="a pelican answers" rate=0');
  const startedAt = Date.now();
  const hits = await eventually(
    () => finds(person, 'pelican'),
    (items) => items.length === 2,
  );
  expect(Date.now() - startedAt).toBeLessThan(1000);
  expect(hits.map(({ messageId }) => messageId).toSorted()).toEqual(
    [sent.message.id, sent.reply.id].toSorted(),
  );
  // The reply is found by what the model is, too.
  expect(await found(person, 'pelican from:model model:test/demo')).toEqual([sent.reply.id]);
});

test('a reply is found once it has ended, not while it is written', async () => {
  const person = await newcomer();
  const sent = await send(person, '/script text="cormorant cormorant cormorant" rate=2');
  await eventually(
    () => finds(person, 'cormorant from:me'),
    (items) => items.length === 1,
  );
  expect(await found(person, 'cormorant from:model')).toEqual([]);
  await ask(person, 'POST', `/generations/${sent.generation.id}/cancel`);
  await eventually(
    () => found(person, 'from:model'),
    (items) => items[0] === sent.reply.id,
  );
});

describe('it follows', () => {
  test('an edited reply, a fork and a new title', async () => {
    const person = await newcomer();
    const { id } = await chat(person, { title: 'Before' });
    const reply = await say(parley.services, id, 'an egret', { role: 'assistant' });
    const edited = await ask<{ id: string }>(person, 'POST', `/messages/${reply}/edit`, {
      content: 'an avocet',
    });
    await ask(person, 'POST', `/messages/${edited.body.id}/fork`);
    await ask(person, 'PATCH', `/chats/${id}`, {
      title: 'Afterwards',
      tags: ['waders'],
      description: 'birds',
    });
    await settled(parley.services);
    expect(await found(person, 'avocet')).toHaveLength(2);
    expect(await found(person, 'afterwards')).toEqual(['Afterwards']);
    expect(await found(person, 'in:title before')).toEqual(['Before']);
    expect(await found(person, 'waders birds')).toEqual(['Afterwards']);
  });

  test('a chat that moves into a project, becomes private there, and leaves it', async () => {
    const [owner, member] = [await newcomer(), await newcomer()];
    const project = await make(owner);
    await put(owner, project, member, 'viewer');
    const { id } = await chat(owner, { title: 'Moving' });
    const message = await say(parley.services, id, 'a godwit');
    await settled(parley.services);
    const both = async () => [await found(owner, 'godwit'), await found(member, 'godwit')];
    expect(await both()).toEqual([[message], []]);
    await ask(owner, 'PATCH', `/chats/${id}`, { projectId: project.id });
    await settled(parley.services);
    expect(await both()).toEqual([[message], [message]]);
    await ask(owner, 'PATCH', `/chats/${id}`, { visibility: 'private' });
    // At once, whatever the index still says.
    expect(await found(member, 'godwit')).toEqual([]);
    await settled(parley.services);
    expect(await both()).toEqual([[message], []]);
    await ask(owner, 'PATCH', `/chats/${id}`, { visibility: 'shared' });
    await settled(parley.services);
    expect(await both()).toEqual([[message], [message]]);
    await ask(owner, 'DELETE', `/projects/${project.id}`);
    expect(await found(member, 'godwit')).toEqual([]);
    await settled(parley.services);
    expect(await both()).toEqual([[message], []]);
    await ask(owner, 'POST', `/projects/${project.id}/restore`);
    await settled(parley.services);
    expect(await both()).toEqual([[message], [message]]);
  });

  test('a guest who signs in to an account', async () => {
    const visitor = await guest(parley.url);
    const { id } = await chat(visitor, { title: 'As a guest' });
    const message = await say(parley.services, id, 'a dunlin');
    await settled(parley.services);
    const account = await newcomer();
    const person = await signIn(parley.url, account, visitor);
    await settled(parley.services);
    expect(await found(person, 'dunlin')).toEqual([message]);
    expect(await found(person, 'in:title guest')).toEqual(['As a guest']);
  });

  test('a temporary chat: it is not in it, and is as soon as it is kept', async () => {
    const person = await newcomer();
    const { db } = parley.services;
    const { id } = await chat(person, { title: 'Passing' });
    await db.$client.query('UPDATE chats SET temporary = true WHERE id = $1', [id]);
    const message = await say(parley.services, id, 'a curlew');
    await settled(parley.services);
    expect(await found(person, 'curlew')).toEqual([]);
    expect(await found(person, 'passing')).toEqual([]);
    const { rowCount } = await db.$client.query('SELECT FROM message_search WHERE chat_id = $1', [id]);
    expect(rowCount).toBe(0);
    await db.$client.query('UPDATE chats SET temporary = false WHERE id = $1', [id]);
    await settled(parley.services);
    expect(await found(person, 'curlew')).toEqual([message]);
  });

  test('what is removed for good: nothing of it stays', async () => {
    const person = await newcomer();
    const { db } = parley.services;
    const { id } = await chat(person, { title: 'Gone for good' });
    await say(parley.services, id, 'a ruff');
    await settled(parley.services);
    await db.$client.query('DELETE FROM chats WHERE id = $1', [id]);
    const { rows } = await db.$client.query(
      `SELECT (SELECT count(*) FROM message_search WHERE chat_id = $1) + (SELECT count(*) FROM chat_search WHERE chat_id = $1) AS left`,
      [id],
    );
    expect(rows[0].left).toBe(0);
  });
});

test('thousands that come at once do not hold up what somebody is saying', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Import' });
  await settled(parley.services);
  await parley.services.db.$client.query(
    `INSERT INTO messages (id, chat_id, role, content, source)
     SELECT gen_random_uuid(), $1, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text',
       (SELECT string_agg(md5(n || ':' || w), ' ') FROM generate_series(1, 30) w))), 'import' FROM generate_series(1, 4000) n`,
    [id],
  );
  const startedAt = Date.now();
  const message = await say(parley.services, id, 'said meanwhile: a phalarope');
  await eventually(
    () => found(person, 'phalarope'),
    (items) => items[0] === message,
  );
  expect(Date.now() - startedAt).toBeLessThan(1000);
  const { rows } = await parley.services.db.$client.query(
    'SELECT count(*) AS due FROM search_due WHERE bulk',
  );
  expect(rows[0].due).toBeGreaterThan(500);
  await parley.services.db.$client.query('DELETE FROM search_due WHERE bulk');
});

test('text that no index holds is found by its beginning, and holds nothing up', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Poison' });
  const words = (count: number, first: number) =>
    Array.from(
      { length: count },
      (_, n) => `${String.fromCodePoint(first + n)}-${String.fromCodePoint(first + 1 + n)}`,
    ).join(' ');
  const texts = [
    // 3.4 MB of different words.
    `sandpiper ${Array.from({ length: 500_000 }, (_, n) => n.toString(36).padStart(6, 'q')).join(' ')}`,
    // Too much for a tsvector in fewer characters than are looked at: four bytes each, and twice.
    `sandpiper ${words(60_000, 131_072)}`,
    `sandpiper ${'x'.repeat(3_000_000)}`,
    `sandpiper ${'\\\'":&|!<->()'.repeat(20_000)}`,
  ];
  for (const text of texts) await say(parley.services, id, text);
  const last = await say(parley.services, id, 'after them: a stint');
  await settled(parley.services);
  expect(await found(person, 'sandpiper')).toHaveLength(texts.length);
  expect(await found(person, 'stint')).toEqual([last]);
});

test('what cannot be entered at all waits by itself, and is entered once it can be', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Trouble' });
  const { db } = parley.services;
  await settled(parley.services);
  await db.$client.query(
    `CREATE FUNCTION fail_on_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN IF NEW.tsv @@ 'troubl'::tsquery THEN RAISE division_by_zero; END IF; RETURN NEW; END $$;
     CREATE TRIGGER trouble BEFORE INSERT ON message_search FOR EACH ROW EXECUTE FUNCTION fail_on_trouble()`,
  );
  onTestFinished(() => void db.$client.query('DROP FUNCTION IF EXISTS fail_on_trouble CASCADE'));
  const trouble = await say(parley.services, id, 'trouble and a knot');
  const fine = await say(parley.services, id, 'a knot');
  await eventually(
    () => found(person, 'knot'),
    (items) => items.includes(fine),
  );
  expect(await found(person, 'knot')).toEqual([fine]);
  await db.$client.query('DROP FUNCTION fail_on_trouble CASCADE');
  await settled(parley.services);
  expect((await found(person, 'knot')).toSorted()).toEqual([trouble, fine].toSorted());
});

test('several processes take turns, and what changed last is what is found', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Turns' });
  const message = await say(parley.services, id, 'first');
  for (let n = 0; n < 30; n++) {
    await parley.services.db.$client.query('UPDATE messages SET content = $2 WHERE id = $1', [
      message,
      JSON.stringify([{ type: 'text', text: `turnstone ${n}` }]),
    ]);
    await Promise.all([indexBatch(parley.services, 1), indexBatch(parley.services)]);
  }
  await settled(parley.services);
  expect(await found(person, 'turnstone 29')).toEqual([message]);
  expect(await found(person, 'turnstone 28')).toEqual([]);
});

test('an index that is made anew has everything again', async () => {
  const person = await newcomer();
  const { id } = await chat(person, { title: 'Anew' });
  const message = await say(parley.services, id, 'a whimbrel');
  const deleted = await say(parley.services, id, 'a whimbrel that went');
  await ask(person, 'DELETE', `/messages/${deleted}`);
  await settled(parley.services);
  await parley.services.db.$client.query('SELECT rebuild_search()');
  await settled(parley.services);
  expect(await found(person, 'whimbrel')).toEqual([message]);
  await ask(person, 'POST', `/messages/${deleted}/restore`);
  expect(await found(person, 'whimbrel')).toHaveLength(2);
  expect(await found(person, 'anew')).toEqual(['Anew']);
});

test('what an older version has stored is found after an upgrade', async () => {
  const person = await newcomer();
  const { db } = parley.services;
  const { id } = await chat(person, { title: 'From before' });
  // As the migration finds it: stored, and in no index.
  await db.$client.query('ALTER TABLE messages DISABLE TRIGGER messages_due_new');
  const message = await say(parley.services, id, 'an old sanderling').finally(() =>
    db.$client.query('ALTER TABLE messages ENABLE TRIGGER messages_due_new'),
  );
  await settled(parley.services);
  expect(await found(person, 'sanderling')).toEqual([]);
  await db.$client.query('INSERT INTO search_due (bulk, chat_id, whole) SELECT true, id, true FROM chats');
  await settled(parley.services);
  expect(await found(person, 'sanderling')).toEqual([message]);
});
