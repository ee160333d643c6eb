/**
 * Formulas of several lines, each on lines of its own, turned into fences before Markdown is parsed: within them a line that
 * begins with `+` is no list, `=` no heading, and quotes and lists around them end where they should.
 */

/** The languages of those fences. No text has them: they begin with an invisible mark. */
export const DISPLAY = '\u2063math';
/** Of a formula whose end has not been written yet. */
export const OPEN_DISPLAY = '\u2063open';
/** Ends, for the parser alone, a formula that is still being written. */
export const STILL_OPEN = '\u2063';

const OPENING = /^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(\$\$|\\\[)(.*)$/;
const FENCE = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})/;
/** Nothing that is written inside closes it. */
const MARK = '~'.repeat(17);
/** Lines of a formula; what is longer is none. */
const MOST_LINES = 300;

/** The text with its displayed formulas as fences; a formula of one line, and one that has a blank line in it, stays as it is. */
export function fenceDisplays(text: string): string {
  if (!/\$\$|\\\[/.test(text)) return text;
  const lines = text.split('\n');
  const out: string[] = [];
  let fence: string | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const mark = FENCE.exec(line)?.[1];
    if (mark && (fence === null || (mark[0] === fence[0] && mark.length >= fence.length)))
      fence = fence === null ? mark : null;
    const found = fence === null && !mark ? displayAt(lines, at) : null;
    if (!found) out.push(line);
    else {
      out.push(...found.lines);
      at = found.last;
    }
  }
  return out.join('\n');
}

/** Whether the text ends within a formula of several lines. */
export function endsInDisplay(text: string): boolean {
  // The last line may not have begun.
  const lines = text.replace(/\n[ \t>]*$/, '').split('\n');
  for (let at = lines.length - 1; at >= 0 && lines.length - at <= MOST_LINES; at--) {
    const line = lines[at]!;
    if (bare(line) === '') return false;
    const [, , mark, rest] = OPENING.exec(line) ?? [];
    if (mark)
      return (
        !rest!.includes(closerOf(mark)) && !lines.slice(at + 1).some((next) => next.includes(closerOf(mark)))
      );
  }
  return false;
}

const closerOf = (mark: string): string => (mark === '$$' ? '$$' : '\\]');
const bare = (line: string): string => line.replace(/^[\s>]*/, '');

function displayAt(lines: readonly string[], from: number): { lines: string[]; last: number } | null {
  const [, lead, mark, rest] = OPENING.exec(lines[from]!) ?? [];
  if (lead === undefined || rest!.includes(closerOf(mark!))) return null;
  const closer = closerOf(mark!);
  for (let at = from + 1; at < lines.length && at - from <= MOST_LINES; at++) {
    const line = lines[at]!;
    if (bare(line) === '') return null;
    const open = bare(line) === STILL_OPEN;
    const end = open ? line.length : line.indexOf(closer);
    if (end === -1) continue;
    // Under an item's mark stand blanks, under a quote's the quote goes on.
    const under = lead.replace(/[^>\s]/g, ' ');
    const inside = [
      rest!.trim() && under + rest!.trim(),
      ...lines.slice(from + 1, at),
      !open && line.slice(0, end),
    ];
    const after = open ? '' : line.slice(end + closer.length).trim();
    return {
      lines: [
        `${lead}${MARK}${open ? OPEN_DISPLAY : DISPLAY}`,
        ...inside.filter((one): one is string => typeof one === 'string' && bare(one) !== ''),
        `${under}${MARK}`,
        ...(after ? [under + after] : []),
      ],
      last: at,
    };
  }
  return null;
}
