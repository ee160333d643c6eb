import { expect, test } from 'vitest';
import { excessOf, parseBounded } from './bounded-json.ts';

const MIB = 1024 * 1024;

test('levels and values are counted, and what stands in strings is not', () => {
  expect(excessOf('['.repeat(100) + ']'.repeat(100))).toBeNull();
  expect(excessOf('{"a":'.repeat(101))).toBe('depth');
  expect(excessOf(`[${'1,'.repeat(99_000)}1]`)).toBeNull();
  expect(excessOf(`[${'1,'.repeat(100_000)}1]`)).toBe('values');
  expect(excessOf(`["${'[,{'.repeat(100_000)}", "\\"${'['.repeat(200)}"]`)).toBeNull();
  expect(excessOf('"\\')).toBeNull();
  expect(() => parseBounded('['.repeat(1000) + ']'.repeat(1000))).toThrow(SyntaxError);
  expect(parseBounded('{"a":[1]}')).toEqual({ a: [1] });
});

test('ten mebibytes of anything are refused, or found to be small, at once', () => {
  const startedAt = performance.now();
  for (const piece of ['[', '{}', '1,', '"",', '{"a":', 'a'])
    excessOf(piece.repeat((10 * MIB) / piece.length));
  excessOf(`"${'\\"'.repeat(5 * MIB)}"`);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
