import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { pageOf, ShortListQuery } from './short-list.ts';

const items = ['a', 'b', 'c'].map((id) => ({ id }));
const read = (query: z.infer<typeof ShortListQuery>) => pageOf(items, (item) => item.id, query);

describe('a short list', () => {
  it('is whole unless less is asked for', () => {
    expect(read({})).toEqual({ items, nextCursor: null });
    expect(read({ limit: 3 })).toEqual({ items, nextCursor: null });
  });

  it('goes on after its cursor, to the end', () => {
    const first = read({ limit: 2 });
    expect(first).toEqual({ items: items.slice(0, 2), nextCursor: 'b' });
    expect(read({ limit: 2, cursor: 'b' })).toEqual({ items: items.slice(2), nextCursor: null });
  });

  it('refuses a cursor that is not its own, and limits that no list takes', () => {
    expect(() => read({ cursor: 'x' })).toThrow(
      expect.objectContaining({ code: 'invalid_input', field: 'cursor' }),
    );
    for (const limit of ['0', '201', 'abc']) expect(ShortListQuery.safeParse({ limit }).success).toBe(false);
  });
});
