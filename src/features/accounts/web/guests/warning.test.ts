import { expect, test } from 'vitest';
import { isBanner, warnsFrom } from './warning.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-01-01T00:00:00.000Z');
const after = (ms: number) => new Date(NOW + ms).toISOString();

test('guests are warned in the last three days, or in the last quarter of a shorter time', () => {
  expect(warnsFrom(after(30 * DAY_MS), NOW)).toBe(after(27 * DAY_MS));
  expect(warnsFrom(after(DAY_MS), NOW)).toBe(after(DAY_MS * 0.75));
  expect(warnsFrom(after(3_600_000), NOW)).toBe(after(2_700_000));
});

test('an end that is past already is warned of at once', () => {
  expect(warnsFrom(after(-5_000), NOW)).toBe(after(-5_000));
});

test('it is said in one place: in a chat until it is dismissed, and in every one once it is time', () => {
  const calm = { isClose: false, dismissed: false };
  expect(isBanner('chat', calm)).toBe(true);
  expect(isBanner('chat', { ...calm, dismissed: true })).toBe(false);
  expect(isBanner('new', calm)).toBe(false);
  for (const dismissed of [true, false]) {
    expect(isBanner('chat', { isClose: true, dismissed })).toBe(true);
    expect(isBanner('new', { isClose: true, dismissed })).toBe(true);
    expect(isBanner('elsewhere', { isClose: true, dismissed })).toBe(false);
  }
});
