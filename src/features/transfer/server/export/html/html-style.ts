import { createHash } from 'node:crypto';
import type { Part, Role } from '#features/messages/messages.ts';
import { blocksOf, type Style, type Words } from '../document.ts';
import type { Turn } from '../read-branch.ts';
import type { Drawer } from './drawer.ts';
import { escaped } from './escaped.ts';
import { CSS } from './page-css.ts';
import { plainHtml, typedHtml } from './plain-html.ts';

/** Nothing is fetched and nothing runs, whatever a chat says; the one style sheet is named by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'; base-uri 'none'; form-action 'none'`;

type PageStyle = Omit<Style, 'begin' | 'turn'> & {
  begin(head: { title: string }, now: Date): string;
  turn(turn: Turn): Promise<string>;
};

/**
 * A chat as a page that is one file. What models wrote is drawn as the page of Parley draws it, what people typed stands as they typed
 * it; no text can become anything else.
 */
export function htmlStyle(words: Words, drawer: Drawer): PageStyle {
  const ofNotes = { footnotes: words.say('footnotes'), back: words.say('back') };
  let texts = 0;
  const drawn = (text: string) => drawer.draw({ text, id: `text-${++texts}`, words: ofNotes });
  const folded = (summary: string, inner: string): string =>
    `<details><summary>${escaped(summary)}</summary>${inner}</details>\n`;
  const blockOf = async (part: Part, role: Role): Promise<string> => {
    if (part.type === 'text') return role === 'assistant' ? drawn(part.text) : typedHtml(part.text);
    if (part.type === 'reasoning') return folded(words.say('thinking'), await drawn(part.text));
    if (part.type === 'tool_call')
      return folded(words.say('call', { name: part.name }), plainHtml(part.arguments));
    return folded(words.say('result'), plainHtml(part.result));
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
    async turn(turn) {
      const notes = [words.when(turn.createdAt), turn.excluded ? words.say('excluded') : ''];
      const note = notes.filter((one) => one !== '').join(' · ');
      let blocks = '';
      for (const part of blocksOf(turn.content)) blocks += await blockOf(part, turn.role);
      return `<section>
<h2><bdi>${escaped(words.nameOf(turn))}</bdi> <span class="note">${escaped(note)}</span></h2>
${blocks || `<p class="note">${escaped(words.say('empty'))}</p>\n`}</section>
`;
    },
    end: () => '</body>\n</html>\n',
  };
}
