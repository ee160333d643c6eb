import { createHash } from 'node:crypto';
import type { Part } from '#features/messages/messages.ts';
import { blocksOf, type Style, type Words } from './document.ts';

const CSS = `
:root{color-scheme:light dark;--muted:#6b645c;--line:#ddd7ce;--soft:#f4f0ea}
@media (prefers-color-scheme:dark){:root{--muted:#a79f95;--line:#3a352f;--soft:#26221e}}
body{max-width:46rem;margin:2.5rem auto;padding:0 1.25rem;font:16px/1.65 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:.95rem;margin:0 0 .5rem}
.note{color:var(--muted);font-size:.875rem;font-weight:400}
section{border-top:1px solid var(--line);padding:1.25rem 0}
.text,pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 .75rem}
pre,details{background:var(--soft);border-radius:.5rem;padding:.75rem 1rem;font-size:.9rem}
details{margin:0 0 .75rem}summary{cursor:pointer;color:var(--muted)}
details .text{margin:.5rem 0 0}
`;
/** Nothing is fetched and nothing runs, whatever a chat says; the one style sheet is named by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A chat as a page that is one file. All of its text is text: none of it can become a mark, a link or a picture. */
export function htmlStyle(words: Words): Style {
  const folded = (summary: string, text: string): string =>
    `<details><summary>${escaped(summary)}</summary><div class="text" dir="auto">${escaped(text)}</div></details>\n`;
  const blockOf = (part: Part): string => {
    if (part.type === 'text') return textWithCode(part.text);
    if (part.type === 'reasoning') return folded(words.say('thinking'), part.text);
    if (part.type === 'tool_call') return folded(words.say('call', { name: part.name }), part.arguments);
    return folded(words.say('result'), part.result);
  };
  return {
    begin(head, now) {
      const title = escaped(words.titleOf(head));
      return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${CSS}</style>
</head>
<body>
<h1 dir="auto">${title}</h1>
<p class="note">${escaped(words.say('exported', { at: words.when(now) }))}</p>
`;
    },
    turn(turn) {
      const notes = [words.when(turn.createdAt), turn.excluded ? words.say('excluded') : ''];
      const note = notes.filter((one) => one !== '').join(' · ');
      const blocks = blocksOf(turn.content).map(blockOf).join('');
      return `<section>
<h2><bdi>${escaped(words.nameOf(turn))}</bdi> <span class="note">${escaped(note)}</span></h2>
${blocks || `<p class="note">${escaped(words.say('empty'))}</p>\n`}</section>
`;
    },
    end: () => '</body>\n</html>\n',
  };
}

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark]!);

/** Text, and what stands between fences (CommonMark 4.5) as code. */
function textWithCode(text: string): string {
  let html = '';
  let lines: string[] = [];
  let fence: string | null = null;
  const flush = (tag: 'pre' | 'div') => {
    const inner = lines.join('\n');
    if (inner.trim() !== '')
      html += `<${tag}${tag === 'div' ? ' class="text"' : ''} dir="auto">${escaped(inner)}</${tag}>\n`;
    lines = [];
  };
  for (const line of text.split('\n')) {
    const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence === null && marks && !(marks[1]!.startsWith('`') && marks[2]!.includes('`'))) {
      flush('div');
      fence = marks[1]!;
    } else if (fence !== null && marks && marks[1]!.startsWith(fence) && marks[2]!.trim() === '') {
      flush('pre');
      fence = null;
    } else lines.push(line);
  }
  flush(fence === null ? 'div' : 'pre');
  return html;
}
