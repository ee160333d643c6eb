/** Takes the marks of Markdown out of a text, for pieces of it that are shown where nothing is drawn. Pure. */

/** A line that opens or closes a block of code, with the language it may name. */
const FENCE = /^ {0,3}(?:>[ \t]?)*[ \t]*(`{3,}|~{3,})([^`\n]*)$/;
/** Headings, quotes, lists and tasks, at the beginning of a line. */
const LEADING = /^(?:[ \t]*(?:>|[-*+][ \t]|#{1,6}[ \t]))+(?:\[[ xX]\][ \t])?[ \t]*/;
/** Lines that only part others: under headings, between paragraphs, below the head of a table. */
const PARTING = /^[ \t]*[-=*_|:][-=*_|: \t]*$/;
/** `[name]: address` (CommonMark 4.7). */
const DEFINITION = /^ {0,3}\[[^[\]]+\]:[ \t]+\S+.*$/;
/** A link or a picture with its target, which may have one pair of brackets within, and a title. */
const LINK =
  /(!?)\[([^[\]]*)\]\((<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+"[^"]*"|[ \t]+'[^']*')?\)/g;
const ADDRESS = /<((?:https?:\/\/|mailto:)[^\s<>]*)>/g;
const CODE = /(`{1,2})([^`]+)\1/g;
/** Strong and emphasised words, as pairs of marks that no letter touches from outside: `2**3` and `snake_case` have none. */
const PAIRS = [
  /(?<![\p{L}\p{N}*\\])(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?![\p{L}\p{N}*])/gu,
  /(?<![\p{L}\p{N}_\\])(_{1,3})(?=[^\s_])([^_]*[^\s_])\1(?![\p{L}\p{N}_])/gu,
  /(~~)(?=[^\s~])([^~]*[^\s~])\1/g,
];
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** How deep marks stand within marks that are still taken out. */
const DEPTH = 2;

/**
 * The text as it reads, line by line; code stays as it is between its fences. `addresses`: where links lead and the languages of
 * fences stay as well, for what was found in them.
 */
export function plainText(markdown: string, { addresses }: { addresses: boolean }): string {
  let fence: string | null = null;
  const lines = markdown.split('\n').map((line) => {
    const [, marks, language = ''] = FENCE.exec(line) ?? [];
    if (fence !== null) {
      if (!marks?.startsWith(fence) || language.trim() !== '') return line;
      fence = null;
      return '';
    }
    if (marks === undefined) return plainLine(line, addresses);
    fence = marks;
    return addresses ? language.trim() : '';
  });
  return lines.join('\n');
}

function plainLine(line: string, addresses: boolean): string {
  if (PARTING.test(line) || (!addresses && DEFINITION.test(line))) return '';
  let text = line.replace(LEADING, '');
  if (/^[ \t]*\|/.test(text)) text = text.replaceAll('|', ' ');
  const shown = addresses
    ? (_: string, _mark: string, words: string, target: string) => `${words} ${target}`
    : (_: string, _mark: string, words: string) => words;
  for (let depth = 0; depth < DEPTH; depth++) text = text.replace(LINK, shown);
  text = text.replace(ADDRESS, '$1');
  // What is between backticks is code, and means its signs.
  const pieces: string[] = [];
  let from = 0;
  for (const code of text.matchAll(CODE)) {
    pieces.push(withoutPairs(text.slice(from, code.index)), code[2]!);
    from = code.index + code[0].length;
  }
  return pieces.join('') + withoutPairs(text.slice(from));
}

function withoutPairs(text: string): string {
  let plain = text;
  for (let depth = 0; depth < DEPTH; depth++) for (const pair of PAIRS) plain = plain.replace(pair, '$2');
  return plain.replace(ESCAPED, '$1');
}
