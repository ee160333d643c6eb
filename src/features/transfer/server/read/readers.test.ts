/** Whatever shape a file has, its reader gives rows or a refusal in words; and however a text is cut, the same values come of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHATGPT, CLAUDE, LIBRECHAT, OPEN_WEBUI, SHAREGPT } from '#test/transfer/fixtures/foreign.ts';
import { Refused } from './draft.ts';
import { recognise } from './recognise.ts';
import { JsonSplitter } from './split-json.ts';
import { toRows } from './to-rows.ts';

const ID = '0197f0c0-0000-7000-8000-000000000001';
const RECORD = {
  schema: 'parley.chat/1',
  id: ID,
  title: 'x',
  settings: { modelId: 'e/m' },
  messages: [
    { id: ID, parentId: null, role: 'user', content: [{ type: 'text', text: 'Hi' }], preferences: [] },
    { id: ID.replace('1', '2'), parentId: ID, role: 'assistant', content: [], generation: { model: 'e/m' } },
  ],
};
const GOOD = [RECORD, CHATGPT[0], CLAUDE[0], OPEN_WEBUI[0], LIBRECHAT, SHAREGPT[0]];

/** Every place in a value, as the way to it. */
function placesIn(value: unknown, way: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...way, name]))];
}

function withAt(value: unknown, [name, ...rest]: string[], put: unknown): unknown {
  if (name === undefined) return put;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[name] = withAt((value as Record<string, unknown>)[name], rest, put);
  return copy;
}

const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [null],
    [[]],
    { a: null },
    '\u0000',
    'constructor',
  ),
  fc.jsonValue({ maxDepth: 1 }),
);

describe('readers', () => {
  test.each(GOOD.map((good) => [recognise(good, null)!.format, good] as const))('%s', (format, good) => {
    const places = placesIn(good);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(places.length - 1), ODD), { minLength: 1, maxLength: 3 }),
        (changes) => {
          let value: unknown = good;
          for (const [at, put] of changes)
            try {
              value = withAt(value, places[at]!, put);
            } catch {
              // The way leads through what an earlier change has put there.
            }
          const known = recognise(value, null);
          if (!known) return;
          try {
            const rows = toRows(known.read(value as Record<string, unknown>), {
              userId: ID,
              format,
              seed: 'x',
              origin: {},
            });
            expect(JSON.parse(rows.messages)).toHaveLength(rows.count);
          } catch (error) {
            expect(error).toBeInstanceOf(Refused);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

const BOUNDS = { bytes: 10_000, values: 1_000 };
const cut = (text: string, sizes: readonly number[]) => {
  const splitter = new JsonSplitter(BOUNDS);
  const bytes = Buffer.from(text);
  const found = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    found.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...found, ...splitter.end()];
};

test('the splitter gives the values of a list and of lines, wherever it is cut', () => {
  const container = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(
      fc.array(container, { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom<(values: unknown[]) => string>(
        (values) => JSON.stringify(values),
        (values) => `\uFEFF${JSON.stringify(values, null, 2)}\n`,
        (values) => values.map((value) => `${JSON.stringify(value)}\n`).join(''),
        (values) => JSON.stringify(values[0], null, 2),
      ),
      (values, sizes, write) => {
        const text = write(values);
        const isList = /^\uFEFF?\[/.test(text);
        const found = cut(text, sizes).map((piece) => ('text' in piece ? JSON.parse(piece.text) : piece));
        const isOne = !isList && !text.endsWith('\n');
        const expected = (isOne ? values.slice(0, 1) : values).map((value) =>
          JSON.parse(JSON.stringify(value)),
        );
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

test('and says what is too large, what has too much in it, and where a text ends too early', () => {
  const large = `[{"a":"${'x'.repeat(20_000)}"},{"b":1}]`;
  expect(cut(large, [7])).toEqual([
    { row: 0, fault: 'too_large' },
    { row: 1, text: '{"b":1}', depth: 1 },
  ]);
  expect(cut(`[[${'1,'.repeat(2_000)}1],2]`, [100])[0]).toEqual({ row: 0, fault: 'too_much' });
  expect(cut('[{"a":1},{"b":', [3]).at(-1)).toEqual({ row: 1, fault: 'cut' });
  expect(cut('[1] x', [2]).at(-1)).toEqual({ row: 1, fault: 'trailing' });
});
