/** docs/pools-and-locks.md names every pool, channel, topic and lock there is, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { splitConnections } from '#platform/database/split-connections.ts';
import { CHANNELS, LOCKS, TOPICS } from '#platform/signals.ts';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/pools-and-locks.md', ROOT), 'utf8');

/** The cells of a section's table, without its head. */
function rowsOf(title: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(title))!;
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const named = (cell: string): string => /^`([^`]+)`/.exec(cell)?.[1] ?? cell;

test('the pools and their sizes are those of the code', () => {
  const sizes = (total: number) => ({
    ...splitConnections(total, { works: true, embedded: true }),
    listener: 1,
    presence: 1,
  });
  const [most, least] = [sizes(20), sizes(9)];
  const told = rowsOf('Pools').map(([pool, of20, of9]) => [named(pool!), Number(of20), Number(of9)]);
  expect(told).toEqual(
    (Object.keys(most) as (keyof typeof most)[]).map((pool) => [pool, most[pool], least[pool]]),
  );
});

test('the channels, topics and locks are those of the code', () => {
  const names = (title: string) => rowsOf(title).map(([name]) => named(name!));
  expect(names('Channels')).toEqual(Object.values(CHANNELS));
  expect(names('Topics').sort()).toEqual(Object.values(TOPICS).sort());
  expect(names('Advisory locks').slice(0, -1).map(Number)).toEqual(Object.values(LOCKS));
});

test('no lock or channel is named twice', () => {
  const sources = readdirSync(new URL('src/', ROOT), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !path.endsWith('platform/signals.ts'));
  const numbers = Object.values(LOCKS).flatMap((key) => [
    String(key),
    key.toLocaleString('en').replaceAll(',', '_'),
  ]);
  const spelled = [...numbers, ...Object.values(CHANNELS)];
  const twice = sources.filter((path) => {
    const text = readFileSync(path, 'utf8');
    return (
      spelled.some((name) => text.includes(name)) || /advisory(?:_xact)?_lock(?:_shared)?\(\s*\d/.test(text)
    );
  });
  expect(twice).toEqual([]);
});
