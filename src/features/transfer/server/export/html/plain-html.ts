import { escaped } from './escaped.ts';

/** Text that is shown as it is written. */
export const plainHtml = (text: string): string =>
  text.trim() === '' ? '' : `<div class="text" dir="auto">${escaped(text)}</div>\n`;

const fencedHtml = (code: string): string => `<pre dir="auto">${escaped(code)}</pre>\n`;

/** Text as somebody typed it, and what stands between fences (CommonMark 4.5) as code; takes time in proportion to it. */
export function typedHtml(text: string): string {
  let html = '';
  let lines: string[] = [];
  let fence: string | null = null;
  const flush = (write: (text: string) => string) => {
    const inner = lines.join('\n');
    if (inner.trim() !== '') html += write(inner);
    lines = [];
  };
  for (const line of text.split('\n')) {
    const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence === null && marks && !(marks[1]!.startsWith('`') && marks[2]!.includes('`'))) {
      flush(plainHtml);
      fence = marks[1]!;
    } else if (fence !== null && marks && marks[1]!.startsWith(fence) && marks[2]!.trim() === '') {
      flush(fencedHtml);
      fence = null;
    } else lines.push(line);
  }
  flush(fence === null ? plainHtml : fencedHtml);
  return html;
}
