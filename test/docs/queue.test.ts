import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  BUILT_IN_LIMITS,
  BUILT_IN_GUEST_LIMITS as GUESTS,
  KEPT_PER_ACTIVE_CHAT,
} from '#features/accounts/server/index.ts';
import { WRITES_PER_MINUTE } from '#features/accounts/server/limit-writes.ts';
import { DEFAULT_TIMEOUTS } from '#features/endpoints/endpoints.ts';
import { QueueUpdate } from '#features/generations/stream-events.ts';

const TEXT = readFileSync(new URL('../../docs/queue.md', import.meta.url), 'utf8');

test('docs/queue.md lists every limit with its defaults, as they are', () => {
  const cell = (value: number | null | undefined) =>
    value === undefined ? '' : value === null ? 'none' : value.toLocaleString('en');
  const rows = TEXT.split('\n').flatMap((line) => {
    const [, about, ...cells] = line.split('|').map((text) => text.trim());
    const name = /^`(\w+)`: /.exec(about ?? '')?.[1];
    return name ? [[name, cells.slice(0, 3)] as const] : [];
  });
  const { weight: _share, ...limits } = { maxChats: 1000, ...BUILT_IN_LIMITS };
  const { perAddress, ...each } = GUESTS;
  const guests: Partial<Record<string, number | null>> = { ...limits, ...each };
  const shared: Partial<Record<string, number>> = perAddress;
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(
      Object.entries(limits).map(([name, value]) => [
        name,
        [cell(value), cell(guests[name]), cell(shared[name])],
      ]),
    ),
  );
  expect(TEXT).toContain(`for each of \`maxChats\` | ${KEPT_PER_ACTIVE_CHAT} | ${KEPT_PER_ACTIVE_CHAT} |`);
  expect(TEXT).toMatch(
    new RegExp(`changes in 60 seconds.* \\| ${WRITES_PER_MINUTE} \\| ${WRITES_PER_MINUTE} \\|`),
  );
});

test('docs/queue.md tells the timeouts as they are', () => {
  const times = Object.values(DEFAULT_TIMEOUTS).map((ms) => ms / 60_000);
  expect(times).toEqual([60, 5, 2, 30]);
  for (const name of Object.keys(DEFAULT_TIMEOUTS)) expect(TEXT).toContain(`| \`${name}\` |`);
});

test('docs/queue.md explains every reason for which a position grows', () => {
  for (const reason of QueueUpdate.shape.reason.unwrap().options) expect(TEXT).toContain(`| \`${reason}\` |`);
});
