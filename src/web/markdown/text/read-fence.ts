/** A block that is a code fence and nothing else. `closed`: its last line has been seen. */
export type FencedCode = { readonly code: string; readonly language: string; readonly closed: boolean };

const OPENING = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\n]*)(?:\n|$)/;
/** A line that closes what was opened by as many of its character, or fewer. */
const CLOSING = /^ {0,3}(`+|~+)[ \t\r]*$/;

/**
 * Reads a fenced block by hand, so that code never passes through the parser, however long it grows; null for any other
 * block. A last line that is only the beginning of the closing mark is left out while the fence is open.
 */
export function readFence(block: string): FencedCode | null {
  const from = /^(?:[ \t\r]*\n)*/.exec(block)![0].length;
  const opening = OPENING.exec(block.slice(from));
  if (!opening) return null;
  const [head, indent, mark, info] = opening as unknown as [string, string, string, string];
  if (mark.startsWith('`') && info.includes('`')) return null;
  // An escaped or encoded name of a language is the parser's business.
  if (/[\\&]/.test(info)) return null;
  const body = block.slice(from + head.length);
  const lines = body === '' ? [] : body.split('\n');
  const end = lines.findIndex((line) => CLOSING.exec(line)?.[1]?.startsWith(mark));
  if (end !== -1 && lines.slice(end + 1).some((line) => line.trim() !== '')) return null;
  const closed = end !== -1;
  const kept = closed ? lines.slice(0, end) : withoutHalfMark(lines, mark[0]!);
  const code = (indent ? kept.map((line) => outdented(line, indent.length)) : kept).join('\n');
  return { code, language: info.trim().split(/[ \t]/)[0]!, closed };
}

/** The line without the blanks it begins with, at most so many of them. */
const outdented = (line: string, most: number): string =>
  line.replace(/^ {0,3}/, (blanks) => blanks.slice(most));

function withoutHalfMark(lines: string[], mark: string): string[] {
  const last = lines.at(-1)?.trim();
  return last && last.length < 3 && last === mark.repeat(last.length) ? lines.slice(0, -1) : lines;
}
