import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSseSplitter, LineTooLong, MAX_LINE } from './sse-splitter.ts';

type Event = { data: string; name: string };

/** Splits `bytes` into chunks at `cuts` and returns the events. */
function split(bytes: Buffer, cuts: number[] = []): Event[] {
  const events: Event[] = [];
  const splitter = createSseSplitter((data, name) => {
    events.push({ data, name });
    return false;
  });
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let at = 1; at < places.length; at++) splitter.push(bytes.subarray(places[at - 1], places[at]));
  splitter.end();
  return events;
}

const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
  fc.constantFrom(
    'data:x',
    'data',
    'data: 😀é',
    ': comment',
    'event: ping',
    'event:',
    'id: 1',
    'retry: 5',
    'x',
    '',
  ),
);
const stream = fc
  .array(line, { maxLength: 30 })
  .chain((lines) =>
    fc
      .array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: lines.length, maxLength: lines.length })
      .map((ends) => Buffer.from(`${lines.map((text, at) => text + ends[at]).join('')}\n\n`)),
  );

test('any stream gives the same events, wherever its chunks end', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
      expect(split(bytes, cuts)).toEqual(split(bytes));
    }),
    { numRuns: 500 },
  );
});

test('every single split point inside characters and line ends gives the same events', () => {
  const bytes = Buffer.from('\uFEFFevent: a\r\ndata: Привет 👩‍👩‍👧\r\ndata: два\r\n\r\n: c\rdata: 日本\r\r');
  const whole = split(bytes);
  expect(whole).toEqual([
    { data: 'Привет 👩‍👩‍👧\nдва', name: 'a' },
    { data: '日本', name: '' },
  ]);
  for (let cut = 0; cut <= bytes.length; cut++) expect(split(bytes, [cut])).toEqual(whole);
  expect(split(bytes, Array.from(bytes.keys()))).toEqual(whole);
});

test('a last event without its blank line, or even its line end, counts', () => {
  expect(split(Buffer.from('data: a\n\ndata: b'))).toEqual([
    { data: 'a', name: '' },
    { data: 'b', name: '' },
  ]);
});

test('who wants no more gets no more', () => {
  const seen: string[] = [];
  const splitter = createSseSplitter((data) => seen.push(data) === 2);
  expect(splitter.push(Buffer.from('data: 1\n\ndata: 2\n\ndata: 3\n\n'))).toBe(true);
  expect(seen).toEqual(['1', '2']);
});

test('a line without end is given up after a mebibyte, whatever the chunks', () => {
  for (const size of [1_000, 65_536]) {
    const splitter = createSseSplitter(() => false);
    const chunk = Buffer.alloc(size, 'x');
    let pushed = 0;
    expect(() => {
      for (; pushed < 10 * MAX_LINE; pushed += size) splitter.push(chunk);
    }).toThrow(LineTooLong);
    expect(pushed).toBeLessThanOrEqual(MAX_LINE);
  }
});

test('an event of endlessly many lines is given up as well', () => {
  const splitter = createSseSplitter(() => false);
  const chunk = Buffer.from(`data: ${'x'.repeat(1_000)}\n`);
  expect(() => {
    for (let n = 0; n < 2_000; n++) splitter.push(chunk);
  }).toThrow(LineTooLong);
});

test('a line of nearly a mebibyte in tiny chunks is read whole', () => {
  const text = 'y'.repeat(200_000);
  const bytes = Buffer.from(`data: ${text}\n\n`);
  expect(
    split(
      bytes,
      Array.from({ length: 20_000 }, (_, at) => at * 10),
    ),
  ).toEqual([{ data: text, name: '' }]);
});
