/** docs/self-hosting.md: its figures are those in force, and its proxies let everything through that Parley takes. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig, VARIABLES } from '#config';
import { BUILT_IN_GUEST_LIMITS as GUESTS } from '#features/accounts/server/index.ts';
import words from '#features/accounts/web/words/en.json' with { type: 'json' };
import { DEFAULT_TIMEOUTS } from '#features/endpoints/endpoints.ts';
import { REAL_CLOCK } from '#platform/clock.ts';
import { BODY_LIMIT_BYTES } from '#platform/http/json-body.ts';
import { startTestParley } from '#test/harness/parley.ts';

const TEXT = readFileSync(new URL('../../docs/self-hosting.md', import.meta.url), 'utf8');
const NGINX = /^```nginx\n([\s\S]*?)^```/m.exec(TEXT)![1]!;
const HOUR_MS = 3_600_000;

test('it tells what guests of one address share, where that is set, and when a key stops', () => {
  const { maxConcurrent, maxQueued, maxStorageBytes } = GUESTS.perAddress;
  expect(TEXT).toContain(
    `one address: ${maxConcurrent} replies at a time, ${maxQueued} waiting, ${maxStorageBytes / 1_000_000} MB together`,
  );
  expect(TEXT).toContain(`Users → ${words.users.guests} → ${words.users.perAddress}`);
  const { apiKeyIdleDays } = loadConfig(Object.fromEntries(VARIABLES.map((name) => [name, ''])));
  expect(TEXT).toContain(`nobody has used for ${apiKeyIdleDays} days stop working`);
});

test('the proxy takes bodies as large, and waits as long, as Parley does', () => {
  const mebibytes = Number(/client_max_body_size (\d+)m;/.exec(NGINX)?.[1]);
  expect(mebibytes * 2 ** 20).toBe(BODY_LIMIT_BYTES);
  expect(TEXT).toContain(`bodies of ${mebibytes} MiB`);
  const hours = Number(/proxy_read_timeout (\d+)h;/.exec(NGINX)?.[1]);
  expect(hours * HOUR_MS).toBeGreaterThan(DEFAULT_TIMEOUTS.queueMs + DEFAULT_TIMEOUTS.totalMs);
  expect(TEXT).toContain(`says so every ${REAL_CLOCK.sseHeartbeatMs / 1000} seconds`);
});

test('what a policy in place of Parley’s must allow is what Parley’s allows', async () => {
  const parley = await startTestParley();
  onTestFinished(() => parley.close());
  const { headers } = await fetch(`${parley.url}/healthz`);
  const own = headers.get('content-security-policy')!.split('; ');
  const told = TEXT.split('\n\n')
    .find((part) => part.includes('Content-Security-Policy'))!
    .replace(/\s+/g, ' ');
  for (const name of ['worker-src', 'script-src', 'font-src', 'connect-src', 'manifest-src', 'frame-src'])
    expect([name, told.includes(name), own.some((rule) => rule.startsWith(`${name} 'self'`))]).toEqual([
      name,
      true,
      true,
    ]);
  for (const name of ['style-src', 'img-src'])
    expect(told).toContain(`\`${own.find((rule) => rule.startsWith(name))}\``);
});
