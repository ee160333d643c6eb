/** JSON that others wrote, looked at before it is parsed: a few mebibytes of brackets take seconds, and nothing else happens meanwhile. */

/** Deeper than anything of ours, far shallower than what recursive code can take. */
export const MAX_DEPTH = 100;
/** Values of one text. The longest conversation that a program may send has about 70,000. */
export const MAX_VALUES = 100_000;

/** What a JSON text has too much of; null for one of which everything may be read. */
export type Excess = 'depth' | 'values' | null;

/** Counts levels and values in one pass over the characters, jumping over strings. Whether it is JSON at all is not looked at. */
export function excessOf(json: string): Excess {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      values += 1;
      depth += 1;
      if (depth > MAX_DEPTH) return 'depth';
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    else if (code === COMMA) values += 1;
    if (values > MAX_VALUES) return 'values';
  }
  return null;
}

/** `JSON.parse`, which throws for too much structure as it does for what is no JSON. */
export function parseBounded<T = unknown>(json: string): T {
  const excess = excessOf(json);
  if (excess) throw new SyntaxError(`too many ${excess === 'depth' ? 'levels' : 'values'}`);
  return JSON.parse(json);
}

const [QUOTE, BACKSLASH, COMMA, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [...'"\\,{}[]'].map(
  (char) => char.charCodeAt(0),
);

/** The closing quote of the string that begins at `from`; the end of the text when nothing closes it. */
function endOfString(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let before = at;
    while (json.charCodeAt(before - 1) === BACKSLASH) before--;
    // Backslashes in pairs stand for themselves.
    if ((at - before) % 2 === 0) return at;
  }
  return json.length;
}
