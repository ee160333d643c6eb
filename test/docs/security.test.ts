/** docs/security.md names only what is there: every row a test, every file one that exists, every figure the one in force. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VARIABLES } from '#config';
import { AUTH_ROUTES } from '#features/accounts/server/auth-route-list.ts';
import { BUILT_IN_GUEST_LIMITS as GUESTS } from '#features/accounts/server/index.ts';
import { WRITES_PER_MINUTE } from '#features/accounts/server/limit-writes.ts';
import { MAX_STREAMS_PER_USER } from '#features/generations/server/stream/open-streams.ts';
import { MISSES_PER_MINUTE, READS_PER_MINUTE } from '#features/sharing/server/find-by-link.ts';
import { MAX_DEPTH, MAX_VALUES } from '#platform/bounded-json.ts';
import { MAX_CONNECTIONS_PER_ADDRESS } from '#platform/http/limit-connections.ts';

const ROOT = new URL('../../', import.meta.url);
const TEXT = readFileSync(new URL('docs/security.md', ROOT), 'utf8');
/** The part that tells what is defended against. */
const DEFENDED = TEXT.split(/^## /m).find((part) => part.startsWith('What is defended against\n'))!;
const TEST = /^(?:test|src)\/.+\.test\.tsx?$|^e2e\/.+\.spec\.ts$/;

/** The cells of every table's rows, without their heads. */
const rows = DEFENDED.split('\n')
  .filter((line) => /^\| (?!against )/.test(line))
  .map((line) => line.split('|').slice(1, -1));
const named = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

test('every row of its tables names what it is against, how, and a test', () => {
  expect(rows.length).toBeGreaterThan(40);
  const wrong = rows.filter((cells) => {
    const tests = named(cells[2] ?? '');
    const rest = (cells[2] ?? '').replace(/`[^`]+`/g, '').replace(/[\s,]/g, '');
    return (
      cells.length !== 3 || cells.some((cell) => cell.trim() === '') || tests.length === 0 || rest !== ''
    );
  });
  expect(wrong).toEqual([]);
});

test('every test it names is a file with tests', () => {
  const missing = rows
    .flatMap((cells) => named(cells[2]!))
    .filter(
      (path) =>
        !TEST.test(path) ||
        !existsSync(new URL(path, ROOT)) ||
        !/^\s*(?:test|it)\b/m.test(readFileSync(new URL(path, ROOT), 'utf8')),
    );
  expect(missing).toEqual([]);
});

test('every file and place it names or links to is there', () => {
  const files = named(TEXT).filter((name) => /^[\w.-]+(?:\/[\w.-]+)+\.\w+$/.test(name));
  expect(files.length).toBeGreaterThan(rows.length - 1);
  expect(files.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  const links = [...TEXT.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
  expect(links.length).toBeGreaterThan(3);
  const broken = links.filter(([, path, place]) => {
    const file = new URL(path || 'security.md', new URL('docs/', ROOT));
    return !existsSync(file) || (place && !placesIn(readFileSync(file, 'utf8')).includes(place));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

/** The places of a page that a link can lead to, as they are made of its headings. */
const placesIn = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every variable it names is one that Parley reads', () => {
  const variables = named(TEXT).flatMap((name) => /^([A-Z]+(?:_[A-Z]+)*)(?:=.*)?$/.exec(name)?.[1] ?? []);
  expect(variables).toContain('TRUST_PROXY');
  expect(variables.filter((name) => !VARIABLES.includes(name))).toEqual([]);
});

test('its figures are those in force', () => {
  const said = (count: number) => count.toLocaleString('en');
  const most = (path: string, body = {}) =>
    AUTH_ROUTES.find((route) => route.path === path)!.limits!({ ip: '192.0.2.1' } as never, body).map(
      ({ max }) => said(max),
    );
  const [here, account, everywhere] = most('/sign-in/email', { email: 'ada@example.org' });
  const { perAddress } = GUESTS;
  const MB = 1_000_000;
  for (const figure of [
    `${here} a minute per address, ${account} per account and address, ${everywhere} per account;`,
    `${most('/sign-in/anonymous')} new guests a minute per address`,
    `each has ${GUESTS.maxQueued} waiting and ${GUESTS.maxConcurrent} running, all of one address together ${perAddress.maxQueued} and ${perAddress.maxConcurrent},`,
    `${GUESTS.maxStorageBytes / MB} MB a guest, ${perAddress.maxStorageBytes / MB} MB all guests of one address`,
    `after ${MISSES_PER_MINUTE} that lead nowhere in a minute`,
    `| ${READS_PER_MINUTE} a minute and address |`,
    `| ${WRITES_PER_MINUTE} a minute and user`,
    `| ${said(MAX_CONNECTIONS_PER_ADDRESS)} an address; ${MAX_STREAMS_PER_USER} streams`,
    `levels (${MAX_DEPTH}) and values (${said(MAX_VALUES)})`,
  ])
    expect(TEXT).toContain(figure);
});
