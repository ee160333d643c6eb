import { parseBlock } from '#web/markdown/parse/parse-block.ts';
import { typesetAll } from '#web/markdown/parse/typeset.ts';
import { costOf } from '#web/markdown/text/bounds.ts';
import { labelsIn } from '#web/markdown/text/definitions.ts';
import { openHeadings } from '#web/markdown/text/headings.ts';
import { outline } from '#web/markdown/text/outline.ts';
import { referencesOf } from '#web/markdown/text/references.ts';
import { codeHtml } from './code-html.ts';
import { escaped } from './escaped.ts';
import { plainHtml, typedHtml } from './plain-html.ts';
import { type Place, treeHtml } from './tree-html.ts';

export type TextToDraw = {
  text: string;
  /** Begins the ids of its footnotes: several texts may have a first one. */
  id: string;
  /** What leads back from a footnote, and what they are called. */
  words: { footnotes: string; back: string };
};

/**
 * Writes Markdown as HTML, within the bounds of the page that draws it and by the same parser. `mayDraw` is asked before each step,
 * in order, and a step that it refuses is shown as it is written.
 */
export function textHtml({ text, id, words }: TextToDraw, mayDraw: () => boolean): string {
  const { blocks, tail } = outline(text);
  const { numbers, footnotes, prefixOf } = referencesOf(blocks, false);
  const open = openHeadings(blocks);
  const place: Place = { open: '', id, numbers, meant: new Set() };
  const draw = (block: string, prefix: string): string => {
    const tree = mayDraw() && costOf(block) !== 'plain' ? parseBlock(block, prefix) : null;
    return tree ? treeHtml(typesetAll(tree), place) : typedHtml(block);
  };
  const drawn = blocks.map((block, index) => {
    if (block.footnote) return '';
    if (block.fence)
      return mayDraw() ? codeHtml(block.fence.code, block.fence.language) : typedHtml(block.text);
    place.open = open[index]!;
    return draw(block.text, prefixOf(block));
  });
  place.open = '';
  const notes = footnotes.map(({ number, text }) => {
    const back = `<a href="#${id}-mark-${number}" aria-label="${escaped(words.back)} ${number}">↑</a>`;
    return `<li id="${id}-text-${number}" value="${number}">${draw(text, prefixOf({ labels: labelsIn(text) }))}${back}</li>\n`;
  });
  const end = notes.length === 0 ? '' : footnotesHtml(words.footnotes, notes);
  return drawn.join('') + plainHtml(tail) + end;
}

const footnotesHtml = (name: string, notes: string[]): string =>
  `<div class="footnotes" role="group" aria-label="${escaped(name)}"><ol>${notes.join('')}</ol></div>\n`;
