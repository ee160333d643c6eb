/** Texts that whoever reads text is slow with, if with any; and how to find out. */

export const MIB = 1024 * 1024;

/** What is repeated, and with what before and after it: what comes last makes what was begun a thousand times fail. */
const REPEATED = [
  ...[
    'a',
    '"',
    ' ',
    '=',
    '\n',
    '/',
    '\\',
    '.',
    '-',
    '*',
    '_',
    '`',
    '[',
    ']',
    '(',
    '|',
    '#',
    '>',
    '~',
    '0',
    ':',
  ],
  ...[',', '{', '<', '\t', 'я', '😀', 'a=', '="', '\\"', ' \n', '[](', '| ', '> ', '`` ', '- ', '**a', '_a '],
];
const BEFORE = ['', '/script ', '"', '| |\n|-|\n', '```\n', ' ', '[a](', '<base ', 'br;', '- '];
const AFTER = '!';

export type HostileText = { name: string; make(characters: number): string };

const textOf = (before: string, piece: string, after: string): HostileText => ({
  name: JSON.stringify(`${before}${piece}…${after}`),
  make: (characters) => before + piece.repeat(Math.max(1, Math.floor(characters / piece.length))) + after,
});

/** The plainest ones, and all of them. */
export const PLAIN = ['a', '"', ' ', '=', '\n'].map((piece) => textOf('', piece, ''));
export const EVERY = REPEATED.flatMap((piece) => BEFORE.map((before) => textOf(before, piece, AFTER)));
/** Each of these characters again and again, alone and after each other one. */
export const madeOf = (characters: string): HostileText[] => {
  const pieces = [...new Set(characters)];
  return pieces.flatMap((piece) =>
    pieces.flatMap((before) => [textOf(before, piece, AFTER), textOf('', before + piece, AFTER)]),
  );
};

/** The name of a text of at most `characters` that `read` needs more than `budgetMs` for, twice; null when there is none. */
export function slowest(
  read: (text: string) => unknown,
  texts: readonly HostileText[],
  characters: number,
  budgetMs: number,
): string | null {
  const isSlow = (text: string) => {
    const before = performance.now();
    read(text);
    return performance.now() - before > budgetMs;
  };
  // In steps, so that what is quadratic is found out before it takes an hour.
  for (const { name, make } of texts)
    for (let length = Math.min(characters, 16_384); ; length = Math.min(characters, length * 8)) {
      const text = make(length);
      if (isSlow(text) && isSlow(text)) return `${name} × ${length}`;
      if (length === characters) break;
    }
  return null;
}
