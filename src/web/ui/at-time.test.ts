import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atTime } from './at-time.ts';

const DAY_MS = 86_400_000;
beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 2, 3) }));
afterEach(() => void vi.useRealTimers());

it.each([1, 60])('calls back once, when %i days have gone and not before', (days) => {
  const then = vi.fn();
  atTime(Date.now() + days * DAY_MS, then);
  vi.advanceTimersByTime(days * DAY_MS - 1);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(then).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('calls back at once for what is past', () => {
  const then = vi.fn();
  atTime(Date.now(), then);
  expect(then).toHaveBeenCalledOnce();
});

it('can be called off, also after the first of several timers', () => {
  const then = vi.fn();
  const callOff = atTime(Date.now() + 60 * DAY_MS, then);
  vi.advanceTimersByTime(30 * DAY_MS);
  callOff();
  vi.advanceTimersByTime(90 * DAY_MS);
  expect(then).not.toHaveBeenCalled();
});
