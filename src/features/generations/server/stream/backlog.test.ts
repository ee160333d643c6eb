import { describe, expect, it } from 'vitest';
import { watchBacklog } from './backlog.ts';

const KB = 1024;
const MB = 1024 * KB;

describe('a reader', () => {
  it('that leaves a mebibyte of small writes unread, and then another, is too slow', () => {
    let unread = 0;
    const tooSlow = watchBacklog(() => unread);
    const write = (bytes: number) => {
      unread += bytes;
      return tooSlow(bytes);
    };
    for (let n = 0; n < 100; n++) expect(write(10 * KB)).toBe(false);
    for (let n = 0; n < 110; n++) write(10 * KB);
    expect(write(10 * KB)).toBe(true);
  });

  it('that was behind already is given no more long texts', () => {
    let unread = 0;
    const tooSlow = watchBacklog(() => unread);
    const write = (bytes: number) => {
      unread += bytes;
      return tooSlow(bytes);
    };
    expect(write(1.5 * MB)).toBe(false);
    expect([write(1.5 * MB), write(1.5 * MB)]).toContain(true);
  });

  it('is given a long text at once and the time to read it, but not to fall further behind', () => {
    let unread = 8 * MB;
    const tooSlow = watchBacklog(() => unread);
    expect(tooSlow(8 * MB)).toBe(false);
    unread += 100 * KB;
    expect(tooSlow(100 * KB)).toBe(false);
    unread += MB;
    expect(tooSlow(100 * KB)).toBe(true);
  });

  it('that has read the long text is held to the mebibyte again', () => {
    let unread = 8 * MB;
    const tooSlow = watchBacklog(() => unread);
    tooSlow(8 * MB);
    unread = 0;
    expect(tooSlow(KB)).toBe(false);
    unread = 2 * MB;
    expect(tooSlow(KB)).toBe(true);
  });
});
