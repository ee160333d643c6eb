/**
 * Text that others wrote is read in a time that grows with its length and no faster. Every regular expression of the
 * program is found in the sources and run, so that a new one is tested without being listed.
 */
import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { titleFrom } from '#features/chats/rules.ts';
import { readScript } from '#providers/scripted/read-script.ts';
import { createSseSplitter, LineTooLong, NoEvents } from '#providers/sse-splitter.ts';
import { createMarkdownWriter } from '#terminal/markdown-writer.ts';
import { wrapText } from '#terminal/wrap-line.ts';
import { readFence } from '#web/markdown/text/read-fence.ts';
import { EVERY, type HostileText, MIB, madeOf, PLAIN, slowest } from './harness/hostile-text.ts';

/** For a mebibyte of the plainest, and for a little of each other text. What is quadratic takes minutes, and seconds. */
const MIB_BUDGET_MS = 150;
const LITTLE = 16 * 1024;
const LITTLE_BUDGET_MS = 50;

/** Files whose expressions see nothing longer than this, with the reason. */
const BOUNDED: Record<string, { characters: number; why: string }> = {
  'src/config.ts': { characters: 2_000, why: 'the environment, which whoever starts Parley writes' },
  'src/features/endpoints/server/environment-endpoints.ts': { characters: 2_000, why: 'the same' },
  'src/cli/chat/connect.ts': { characters: 2_000, why: 'an argument of whoever starts it' },
  'src/web/base-path.ts': { characters: 2_000, why: 'the address of the page' },
  'src/providers/base-url.ts': { characters: 2_000, why: 'an endpoint’s address, by its schema' },
  'src/providers/anthropic.ts': { characters: 2_000, why: 'the same' },
  'src/providers/loading-probe.ts': { characters: 2_000, why: 'the same' },
  'src/features/endpoints/server/endpoint-defaults.ts': { characters: 2_000, why: 'the same' },
  'src/features/endpoints/server/usual-addresses.ts': { characters: 2_000, why: 'the same' },
  'src/features/endpoints/rules.ts': { characters: 2_000, why: 'the same' },
  'src/terminal/run-program.ts': { characters: 2_000, why: 'an argument of whoever starts it' },
};

/** Files that put an expression together all the same, with the reason. */
const PUT_TOGETHER = {
  'src/terminal/plain-text.ts': 'of constants, and nothing in it is repeated',
  'src/terminal/words.ts': 'of the names of two languages, and nothing in it is repeated',
  'src/terminal/wrap-line.ts': 'of constants; its readers have a test of their own below',
  'src/web/markdown/breakable.tsx': 'of constants, and nothing in it is repeated without a bound',
};

const sources = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !file.includes('.test.'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

test('no regular expression takes longer than its text is long', () => {
  const found = sources.flatMap(({ file, text }) =>
    patternsIn(parseSync(file, text).program).map((pattern) => ({ file, pattern })),
  );
  expect(found.length).toBeGreaterThan(80);
  const slow = found.flatMap(({ file, pattern }) => {
    const { characters } = BOUNDED[file] ?? { characters: MIB };
    const worst = slowestReading(run(pattern), madeOf(literals(pattern)), characters);
    return worst ? [`${file}: ${pattern} on ${worst}`] : [];
  });
  expect(slow).toEqual([]);
});

test('expressions are written, not put together, so that they can be found and tested', () => {
  expect(
    sources
      .filter(({ text }) => text.includes('new RegExp('))
      .map(({ file }) => file)
      .sort(),
  ).toEqual(Object.keys(PUT_TOGETHER).sort());
});

describe('a reader', () => {
  const readers: Record<string, (text: string) => unknown> = {
    'of scripts': readScript,
    'of titles': titleFrom,
    'of server-sent events': (text) => {
      const splitter = createSseSplitter(() => false);
      try {
        for (let at = 0; at < text.length; at += 16_384)
          splitter.push(Buffer.from(text.slice(at, at + 16_384)));
      } catch (error) {
        if (!(error instanceof LineTooLong || error instanceof NoEvents)) throw error;
      }
    },
    'of Markdown in the terminal, in pieces': (text) => {
      const writer = createMarkdownWriter();
      for (let at = 0; at < text.length; at += 7) writer.write(text.slice(at, at + 7));
      writer.end();
    },
    'of a block of code': readFence,
    'of lines that are wrapped': (text) => wrapText(text, 80),
    'of Markdown in the terminal, at once': (text) => {
      const writer = createMarkdownWriter();
      return writer.write(text) + writer.end();
    },
  };
  test.each(Object.entries(readers))('%s takes no longer than its text is long', (_name, read) => {
    expect(slowestReading(read, [], MIB / 4, 10)).toBeNull();
  });
});

/** Plain texts of that length, and less of all others; `patience` for what does more with each character. */
function slowestReading(
  read: (text: string) => unknown,
  own: readonly HostileText[],
  characters: number,
  patience = 1,
): string | null {
  return (
    slowest(read, PLAIN, characters, MIB_BUDGET_MS * patience) ??
    slowest(read, [...own, ...EVERY], Math.min(characters, LITTLE), LITTLE_BUDGET_MS * Math.min(patience, 3))
  );
}

/** As the program does: what is global is gone through to its end. */
const run = (pattern: RegExp) => (text: string) =>
  pattern.global ? text.replace(pattern, '') : pattern.exec(text);

/** What an expression looks for, as far as it is written out; a blank for what stands for one. */
const literals = ({ source }: RegExp): string =>
  source
    .replaceAll('\\s', ' ')
    .replace(/[\\^$()[\]{}?+*|]/g, '')
    .slice(0, 12);

type Node = { type?: string; regex?: { pattern: string; flags: string } };

/** The regular expressions of a syntax tree. */
function patternsIn(node: unknown): RegExp[] {
  if (!node || typeof node !== 'object') return [];
  const { type, regex } = node as Node;
  if (type === 'Literal' && regex) return [new RegExp(regex.pattern, regex.flags)];
  return Object.values(node).flatMap(patternsIn);
}
