/** What goes out and comes in elsewhere is the same, byte for byte in canonical form, whatever the chat is like. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '#platform/canonical-json.ts';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { bringIn, takeOut } from './people.ts';
import { makeRichChat } from './rich-chat.ts';

let here: TestParley;
let elsewhere: TestParley;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([startTestParley(), startTestParley()]);
});
afterAll(() => Promise.all([here.close(), elsewhere.close()]));

const canonicalLines = (jsonl: string): string[] =>
  jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => canonicalJson(JSON.parse(line)));

test('a chat with everything an ordinary chat can have', async () => {
  const ada = await signUp(here.url);
  const chatId = await makeRichChat(here, ada);
  const out = await takeOut(ada, `${chatId}/export`);
  const record = JSON.parse(out);
  expect(record).toMatchObject({
    schema: 'parley.chat/1',
    consent: { status: 'owner' },
    collector: 'api',
    pinned: true,
    tags: ['pilot', 'Ünïcode'],
    settings: { parameters: { temperature: 0.5 } },
    project: 'Study',
    visibility: 'shared',
  });
  const reply = record.messages.find((one: { rating?: object }) => one.rating);
  expect(reply).toMatchObject({
    rating: { value: 1, tags: ['clear'], comment: 'Well said' },
    generation: { state: 'completed', usd: 0.25, parameters: { temperature: 0.5 }, tokensEstimated: true },
    context: { sha256: expect.stringMatching(/^sha256:/) },
  });
  // What the model was told, and the chat's own instructions, stand once in `texts`.
  expect(record.texts[reply.generation.instructions]).toContain('Be brief.');
  expect(record.texts[record.instructions]).toBe('Be brief.');
  const asked = record.messages.find((one: { preferences?: object }) => one.preferences);
  expect(asked.preferences[0]).toMatchObject({ verdict: 'better', reason: 'Shorter' });
  expect(record.messages.some((one: { excluded?: true; author?: string }) => one.excluded)).toBe(true);
  expect(record.messages.filter((one: { author?: string }) => one.author)).toHaveLength(1);

  const eve = await signUp(elsewhere.url);
  expect((await bringIn(eve, out)).body).toMatchObject({ added: 1, copied: 0, failed: 0 });
  const again = await takeOut(eve, `${chatId}/export`);
  expect(JSON.parse(again)).toEqual(record);
  expect(canonicalJson(JSON.parse(again))).toBe(canonicalJson(record));
});

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((one) => one.replaceAll('\0', ''));
const time = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((one) => one.toISOString());
const json = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: false } as object)
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll('-0', '0').replaceAll('\\u0000', '')))
  .filter((value) => !JSON.stringify(value).includes('__proto__'));
const generation = fc.record(
  {
    model: text.filter((one) => one !== ''),
    state: fc.constantFrom('completed', 'failed', 'cancelled', 'interrupted', 'running'),
    finishReason: fc.constantFrom('stop', 'length'),
    inputTokens: fc.nat(1e6),
    outputTokens: fc.nat(1e6),
    ttftMs: fc.nat(1e5),
    queuedAt: time,
    usd: fc.constantFrom(0.5, 1.25, 3),
    steps: json,
  },
  { requiredKeys: [] },
);
const piece = fc.oneof(
  fc.record({ type: fc.constant('text'), text }),
  fc.record({ type: fc.constant('reasoning'), text }),
  fc.record({ type: fc.constant('tool_call'), toolCallId: text, name: text, arguments: text, state: text }),
  fc.record({ type: fc.constant('tool_result'), toolCallId: text, result: text, isError: fc.boolean() }),
  fc.record({ type: fc.constant('file'), fileId: fc.uuid() }),
);
/** A tree: each message answers one before it, or none. */
const record = fc
  .record({
    ids: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 12 }),
    chat: fc.record(
      {
        title: text,
        description: text,
        tags: fc.uniqueArray(
          text.filter((one) => one.trim() !== ''),
          { maxLength: 3 },
        ),
        metadata: fc.dictionary(
          text.filter((one) => one !== '__proto__'),
          json,
          { maxKeys: 3 },
        ),
        archived: fc.boolean(),
        createdAt: time,
        updatedAt: time,
        collector: fc.constantFrom('web', 'cli', 'simulation'),
        consent: fc.record({ status: fc.constantFrom('given', 'owner') }),
        parties: fc.dictionary(fc.constantFrom('user', 'assistant'), json),
        run: json,
        annotations: fc.array(json),
        transcriptHash: text,
        source: fc.record({ format: text, file: text, row: fc.nat(9), licence: text }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    messages: fc.array(
      fc.record(
        {
          above: fc.nat(),
          role: fc.constantFrom('user', 'assistant', 'system', 'tool'),
          source: fc.constantFrom('human', 'model', 'scenario', 'human_edit', 'import'),
          createdAt: time,
          content: fc.array(piece, { maxLength: 3 }),
          author: text.filter((one) => one !== ''),
          originalId: text.filter((one) => one !== ''),
          original: json,
          generation,
          excluded: fc.constant(true),
          rating: fc.record({ value: fc.constantFrom(1, -1), updatedAt: time }),
          context: fc.record({ primary: fc.nat(3), sha256: text }),
        },
        { requiredKeys: ['above', 'role', 'content', 'source'] },
      ),
      { minLength: 12, maxLength: 12 },
    ),
    leaf: fc.nat(),
  })
  .map(({ ids, chat, messages, leaf }) => ({
    schema: 'parley.chat/1',
    id: crypto.randomUUID(),
    ...chat,
    leafMessageId: ids[leaf % ids.length],
    messages: ids.map((id, at) => {
      const { above, ...message } = messages[at]!;
      const parentId = at === 0 || above % 7 === 0 ? null : ids[above % at];
      const others = ids.filter((other) => other !== id).slice(0, 2);
      return {
        id,
        parentId,
        ...message,
        ...(message.role === 'user' &&
          others.length === 2 && {
            preferences: [
              {
                chosen: others[0],
                over: [others[1]],
                verdict: 'better',
                createdAt: '2026-01-01T00:00:00.000Z',
              },
            ],
          }),
        ...(message.source === 'human_edit' && { editedFrom: others[0] ?? crypto.randomUUID() }),
      };
    }),
  }));

test('any tree at all: in, out, in elsewhere and out again', async () => {
  const [ada, eve]: [Person, Person] = [await signUp(here.url), await signUp(elsewhere.url)];
  await fc.assert(
    fc.asyncProperty(record, async (given) => {
      const first = await bringIn(ada, given);
      expect(first.body).toMatchObject({ failed: 0, copied: 0, added: 1 });
      const out = await takeOut(ada, `${given.id}/export`);
      // Nothing that was given is missing, whatever Parley makes of it.
      const kept = JSON.parse(out);
      expect(
        kept.messages.map(({ id, parentId, content }: Record<string, unknown>) => ({
          id,
          parentId,
          content,
        })),
      ).toEqual(given.messages.map(({ id, parentId, content }) => ({ id, parentId, content })));
      for (const key of [
        'run',
        'annotations',
        'parties',
        'transcriptHash',
        'collector',
        'consent',
        'source',
        'metadata',
      ] as const)
        if (key in given && Object.keys(Object(given[key])).length > 0) expect(kept[key]).toEqual(given[key]);
      for (const [at, message] of given.messages.entries())
        for (const key of [
          'original',
          'generation',
          'context',
          'rating',
          'preferences',
          'editedFrom',
          'author',
          'originalId',
          'excluded',
          'source',
          'createdAt',
        ] as const)
          if (
            key in message &&
            message[key] !== null &&
            (typeof message[key] !== 'object' || Object.keys(Object(message[key])).length > 0)
          )
            expect(kept.messages[at][key]).toEqual(message[key]);
      expect((await bringIn(eve, out)).body).toMatchObject({ failed: 0, copied: 0, added: 1 });
      const again = await takeOut(eve, `${given.id}/export`);
      expect(canonicalJson(JSON.parse(again))).toBe(canonicalJson(JSON.parse(out)));
      expect((await bringIn(ada, again)).body).toMatchObject({ added: 0, skipped: 1 });
    }),
    { numRuns: 12, endOnFailure: true },
  );
  // All of them at once, as lines and as an archive, give the same.
  const lines = canonicalLines(await takeOut(ada, 'export?archived=all')).toSorted();
  expect(canonicalLines(await takeOut(eve, 'export?archived=all')).toSorted()).toEqual(lines);
});
