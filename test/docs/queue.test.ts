import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUILT_IN_LIMITS } from '#features/accounts/server/index.ts';
import { DEFAULT_TIMEOUTS } from '#features/endpoints/endpoints.ts';
import { QueueUpdate } from '#features/generations/stream-events.ts';

const TEXT = readFileSync(new URL('../../docs/queue.md', import.meta.url), 'utf8');

test('docs/queue.md tells the defaults as they are', () => {
  const { maxQueued, maxConcurrent, requestsPerMinute } = BUILT_IN_LIMITS;
  expect(TEXT).toContain(`| \`maxQueued\` of a user (${maxQueued}) |`);
  expect(TEXT).toContain(`| \`maxConcurrent\` (${maxConcurrent}) |`);
  expect(TEXT).toContain(`| \`requestsPerMinute\` (${requestsPerMinute}) |`);
  const times = Object.values(DEFAULT_TIMEOUTS).map((ms) => ms / 60_000);
  expect(times).toEqual([60, 5, 2, 30]);
  for (const name of Object.keys(DEFAULT_TIMEOUTS)) expect(TEXT).toContain(`| \`${name}\` |`);
});

test('docs/queue.md explains every reason for which a position grows', () => {
  for (const reason of QueueUpdate.shape.reason.unwrap().options) expect(TEXT).toContain(`| \`${reason}\` |`);
});
